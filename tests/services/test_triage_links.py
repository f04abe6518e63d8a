"""Incidents that hang on a major one, and duplicates: who is told of which number (rule 24)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from eds_tui.domain.account import Account
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.lifecycle import State
from eds_tui.domain.pointer import dealt_with
from eds_tui.domain.views import IncidentRow, ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People, SetClock, new_form
from tests.services.triage_steps import ASKED, RESOLVED, contents, events_of, found, refused

HEAD, OTHER_HEAD, HIDDEN, NEIGHBOUR = 1, 2, 3, 4
"""Two of one school, a confidential one of the same, and one of another school."""


@pytest.fixture(autouse=True)
def _four_incidents(desk: Services, people: People) -> None:
    desk.report.log(people.head, new_form())
    desk.report.log(people.head, new_form())
    desk.report.log(people.head, new_form(confidential=True))
    desk.report.log(people.neighbour, new_form())


def link(desk: Services, people: People, number: int, parent: int | None) -> None:
    """Hang an incident on another."""
    desk.triage.link(people.handler, number, None, parent)


def not_linked(database: Database, desk: Services, people: People, number: int, parent: int) -> str:
    """Return why one is not to hang on the other; nothing may have changed."""
    before = contents(database)
    with pytest.raises(InvalidInput) as error:
        link(desk, people, number, parent)
    assert contents(database) == before
    assert list(error.value.problems) == ["parent"]
    return error.value.message


def test_the_service_centre_sees_what_hangs_on_what(desk: Services, people: People) -> None:
    for number in (OTHER_HEAD, HIDDEN, NEIGHBOUR):
        link(desk, people, number, HEAD)
    rows = {row.number: row for row in listed(desk, people)}
    assert {number: row.parent for number, row in rows.items()} == {1: None, 2: 1, 3: 1, 4: 1}
    assert {number: row.children for number, row in rows.items()} == {1: 3, 2: 0, 3: 0, 4: 0}
    below = desk.triage.below(people.handler, HEAD)
    assert [row.number for row in below] == [2, 3, 4]
    link(desk, people, OTHER_HEAD, None)
    assert desk.queue.open(people.handler, OTHER_HEAD).row.parent is None
    assert desk.queue.open(people.handler, HEAD).row.children == 2


def listed(desk: Services, people: People) -> tuple[IncidentRow, ...]:
    """Return every row that the service centre has."""
    return desk.queue.page(people.handler, ListQuery(View.ALL), Window()).rows


def test_a_school_sees_the_number_of_a_major_incident_that_it_may_see(
    desk: Services, people: People
) -> None:
    link(desk, people, OTHER_HEAD, HEAD)
    assert desk.queue.open(people.head, OTHER_HEAD).row.parent == HEAD


@pytest.mark.parametrize("parent", [HIDDEN, NEIGHBOUR])
def test_a_school_sees_no_number_of_a_major_incident_that_it_may_not_see(
    desk: Services, people: People, parent: int
) -> None:
    before = desk.queue.open(people.head, HEAD)
    link(desk, people, HEAD, parent)
    after = desk.queue.open(people.head, HEAD)
    assert after.row.parent is None
    assert after.comments == before.comments
    assert desk.queue.open(people.handler, HEAD).row.parent == parent


def test_a_major_incident_made_confidential_is_named_to_the_school_no_longer(
    desk: Services, people: People
) -> None:
    link(desk, people, OTHER_HEAD, HEAD)
    desk.triage.set_confidential(people.handler, HEAD, None, True, "A pupil is named.")
    assert desk.queue.open(people.head, OTHER_HEAD).row.parent is None


def test_a_school_counts_only_those_below_that_it_may_see(desk: Services, people: People) -> None:
    """Rule 24: a count would tell of a confidential incident, or of another school's."""
    for number in (OTHER_HEAD, HIDDEN, NEIGHBOUR):
        link(desk, people, number, HEAD)
    assert desk.queue.open(people.head, HEAD).row.children == 1
    assert desk.queue.open(people.handler, HEAD).row.children == 3


def test_an_incident_hangs_neither_on_itself_nor_on_what_is_not_there(
    database: Database, desk: Services, people: People
) -> None:
    assert not_linked(database, desk, people, HEAD, HEAD) == "An incident can't hang on itself."
    said = not_linked(database, desk, people, HEAD, 987_654)
    assert said == "There is no incident INC0987654."


def test_there_is_one_level_and_so_no_circle(
    database: Database, desk: Services, people: People
) -> None:
    link(desk, people, OTHER_HEAD, HEAD)
    for number, parent in ((HEAD, NEIGHBOUR), (NEIGHBOUR, OTHER_HEAD), (HEAD, OTHER_HEAD)):
        assert "can't hang on another" in not_linked(database, desk, people, number, parent)


def test_nothing_of_a_confidential_major_incident_is_offered_to_be_carried(
    desk: Services, people: People
) -> None:
    link(desk, people, HEAD, HIDDEN)
    assert desk.triage.below(people.handler, HIDDEN) == ()
    assert desk.triage.below(people.handler, 987_654) == ()


def duplicate(desk: Services, people: People, number: int, original: int) -> State:
    """Close an incident as a duplicate of another."""
    return desk.triage.close_as_duplicate(people.handler, number, None, original).state


