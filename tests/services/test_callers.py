"""Who rings: callers that are remembered, chases that are counted, the same fault (42, 43, 49)."""

from __future__ import annotations

import pytest

from eds_tui.domain.account import Account
from eds_tui.domain.errors import InvalidInput, NotAllowed, NotFound
from eds_tui.domain.event import CALLER, EventKind
from eds_tui.domain.history import in_words
from eds_tui.domain.row_in_words import rang_in_words
from eds_tui.domain.views import Receipt
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, log, new_form

pytestmark = pytest.mark.long_on_postgres


def call(services: Services, people: People, caller: str, **changes: object) -> Receipt:
    """Log a call from the other school."""
    values = {"school_id": people.other_school.id, "caller": caller, "telephone": "01234 5"}
    return services.report.log(people.handler, new_form(**(values | changes)))


def known(services: Services, people: People) -> list[tuple[str, str]]:
    """Return who has rung from the other school, with their numbers."""
    found = services.callers.of_school(people.handler, people.other_school.id)
    return [(caller.name, caller.telephone) for caller in found]


def test_a_caller_who_is_no_contact_is_remembered_with_the_last_number(
    services: Services, people: People, clock: SetClock
) -> None:
    """Rule 42: the latest first; a contact is offered already, however the name was typed."""
    call(services, people, "Mrs New")
    clock.forward(minutes=1)
    call(services, people, "Mr Other", telephone="")
    clock.forward(minutes=1)
    call(services, people, "anne obrien")
    assert known(services, people) == [("Mr Other", ""), ("Mrs New", "01234 5")]
    clock.forward(minutes=1)
    call(services, people, "MRS NEW", telephone="09876 5")
    assert known(services, people) == [("MRS NEW", "09876 5"), ("Mr Other", "")]
    card = services.schools.card(people.handler, people.other_school.id)
    assert [caller.name for caller in card.callers] == ["MRS NEW", "Mr Other"]
    assert services.schools.card(people.handler, people.school.id).callers == ()
    log(services, people, 1)
    assert services.schools.card(people.handler, people.school.id).callers == ()


def test_the_twenty_who_rang_last_are_offered(
    services: Services, people: People, clock: SetClock
) -> None:
    """Rule 42: whoever rang longer ago is not, until they ring again."""
    for number in range(21):
        clock.forward(minutes=1)
        call(services, people, f"Caller {number}")
    assert [name for name, _ in known(services, people)] == [
        f"Caller {n}" for n in range(20, 0, -1)
    ]
    clock.forward(minutes=1)
    call(services, people, "Caller 0")
    assert [name for name, _ in known(services, people)][:2] == ["Caller 0", "Caller 20"]


def test_a_lead_has_callers_forgotten(
    database: Database, services: Services, people: People
) -> None:
    """Rule 42: one or all of a school, and that is an event (rule 30)."""
    for name in ("Mrs New", "Mr Other", "Jo"):
        call(services, people, name)
    school_id = people.other_school.id
    assert services.callers.forget(people.lead, school_id, "mrs new") == ("Mrs New",)
    assert {name for name, _ in known(services, people)} == {"Mr Other", "Jo"}
    with pytest.raises(NotFound):
        services.callers.forget(people.lead, school_id, "Mrs New")
    with pytest.raises(NotFound, match="no longer in the list"):
        services.callers.forget(people.lead, 999_999)
    assert services.callers.forget(people.lead, school_id) == ("Jo", "Mr Other")
    assert services.callers.forget(people.lead, school_id) == ()
    assert known(services, people) == []
    with database.reading() as work:
        events = work.events.of_kind(EventKind.SCHOOL_CHANGED)
    assert [event.details["changed"]["callers"] for event in events] == [
        ["Mrs New", ""], ["Jo, Mr Other", ""],
    ]  # fmt: skip


