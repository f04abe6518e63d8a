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
def _four_incidents(services: Services, people: People) -> None:
    services.report.log(people.head, new_form())
    services.report.log(people.head, new_form())
    services.report.log(people.head, new_form(confidential=True))
    services.report.log(people.neighbour, new_form())


def link(services: Services, people: People, number: int, parent: int | None) -> None:
    """Hang an incident on another."""
    services.triage.link(people.handler, number, None, parent)


def not_linked(
    database: Database, services: Services, people: People, number: int, parent: int
) -> str:
    """Return why one is not to hang on the other; nothing may have changed."""
    before = contents(database)
    with pytest.raises(InvalidInput) as error:
        link(services, people, number, parent)
    assert contents(database) == before
    assert list(error.value.problems) == ["parent"]
    return error.value.message


def test_the_service_centre_sees_what_hangs_on_what(services: Services, people: People) -> None:
    for number in (OTHER_HEAD, HIDDEN, NEIGHBOUR):
        link(services, people, number, HEAD)
    rows = {row.number: row for row in listed(services, people)}
    assert {number: row.parent for number, row in rows.items()} == {1: None, 2: 1, 3: 1, 4: 1}
    assert {number: row.children for number, row in rows.items()} == {1: 3, 2: 0, 3: 0, 4: 0}
    below = services.triage.below(people.handler, HEAD)
    assert [row.number for row in below] == [2, 3, 4]
    link(services, people, OTHER_HEAD, None)
    assert services.queue.open(people.handler, OTHER_HEAD).row.parent is None
    assert services.queue.open(people.handler, HEAD).row.children == 2


def listed(services: Services, people: People) -> tuple[IncidentRow, ...]:
    """Return every row that the service centre has."""
    return services.queue.page(people.handler, ListQuery(View.ALL), Window()).rows


def test_a_school_sees_the_number_of_a_major_incident_that_it_may_see(
    services: Services, people: People
) -> None:
    link(services, people, OTHER_HEAD, HEAD)
    assert services.queue.open(people.head, OTHER_HEAD).row.parent == HEAD


@pytest.mark.parametrize("parent", [HIDDEN, NEIGHBOUR])
def test_a_school_sees_no_number_of_a_major_incident_that_it_may_not_see(
    services: Services, people: People, parent: int
) -> None:
    before = services.queue.open(people.head, HEAD)
    link(services, people, HEAD, parent)
    after = services.queue.open(people.head, HEAD)
    assert after.row.parent is None
    assert after.comments == before.comments
    assert services.queue.open(people.handler, HEAD).row.parent == parent


def test_a_major_incident_made_confidential_is_named_to_the_school_no_longer(
    services: Services, people: People
) -> None:
    link(services, people, OTHER_HEAD, HEAD)
    services.triage.set_confidential(people.handler, HEAD, None, True, "A pupil is named.")
    assert services.queue.open(people.head, OTHER_HEAD).row.parent is None


def test_a_school_counts_only_those_below_that_it_may_see(
    services: Services, people: People
) -> None:
    """Rule 24: a count would tell of a confidential incident, or of another school's."""
    for number in (OTHER_HEAD, HIDDEN, NEIGHBOUR):
        link(services, people, number, HEAD)
    assert services.queue.open(people.head, HEAD).row.children == 1
    assert services.queue.open(people.handler, HEAD).row.children == 3


def test_an_incident_hangs_neither_on_itself_nor_on_what_is_not_there(
    database: Database, services: Services, people: People
) -> None:
    assert not_linked(database, services, people, HEAD, HEAD) == "An incident can't hang on itself."
    said = not_linked(database, services, people, HEAD, 987_654)
    assert said == "There is no incident INC0987654."


def test_there_is_one_level_and_so_no_circle(
    database: Database, services: Services, people: People
) -> None:
    link(services, people, OTHER_HEAD, HEAD)
    for number, parent in ((HEAD, NEIGHBOUR), (NEIGHBOUR, OTHER_HEAD), (HEAD, OTHER_HEAD)):
        assert "can't hang on another" in not_linked(database, services, people, number, parent)


def test_nothing_of_a_confidential_major_incident_is_offered_to_be_carried(
    services: Services, people: People
) -> None:
    link(services, people, HEAD, HIDDEN)
    assert services.triage.below(people.handler, HIDDEN) == ()
    assert services.triage.below(people.handler, 987_654) == ()


def duplicate(services: Services, people: People, number: int, original: int) -> State:
    """Close an incident as a duplicate of another."""
    return services.triage.close_as_duplicate(people.handler, number, None, original).state


def told(services: Services, people: People, number: int) -> str:
    """Return the one comment that the head reads."""
    (said,) = services.queue.open(people.head, number).comments
    return said.body


