"""Schools change, and all that is read of them follows (rules 27 to 31)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eds_tui.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.history import in_words
from eds_tui.domain.school import Contact
from eds_tui.domain.school_change import SchoolChange
from eds_tui.domain.views import Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, new_form, new_school

HEAD = Contact(
    name="Zoe Newhead", job="Head teacher", telephone="01632 960001", email="z@new.example"
)
Change = Callable[..., list[str]]


@pytest.fixture
def change(services: Services, people: People) -> Change:
    """Changes the first school, and returns the names of the fields that are another then."""

    def of_school(**values: object) -> list[str]:
        asked = SchoolChange(**values)  # type: ignore[arg-type]
        services.schools.change(people.lead, people.school.id, asked)
        (event,) = services.history.administration(people.lead, 1)
        assert event.actor == "S. Lead"
        return list(event.details["changed"])

    return of_school


def found(services: Services, people: People, text: str) -> list[str]:
    """Return the portal numbers that the look-up finds."""
    return [school.portal_number for school in services.schools.find(people.handler, text)[0]]


def test_what_a_school_is_found_by_follows_a_change_of_name_town_numbers_and_contacts(
    services: Services, people: People, change: Change
) -> None:
    services.report.log(people.head, new_form())
    change(name="St Hilda's C of E", town="Łódź", telephone="01632 960099", dfe_number="888/7777")
    change(contacts=(HEAD,), without=("Test Bursar",))
    for text in ("saint hilda church of england", "lodz", "01632 960099", "8887777", "newhead",
                 "01632 960001", "testing"):  # fmt: skip
        assert found(services, people, text) == ["00000"], text
    for text in ("test town", "bursar", "01772 123456", "8882001"):
        assert found(services, people, text) == [], text
    for text, numbers in (("hilda", [1]), ("lodz", [1]), ("town", [])):
        for reader in (people.handler, people.head):
            rows = services.search.find(reader, text, Window()).rows
            assert [row.number for row in rows] == numbers, text


@pytest.mark.on_sqlite
def test_a_change_is_one_event_with_who_what_from_and_to(
    services: Services, people: People, change: Change
) -> None:
    assert change(bandwidth="1 Gbps", town="Newtown", name="Test School") == ["town", "bandwidth"]
    (event,) = services.history.administration(people.lead, 1)
    assert in_words(event).partition("  ")[2] == (
        "S. Lead changed a school: town: Test Town → Newtown; bandwidth: 100 Mbps → 1 Gbps"
        " (portal number 00000)"
    )
    services.schools.change(people.lead, people.school.id, SchoolChange(town=" Newtown "))
    (same,) = services.history.administration(people.lead, 1)
    assert same == event


@pytest.mark.on_sqlite
def test_rule_28_the_notified_address_is_the_heads_until_a_lead_sets_another(
    services: Services, people: People, change: Change
) -> None:
    services.schools.add(new_school(portal_number="10001", email=""))
    added = services.schools.by_portal_number("10001")
    assert added.email == "head@test-school.example"
    assert change(contacts=(HEAD,), without=("Mrs Testing",)) == ["email", "contacts"]
    assert services.report.log(people.head, new_form()).notified == HEAD.email
    change(email="office@test.example")
    assert change(without=(HEAD.name,)) == ["contacts"]
    assert services.report.log(people.head, new_form()).notified == "office@test.example"
    change(email="", contacts=(HEAD,))
    assert services.report.log(people.head, new_form()).notified == HEAD.email


@pytest.mark.on_sqlite
def test_there_is_one_main_contact(services: Services, people: People, change: Change) -> None:
    change(main="mrs testing")
    change(contacts=(Contact(name="Mrs Testing", job="Office"), Contact(name="A New")))
    change(without=("Test Bursar",))
    school = services.schools.by_portal_number("00000")
    assert [(each.name, each.job, each.main) for each in school.contacts] == [
        ("Mrs Testing", "Office", True), ("A New", "", False),
    ]  # fmt: skip
    change(without=("Mrs Testing",))
    (left,) = services.schools.by_portal_number("00000").contacts
    assert left.main


def test_a_closed_school_takes_nothing_new_and_what_it_had_is_read(
    services: Services, people: People, change: Change
) -> None:
    form = new_form(school_id=people.school.id, caller="Jo")
    services.report.log(people.handler, form)
    assert change(closed=True) == ["closed"]
    assert found(services, people, "888/2001") == found(services, people, "test") == []
    again = new_form(school_id=people.school.id, caller="Jo")
    with pytest.raises(InvalidInput, match="That school is closed"):
        services.report.log(people.handler, again)
    with pytest.raises(NotAllowed, match="Your school is closed"):
        services.report.log(people.head, new_form())
    assert services.report.log(people.handler, form).number == 1
    for reader in (people.handler, people.head):
        assert services.queue.open(reader, 1).row.school == "Test School, Test Town"
    own = services.schools.own(people.head)
    assert own is not None
    assert own.closed
    assert [
        row.number for row in services.search.find(people.handler, "school:test", Window()).rows
    ] == [1]
    services.conversation.comment(people.head, 1, "It was ours.", "key")
    change(closed=False)
    assert services.report.log(people.handler, again).number == 2


@pytest.mark.on_sqlite
def test_a_refused_change_changes_nothing(
    database: Database, services: Services, people: People
) -> None:
    school_id = people.school.id
    for values, refusal in (
        ({"portal_number": "9"}, InvalidInput), ({"name": " "}, InvalidInput),
        ({"email": "nobody"}, InvalidInput), ({"without": ("Nobody",)}, InvalidInput),
        ({"main": "Nobody"}, InvalidInput), ({"portal_number": "30112"}, Conflict),
    ):  # fmt: skip
        with pytest.raises(refusal):
            services.schools.change(people.lead, school_id, SchoolChange(**values))
    with pytest.raises(NotFound):
        services.schools.change(people.lead, 999, SchoolChange(town="T"))
    for actor in (people.handler, people.head):
        with pytest.raises(NotAllowed):
            services.schools.change(actor, school_id, SchoolChange(town="T"))
    assert services.schools.by_portal_number("00000") == people.school
    with database.reading() as work:
        assert work.events.of_kind(EventKind.SCHOOL_CHANGED) == ()