def test_schools_and_handlers_forget_nobody(services: Services, people: People) -> None:
    with pytest.raises(NotAllowed):
        services.callers.forget(people.handler, people.other_school.id, "Anybody")
    for reader in (people.head, people.neighbour):
        with pytest.raises(NotAllowed):
            services.callers.of_school(reader, people.other_school.id)
        with pytest.raises(NotAllowed):
            services.callers.chase(reader, 1, "Me")
        with pytest.raises(NotAllowed):
            services.callers.chased(reader)


def test_a_chase_is_counted_with_who_and_when_and_told_to_nobody(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 43: in the history, and the school sees nothing of it."""
    call(services, people, "Mrs New")
    log(services, people, 1)
    before = services.queue.open(people.neighbour, 1)
    with database.reading() as work:
        waiting = work.notifications.waiting(1)
    for minutes, caller in ((5, "Mrs New"), (55, "The head")):
        clock.forward(minutes=minutes)
        row = services.callers.chase(people.handler, 1, f" {caller} ")
    assert (row.chases, row.chased_at, row.version) == (2, clock.now, before.row.version)
    assert rang_in_words(row) == "rang 2 times, 12:52"
    assert services.queue.open(people.neighbour, 1) == before
    with database.reading() as work:
        assert work.notifications.waiting(1) == waiting
    *_, event = services.history.of_incident(people.handler, 1)
    assert (event.kind, event.details) == (EventKind.CHASED, {CALLER: "The head"})
    assert in_words(event).endswith("A. Handler was rung about it (by The head)")
    assert [each.name for each in services.callers.about(people.handler, 1)] == [
        "The head", "Mrs New", "Anne O'Brien",
    ]  # fmt: skip
    assert [each.number for each in services.callers.chased(people.lead)] == [1]
    assert "The head" in {name for name, _ in known(services, people)}


def test_a_chase_needs_a_name_and_an_incident_that_is_not_closed(
    services: Services, people: People
) -> None:
    call(services, people, "Mrs New")
    original = call(services, people, "Mrs New").number
    services.triage.close_as_duplicate(people.handler, 1, None, original)
    refusals = ((2, "  ", "caller"), (2, "x" * 1000, "caller"), (1, "A", "number"))
    for number, caller, field in refusals:
        with pytest.raises(InvalidInput) as refused:
            services.callers.chase(people.handler, number, caller)
        assert list(refused.value.problems) == [field]
    with pytest.raises(NotFound):
        services.callers.chase(people.handler, 99, "A")
    assert services.callers.chased(people.lead) == ()


def test_the_same_fault_of_the_next_school_hangs_on_the_first(
    services: Services, people: People
) -> None:
    """Rule 49: the centre sees by name on what; a school learns of no other's incident."""
    log(services, people, 1)
    receipt = call(services, people, "Mrs New", parent=1)
    assert (receipt.parent, receipt.not_linked) == (1, "")
    detail = services.queue.open(people.handler, receipt.number)
    assert detail.above is not None
    assert (detail.row.parent, detail.above.school) == (1, "Test School, Test Town")
    seen = services.queue.open(people.neighbour, receipt.number)
    assert (seen.row.parent, seen.above) == (None, None)


@pytest.mark.parametrize("parent", [99, 2])
def test_what_can_not_be_hung_is_logged_all_the_same(
    services: Services, people: People, parent: int
) -> None:
    """There is no such incident, or it hangs on another one: the receipt says so."""
    log(services, people, 2)
    services.triage.link(people.handler, 2, None, 1)
    receipt = call(services, people, "Mrs New", parent=parent)
    assert receipt.parent is None
    assert receipt.not_linked.endswith(".")
    assert services.queue.open(people.handler, receipt.number).row.parent is None


def test_a_school_hangs_nothing_on_anything(services: Services, people: People) -> None:
    log(services, people, 1)
    reporter: Account = people.neighbour
    receipt = services.report.log(reporter, new_form(parent=1))
    assert services.queue.open(people.handler, receipt.number).row.parent is None