def test_a_duplicate_is_closed_at_once_with_a_pointer(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    assert duplicate(services, people, HEAD, OTHER_HEAD) is State.CLOSED
    assert told(services, people, HEAD) == (
        "This fault is being dealt with as INC0000002, so this incident is closed."
    )
    fields = found(database, HEAD, clock()).fields
    assert fields.duplicate_of_id == found(database, OTHER_HEAD, clock()).id
    assert (fields.resolution_code, fields.closes_at) == ("duplicate", START)
    assert events_of(database, HEAD, clock())[-1].details["duplicate_of"] == "INC0000002"
    (shown,) = services.queue.open(people.handler, OTHER_HEAD).duplicates
    assert shown.number == HEAD
    assert services.queue.open(people.head, OTHER_HEAD).duplicates == ()
    closed = services.queue.latest_closed(people.head).rows
    assert [row.number for row in closed] == [HEAD]
    assert services.queue.open(people.head, OTHER_HEAD).row.state is State.NEW


@pytest.mark.parametrize("original", [HIDDEN, NEIGHBOUR])
def test_a_school_is_pointed_to_no_number_that_it_may_not_see(
    services: Services, people: People, original: int
) -> None:
    duplicate(services, people, HEAD, original)
    assert told(services, people, HEAD) == (
        "This fault is being dealt with, so this incident is closed."
    )
    assert f"INC000000{original}" not in repr(services.queue.open(people.head, HEAD))


def test_a_pointer_goes_and_comes_with_what_it_points_to_for_the_school_alone(
    database: Database, services: Services, people: People
) -> None:
    """Rule 24: it is derived for whoever reads, in the text, the list of comments and searches."""

    def searched(actor: Account) -> list[int]:
        found = services.search.find(actor, "INC0000002", Window()).rows
        return [row.number for row in found]

    duplicate(services, people, HEAD, OTHER_HEAD)
    pointing, plain = told(services, people, HEAD), dealt_with()
    assert pointing == dealt_with(OTHER_HEAD) != plain
    for confidential in (True, False):
        services.triage.set_confidential(people.lead, OTHER_HEAD, None, confidential, "Asked for.")
        assert told(services, people, HEAD) == (plain if confidential else pointing)
        (said,) = services.queue.open(people.handler, HEAD).comments
        assert said.body == pointing
        assert searched(people.head) == ([] if confidential else [OTHER_HEAD])
        assert searched(people.handler) == [OTHER_HEAD, HEAD]
    stored = [row for row in contents(database)["comments"] if "dealt with" in repr(row)]
    assert "INC" not in repr(stored)


@pytest.mark.parametrize("named", ["INC0000003", "inc3", "Inc 0000003"])
def test_nobody_writes_the_number_of_a_confidential_incident_to_a_school_unawares(
    database: Database, services: Services, people: People, named: str
) -> None:
    """Rule 24: comments, decisions and calls; work notes and what a school writes are kept."""
    text = f"The same as {named}."
    for change in (replace(ASKED, question=text), replace(RESOLVED, resolution=text)):
        ask = partial(services.triage.set_state, people.handler, HEAD, None, change)
        assert "INC0000003 is confidential" in refused(InvalidInput, database, ask)
    say = partial(services.conversation.comment, people.handler, HEAD, text, "said")
    assert "INC0000003 is confidential" in refused(InvalidInput, database, say)
    call = new_form(description=text, school_id=people.school.id, caller="Test Bursar")
    log = partial(services.report.log, people.handler, call)
    assert "INC0000003 is confidential" in refused(InvalidInput, database, log)
    services.report.log(people.handler, replace(call, confidential=True))
    services.report.log(people.head, new_form(description=text))
    services.conversation.work_note(people.handler, HEAD, text, "note")
    services.conversation.comment(people.head, HEAD, text, "theirs")
    services.conversation.comment(people.handler, HIDDEN, text, "itself")
    services.conversation.comment(people.handler, HEAD, "As INC0000002 and INC9999999.", "seen")
    services.triage.set_confidential(people.lead, HIDDEN, None, False, "Asked for.")
    services.conversation.comment(people.handler, HEAD, text, "said")
    assert len(services.queue.open(people.head, HEAD).comments) == 3


def test_a_closed_incident_is_not_closed_again(
    database: Database, services: Services, people: People
) -> None:
    duplicate(services, people, HEAD, OTHER_HEAD)
    again = partial(duplicate, services, people, HEAD, NEIGHBOUR)
    assert "closed already" in refused(InvalidInput, database, again)


def test_nothing_is_a_duplicate_of_itself_or_of_what_is_closed(
    database: Database, services: Services, people: People
) -> None:
    """Two that are closed as duplicates of each other would be dealt with nowhere."""
    duplicate(services, people, HEAD, OTHER_HEAD)
    for number, original in ((OTHER_HEAD, OTHER_HEAD), (OTHER_HEAD, HEAD)):
        refused(InvalidInput, database, partial(duplicate, services, people, number, original))


def test_a_duplicate_of_one_that_hangs_on_a_major_incident_is_closed(
    services: Services, people: People
) -> None:
    link(services, people, OTHER_HEAD, NEIGHBOUR)
    assert duplicate(services, people, HEAD, OTHER_HEAD) is State.CLOSED
