"""What was logged is put right in one event; two people conflict field by field (rules 37, 40)."""

from __future__ import annotations

from functools import partial

import pytest

from eds_tui.domain.correction import MOVED_BACK, SCHOOL_CLOSED, Correction
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.event import Event, EventKind
from eds_tui.domain.history import in_lines
from eds_tui.domain.incident_detail import IncidentDetail
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.school_change import SchoolChange
from eds_tui.domain.version_conflict import VersionConflict
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form
from tests.services.correcting import Correct, correct, found, number
from tests.services.mailbox import New, queued, services
from tests.services.triage_steps import RESOLVED, refused

__all__ = ["correct", "number", "queued", "services"]

pytestmark = pytest.mark.on_both


def last_event(services: Services, people: People, number: int) -> Event:
    """Return what happened last to an incident."""
    return services.history.of_incident(people.handler, number)[-1]


def test_one_event_has_from_and_to_of_each_field_and_the_school_reads_what_was_changed(
    services: Services, people: People, number: int, correct: Correct, queued: New
) -> None:
    services.triage.set_priority(people.handler, number, None, Priority.LOW)
    due = services.queue.open(people.handler, number).row.sla_due
    queued()
    before = len(services.history.of_incident(people.handler, number))
    correct(
        number, category=Category.DATA, impact=Impact.SINGLE_USER, caller="Jo Bloggs",
        telephone="01772 999999", email="jo@a.example", description="Cable\nbitten by a horse",
    )  # fmt: skip
    events = services.history.of_incident(people.handler, number)
    assert len(events) == before + 1
    assert set(events[-1].details["changed"]) == {
        "category", "impact", "contact_name", "contact_telephone", "contact_email", "description",
    }  # fmt: skip
    assert (
        "put right category: Network → Data; impact: 2 Site/Department → 4 Single"
        in (in_lines(events[-1])[0])
    )
    assert in_lines(events[-1])[1:] == (
        "  It read before:", "  | No internet in the whole building.",
    )  # fmt: skip
    detail = services.queue.open(people.head, number)
    assert detail.description == "Cable\nbitten by a horse"
    assert (detail.row.category, detail.row.contact_name) == (Category.DATA, "Jo Bloggs")
    (line,) = detail.comments
    assert line.body.startswith("Put right by the service centre: category: Network → Data; ")
    assert "internet" not in line.body
    assert queued() == []
    row = services.queue.open(people.handler, number).row
    assert (row.priority, row.sla_due) == (Priority.LOW, due)
    assert found(services, people.head, "horse") == [number]
    assert found(services, people.handler, "internet") == []


def test_the_suggested_priority_and_the_lists_follow(
    services: Services, people: People, number: int, correct: Correct
) -> None:
    correct(number, impact=Impact.ENTERPRISE)
    (row,) = services.queue.page(people.handler, ListQuery(View.TRIAGE), Window()).rows
    assert (row.impact, row.priority) == (Impact.ENTERPRISE, Priority.NONE)
    assert found(services, people.handler, "impact:1") == [number]


def test_rule_37_two_people_conflict_field_by_field_and_else_go_side_by_side(
    services: Services, people: People, number: int, correct: Correct
) -> None:
    lead = services.corrections.correct
    lead(people.lead, number, 1, Correction(category=Category.DATA, telephone="1"))
    correct(number, 1, impact=Impact.ENTERPRISE)
    row = services.queue.open(people.handler, number).row
    assert (row.category, row.impact, row.version) == (Category.DATA, Impact.ENTERPRISE, 3)
    with pytest.raises(VersionConflict, match=r"was changed by S\. Lead") as error:
        correct(number, 1, category=Category.SOFTWARE)
    (category, *_) = [each for each in error.value.conflict.fields if each.name == "Category"]
    assert (category.saw, category.now, category.yours) == ("Network", "Data", "Software")
    assert error.value.conflict.text == ""
    lead(people.lead, number, None, Correction(school_id=people.other_school.id))
    with pytest.raises(VersionConflict) as error:
        correct(number, 3, description="For the first school")
    (school, *_) = [each for each in error.value.conflict.fields if each.name == "School"]
    assert (school.saw, school.now) == (people.school.title, people.other_school.title)
    with pytest.raises(VersionConflict):
        correct(number, 3, school_id=people.school.id)


def test_rule_37_what_was_hidden_meanwhile_is_asked_about(
    services: Services, people: People, number: int, correct: Correct
) -> None:
    services.triage.set_confidential(people.lead, number, 1, True, "A pupil is named.")
    for values in ({"category": Category.DATA}, {"school_id": people.other_school.id}):
        with pytest.raises(VersionConflict):
            correct(number, 1, **values)


def test_what_can_not_be_is_refused_in_words_and_changes_nothing(
    services: Services, people: People, number: int, correct: Correct, database: Database,
    clock: SetClock,
) -> None:  # fmt: skip
    secret = services.report.log(people.head, new_form(confidential=True)).number
    services.schools.change(people.lead, people.other_school.id, SchoolChange(closed=True))
    sentences = [
        refused(InvalidInput, database, partial(correct, number, **values))
        for values in (
            {},
            {"category": Category.NETWORK},
            {"school_id": people.other_school.id},
            {"school_id": 999},
            {"description": " "},
            {"description": f"See INC000000{secret}"},
        )
    ]
    assert sentences[:2] == ["Nothing is changed: it holds all that already."] * 2
    assert sentences[2] == SCHOOL_CLOSED
    assert sentences[3:5] == [
        "That school is no longer in the list; choose again.", "Type the description.",
    ]  # fmt: skip
    assert sentences[5].startswith(f"INC000000{secret} is confidential")
    services.triage.set_state(people.handler, number, None, RESOLVED)
    correct(number, category=Category.DATA)
    clock.forward(days=2)
    sentence = refused(InvalidInput, database, lambda: correct(number, impact=Impact.ENTERPRISE))
    assert sentence == "It is closed. Log a new incident that names this one."


def test_a_correction_is_taken_back_and_the_school_reads_that_too(
    services: Services, people: People, number: int, correct: Correct
) -> None:
    correct(number, category=Category.DATA, description="Other words")
    services.triage.undo(people.handler, number)
    detail: IncidentDetail = services.queue.open(people.head, number)
    assert (detail.row.category, detail.description) == (
        Category.NETWORK, "No internet in the whole building.",
    )  # fmt: skip
    assert [each.body.split("; ")[0] for each in detail.comments] == [
        "Put right by the service centre: category: Network → Data",
        "Put right by the service centre: category: Data → Network",
    ]
    assert last_event(services, people, number).kind is EventKind.UNDONE
    correct(number, school_id=people.other_school.id)
    with pytest.raises(InvalidInput, match=MOVED_BACK):
        services.triage.undo(people.handler, number)
