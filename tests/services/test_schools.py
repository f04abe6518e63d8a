"""The look-up of schools: anything a caller says, as ordinary text (rule 31)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eds_tui.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.school import Contact
from eds_tui.domain.school_change import SchoolChange
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests import nasty
from tests.cases import each_case
from tests.factories import People, new_school

pytestmark = pytest.mark.long_on_postgres


def add(services: Services, portal_number: str, name: str, **changes: object) -> None:
    """Add a school without numbers of its own but the portal number."""
    empty = {"dfe_number": "", "urn": "", "telephone": "", "contacts": ()}
    services.schools.add(
        new_school(**(empty | {"portal_number": portal_number, "name": name} | changes))
    )


def found(services: Services, people: People, text: str) -> list[str]:
    """Return the portal numbers of the schools that a text finds, best first."""
    schools, total = services.schools.find(people.handler, text)
    assert total == len(schools)
    return [school.portal_number for school in schools]


@each_case(
    "text",
    [
        "30112", "3011", "888/3456", "8883456", "888 3456", "888/34", "119002", "Garstang",
        "garst", "st marys", "St Mary's", "Saint Mary’s", "SAINT MARYS", "st. mary's",
        "michael", "mary garstang", "garstang mary", " st  mary ", "and st michaels",
    ],
)  # fmt: skip
def test_numbers_and_parts_of_name_and_town_find_a_school(
    services: Services, people: People, text: str
) -> None:
    assert found(services, people, text) == ["30112"]


@each_case(
    "text",
    [
        "01995 600000", "01995600000", "+44 (0)1995 600000", "+441995600000", "0044 1995 600000",
        "(01995) 600 000", "01995-600-000", "01995 600001",
        "01995", "01995 6", "019956000", "+44 1995 600",
        "600000", "600001", "995 600000", "95600001",
    ],
)  # fmt: skip
def test_a_telephone_number_its_start_and_its_end_find_a_school(
    services: Services, people: People, text: str
) -> None:
    assert found(services, people, text) == ["30112"]


def test_the_number_of_the_rule_finds_its_school(services: Services, people: People) -> None:
    assert found(services, people, "+44 (0)1772 123456") == ["00000"]


@each_case("text", ["", "   ", "nowhere", "%", "_", "100%", "99999", "07000 000000", "\\"])
def test_other_texts_find_nothing(services: Services, people: People, text: str) -> None:
    assert found(services, people, text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [("'", "O'Brien"), ("%", "100% Primary"), ("_", "Under_score"), ("100%", "100% Primary"),
     ("O'Brien", "O'Brien"), ("obrien", "O'Brien"), ("100_", "Room 100_ x"), ("\\", "Back\\slash"),
     ("[/]", "[/] School"), ("école", "École Élémentaire"), ("ecole", "École Élémentaire"),
     ("ÅNGSTRÖM", "ångström"), ("学校", "东方学校")],
)  # fmt: skip
def test_signs_are_ordinary_text(services: Services, people: People, text: str, name: str) -> None:
    add(services, "77777", name, town="Elsewhere")
    assert "77777" in found(services, people, text)


def test_a_lone_apostrophe_finds_only_names_that_have_one(
    services: Services, people: People
) -> None:
    assert found(services, people, "'") == ["30112"]


@each_case("text", nasty.ALL)
def test_no_text_upsets_the_look_up_or_finds_everything(
    services: Services, people: People, text: str
) -> None:
    assert len(found(services, people, text)) < 2


def test_very_long_texts_find_nothing(services: Services, people: People) -> None:
    assert found(services, people, "x" * 100_000) == []
    assert found(services, people, "nowhere " * 20_000) == []


def test_the_best_comes_first(services: Services, people: People) -> None:
    add(services, "10001", "Upper Garstang Primary")
    add(services, "10002", "Garstang Academy")
    add(services, "10003", "All Saints 10002 House")
    assert found(services, people, "garstang") == ["10002", "30112", "10001"]
    assert found(services, people, "10002") == ["10002", "10003"]


def test_what_begins_a_word_comes_before_what_is_inside_one(
    services: Services, people: People
) -> None:
    """Rule 31: then another spelling or a contact, and last what is inside a word."""
    add(services, "10001", "Northmoor School")
    add(services, "10002", "Little Moor")
    add(services, "10003", "Moorland High")
    add(services, "10004", "Hill School", contacts=(Contact(name="Jo Moore", main=True),))
    assert found(services, people, "moor") == ["10003", "10002", "10004", "10001"]
    assert found(services, people, "moor scho") == ["10004", "10001"]


def test_a_number_is_found_inside_a_word_too(services: Services, people: People) -> None:
    add(services, "10001", "Campus K21 Academy")
    assert found(services, people, "21") == ["10001"]


@each_case(
    "text",
    [
        "garstng",
        "Garstaang",
        "gasrtang",
        "st marsy garstang",
        "marys garstagn",
        "micheals",
        "obrein",
    ],
)
def test_a_slip_is_forgiven_where_nothing_is_exact(
    services: Services, people: People, text: str
) -> None:
    assert found(services, people, text) == ["30112"]


def test_two_words_that_were_typed_as_one_are_the_first_whole_and_the_beginning_of_another(
    services: Services, people: People
) -> None:
    for number, name in (("20001", "Moor Hill"), ("20002", "Moorland Hill"), ("20003", "Vale")):
        add(services, number, name)
    for text in ("moorhill", "moorhil", "moorhi"):
        assert found(services, people, text) == ["20001"], text


def test_a_slip_is_forgiven_in_any_word_also_one_that_is_another_ones(
    services: Services, people: People
) -> None:
    add(services, "20001", "Brindle Lane School", town="Chorley")
    add(services, "20002", "Pendleside Academy", town="Nelson")
    add(services, "20003", "Moor End", town="Brindle")
    add(services, "20004", "Moorside", town="Garston")
    for text, number in {
        "brindle lnae": "20001", "brindel lane": "20001",
        "brindlelane chor": "20001", "pendle side": "20002", "Pendelside": "20002",
        "nelsom pendle": "20002", "moors brindle": "20003", "michaels garston": "30112",
    }.items():  # fmt: skip
        assert found(services, people, text)[:1] == [number], text


@pytest.mark.on_both
def test_what_another_program_stores_is_found_and_what_it_takes_away_is_no_more(
    database: Database, services: Services, people: People
) -> None:
    """Each connection holds the words of all schools, and none may be behind."""
    assert found(services, people, "zwetschge") == []
    other = Database.at(database.engine.url.render_as_string(hide_password=False))
    with other.writing() as work:
        work.schools.add(new_school(portal_number="20001", name="Zwetschgen Hill"))
        work.commit()
    assert found(services, people, "zwetschge") == ["20001"]
    assert found(services, people, "zwetschgenn") == ["20001"]
    with other.writing() as work:
        before = work.schools.by_portal_number("20001")
        assert before is not None
        work.schools.change(before, replace(before, name="Plum Hill"))
        work.commit()
    other.close()
    assert found(services, people, "zwetschge") == []
    assert found(services, people, "zwetschgenn") == []


def test_what_is_there_as_it_was_typed_is_no_slip(services: Services, people: People) -> None:
    add(services, "10001", "Garstng")
    assert found(services, people, "garstng") == ["10001"]


def test_a_number_is_found_without_its_zeros_and_beside_words(
    services: Services, people: People
) -> None:
    add(services, "00912", "Moor School")
    for text in ("912", "00912", "91", "moor 912", "moor 00912"):
        assert found(services, people, text) == ["00912"]


def test_what_a_school_was_found_by_before_finds_it_no_more(
    services: Services, people: People
) -> None:
    lead, school_id = people.lead, people.other_school.id
    services.schools.change(lead, school_id, SchoolChange(name="Moor", without=("Anne O'Brien",)))
    assert found(services, people, "michaels") == []
    assert found(services, people, "obrien") == []
    assert found(services, people, "moor") == ["30112"]


def test_many_schools_are_counted_and_fifty_shown(services: Services, people: People) -> None:
    for index in range(60):
        add(services, f"{20_000 + index}", f"Numbered {index:02}")
    schools, total = services.schools.find(people.handler, "numbered")
    assert total == 60
    assert [school.name for school in schools] == [f"Numbered {index:02}" for index in range(50)]


def test_a_school_account_looks_no_school_up(services: Services, people: People) -> None:
    with pytest.raises(NotAllowed):
        services.schools.find(people.head, "test")
    with pytest.raises(NotAllowed):
        services.schools.card(people.head, people.school.id)


def test_a_school_comes_back_with_its_contacts_the_main_one_first(
    services: Services, people: People
) -> None:
    card = services.schools.card(people.handler, people.school.id)
    assert card.school == people.school
    assert [contact.name for contact in card.school.contacts] == ["Test Bursar", "Mrs Testing"]
    assert card.school.contacts[0] == Contact(
        name="Test Bursar",
        job="Bursar",
        telephone="01772 123456 ext 4",
        email="bursar@test.example",
        main=True,
    )


def test_a_school_that_is_not_there_is_said_not_to_be(services: Services, people: People) -> None:
    for portal_number in ("99999", "", "%", "b\udce5d", "\0"):
        with pytest.raises(NotFound):
            services.schools.by_portal_number(portal_number)
    with pytest.raises(NotFound):
        services.schools.card(people.handler, 999_999)
    for school_id in (999_999, None):
        with pytest.raises(NotFound, match="no longer in the list"):
            services.schools.by_id(people.handler, school_id)


def test_all_schools_are_listed_by_portal_number(services: Services, people: People) -> None:
    for index in range(250):
        add(services, f"{40_000 + index}", f"Listed {index}")
    listed = [school.portal_number for school in services.schools.all()]
    assert listed == ["00000", "30112", *(f"{40_000 + index}" for index in range(250))]


def test_a_portal_number_is_given_once(services: Services, people: People) -> None:
    with pytest.raises(Conflict):
        add(services, "00000", "Another")
    with pytest.raises(InvalidInput):
        add(services, "0", "Another")
    assert services.schools.by_portal_number("00000") == people.school
    assert len(services.schools.all()) == 2


@pytest.mark.parametrize(("name", "kept"), nasty.UNSTORABLE)
def test_what_can_not_be_stored_is_replaced_at_the_door(
    services: Services, people: People, name: str, kept: str
) -> None:
    add(services, "77777", name, town=name, contacts=(Contact(name=name, main=True),))
    school = services.schools.by_portal_number("77777")
    assert (school.name, school.town, school.contacts[0].name) == (kept, kept, kept)


def test_adding_a_school_is_an_event(
    database: Database, services: Services, people: People
) -> None:
    """Rule 30."""
    add(services, "77777", "Another")
    with database.reading() as work:
        assert work.events.of_kind(EventKind.SCHOOL_ADDED)[-1].details == {"portal_number": "77777"}