def told(desk: Services, people: People, number: int) -> str:
    """Return the one comment that the head reads."""
    (said,) = desk.queue.open(people.head, number).comments
    return said.body


def test_a_duplicate_is_closed_at_once_with_a_pointer(
    database: Database, desk: Services, people: People, clock: SetClock
) -> None:
    assert duplicate(desk, people, HEAD, OTHER_HEAD) is State.CLOSED
    assert told(desk, people, HEAD) == (
        "This fault is being dealt with as INC0000002, so this incident is closed."
    )
    fields = found(database, HEAD, clock()).fields
    assert fields.duplicate_of_id == found(database, OTHER_HEAD, clock()).id
    assert (fields.resolution_code, fields.closes_at) == ("duplicate", START)
    assert events_of(database, HEAD, clock())[-1].details["duplicate_of"] == "INC0000002"
    closed = desk.queue.latest_closed(people.head).rows
    assert [row.number for row in closed] == [HEAD]
    assert desk.queue.open(people.head, OTHER_HEAD).row.state is State.NEW


@pytest.mark.parametrize("original", [HIDDEN, NEIGHBOUR])
def test_a_school_is_pointed_to_no_number_that_it_may_not_see(
    desk: Services, people: People, original: int
) -> None:
    duplicate(desk, people, HEAD, original)
    assert told(desk, people, HEAD) == (
        "This fault is being dealt with, so this incident is closed."
    )
    assert f"INC000000{original}" not in repr(desk.queue.open(people.head, HEAD))


def test_a_pointer_goes_and_comes_with_what_it_points_to_for_the_school_alone(
    database: Database, desk: Services, people: People
) -> None:
    """Rule 24: it is derived for whoever reads, in the text, the list of comments and searches."""

    def searched(actor: Account) -> list[int]:
        found = desk.search.find(actor, "INC0000002", Window()).rows
        return [row.number for row in found]

    duplicate(desk, people, HEAD, OTHER_HEAD)
    pointing, plain = told(desk, people, HEAD), dealt_with()
    assert pointing == dealt_with(OTHER_HEAD) != plain
    for confidential in (True, False):
        desk.triage.set_confidential(people.lead, OTHER_HEAD, None, confidential, "Asked for.")
        assert told(desk, people, HEAD) == (plain if confidential else pointing)
        (said,) = desk.queue.open(people.handler, HEAD).comments
        assert said.body == pointing
        assert searched(people.head) == ([] if confidential else [OTHER_HEAD])
        assert searched(people.handler) == [OTHER_HEAD, HEAD]
    stored = [row for row in contents(database)["comments"] if "dealt with" in repr(row)]
    assert "INC" not in repr(stored)


@pytest.mark.parametrize("named", ["INC0000003", "inc3", "Inc 0000003"])
def test_nobody_writes_the_number_of_a_confidential_incident_to_a_school_unawares(
    database: Database, desk: Services, people: People, named: str
) -> None:
    """Rule 24: comments, decisions and calls; work notes and what a school writes are kept."""
    text = f"The same as {named}."
    for change in (replace(ASKED, question=text), replace(RESOLVED, resolution=text)):
        ask = partial(desk.triage.set_state, people.handler, HEAD, None, change)
        assert "INC0000003 is confidential" in refused(InvalidInput, database, ask)
    say = partial(desk.conversation.comment, people.handler, HEAD, text, "said")
    assert "INC0000003 is confidential" in refused(InvalidInput, database, say)
    call = new_form(description=text, school_id=people.school.id, caller="Test Bursar")
    log = partial(desk.report.log, people.handler, call)
    assert "INC0000003 is confidential" in refused(InvalidInput, database, log)
    desk.report.log(people.handler, replace(call, confidential=True))
    desk.report.log(people.head, new_form(description=text))
    desk.conversation.work_note(people.handler, HEAD, text, "note")
    desk.conversation.comment(people.head, HEAD, text, "theirs")
    desk.conversation.comment(people.handler, HIDDEN, text, "itself")
    desk.conversation.comment(people.handler, HEAD, "As INC0000002 and INC9999999.", "seen")
    desk.triage.set_confidential(people.lead, HIDDEN, None, False, "Asked for.")
    desk.conversation.comment(people.handler, HEAD, text, "said")
    assert len(desk.queue.open(people.head, HEAD).comments) == 3


def test_a_closed_incident_is_not_closed_again(
    database: Database, desk: Services, people: People
) -> None:
    duplicate(desk, people, HEAD, OTHER_HEAD)
    again = partial(duplicate, desk, people, HEAD, NEIGHBOUR)
    assert "closed already" in refused(InvalidInput, database, again)


def test_nothing_is_a_duplicate_of_itself_or_of_what_is_closed(
    database: Database, desk: Services, people: People
) -> None:
    """Two that are closed as duplicates of each other would be dealt with nowhere."""
    duplicate(desk, people, HEAD, OTHER_HEAD)
    for number, original in ((OTHER_HEAD, OTHER_HEAD), (OTHER_HEAD, HEAD)):
        refused(InvalidInput, database, partial(duplicate, desk, people, number, original))


def test_a_duplicate_of_one_that_hangs_on_a_major_incident_is_closed(
    desk: Services, people: People
) -> None:
    link(desk, people, OTHER_HEAD, NEIGHBOUR)
    assert duplicate(desk, people, HEAD, OTHER_HEAD) is State.CLOSED
