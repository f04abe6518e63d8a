"""What is unread for whom, until somebody of that side has read it (rules 24, 27, 41 and 48)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from eds_tui.domain.account import Account
from eds_tui.domain.errors import NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee, StateChange
from eds_tui.domain.unread import News
from eds_tui.domain.views import IncidentRow, ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, log, new_form
from tests.repository.statements import plan, statements
from tests.services.triage_steps import ASKED, RESOLVED

pytestmark = pytest.mark.on_both


def rows(services: Services, actor: Account, view: View = View.UNREAD) -> list[IncidentRow]:
    """Return a list, and see that the count of what is unread is that of its rows."""
    found = list(services.queue.page(actor, ListQuery(view), Window()).rows)
    if view is View.UNREAD:
        assert services.queue.counts(actor)[view] == len(found)
    return found


def unread(services: Services, actor: Account) -> list[int]:
    """Return the numbers of what is unread, and see that every list marks those and no others."""
    found = [row.number for row in rows(services, actor)]
    for view in (View.OPEN, View.ALL):
        for row in rows(services, actor, view):
            assert row.unread is (row.number in found), (view, row.number)
    return found


def news_of(services: Services, actor: Account, number: int) -> News | None:
    """Return what is new in an incident that is looked at and not read."""
    return services.queue.open(actor, number, again=True).news


def read(services: Services, actor: Account, number: int) -> None:
    """Read what is new in an incident."""
    news = news_of(services, actor, number)
    assert news is not None
    services.queue.read(actor, number, news)


def say(services: Services, actor: Account, number: int, words: str) -> None:
    """Comment."""
    services.conversation.comment(actor, number, words, f"key {words}")


def test_a_comment_is_unread_for_all_of_the_other_side_until_one_of_it_has_read_it(
    services: Services, people: People
) -> None:
    log(services, people, 2)
    say(services, people.head, 1, "It is worse today.")
    assert unread(services, people.handler) == unread(services, people.lead) == [1]
    assert unread(services, people.head) == unread(services, people.bursar) == []
    services.queue.open(people.handler, 1)
    assert unread(services, people.lead) == [1]
    read(services, people.handler, 1)
    assert unread(services, people.handler) == unread(services, people.lead) == []

    say(services, people.lead, 1, "An engineer comes.")
    assert unread(services, people.head) == unread(services, people.bursar) == [1]
    assert unread(services, people.neighbour) == unread(services, people.handler) == []
    read(services, people.bursar, 1)
    assert unread(services, people.head) == []


def test_what_has_been_read_is_once_in_the_history_whoever_reads_it_again(
    services: Services, people: People
) -> None:
    log(services, people, 1)
    say(services, people.head, 1, "Worse.")
    news = news_of(services, people.handler, 1)
    assert news is not None
    services.queue.read(people.handler, 1, news)
    services.queue.read(people.lead, 1, news)
    events = services.history.of_incident(people.handler, 1)
    kinds = {EventKind.READ_BY_CENTRE, EventKind.READ_BY_SCHOOL}
    assert [event.actor for event in events if event.kind in kinds] == ["A. Handler"]


def test_a_comment_that_comes_between_showing_and_reading_stays_new(
    services: Services, people: People, clock: SetClock
) -> None:
    """Only what was shown is read; the next line stands before what came since."""
    log(services, people, 1)
    say(services, people.head, 1, "First.")
    shown = news_of(services, people.handler, 1)
    clock.forward(minutes=1)
    say(services, people.head, 1, "Second.")
    assert shown is not None
    services.queue.read(people.handler, 1, shown)
    assert unread(services, people.lead) == [1]
    detail = services.queue.open(people.lead, 1)
    assert detail.news is not None
    assert detail.news.first == detail.comments[1].id
    assert detail.news.since == detail.comments[0].at
    services.queue.read(people.lead, 1, detail.news)
    services.queue.read(people.handler, 1, shown)
    assert unread(services, people.handler) == []


def test_comments_and_readings_at_one_time_lose_no_mark(services: Services, people: People) -> None:
    """Whatever is not among what some reader was shown is unread when all are done."""
    log(services, people, 1)
    seen: list[int] = []

    def look(_: int) -> None:
        detail = services.queue.open(people.handler, 1)
        if detail.news is not None:
            services.queue.read(people.handler, 1, detail.news)
            seen.append(len(detail.comments))

    def write(place: int) -> None:
        say(services, people.head, 1, f"Line {place}.")

    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(each, n) for n in range(12) for each in (write, look)]
        for job in jobs:
            job.result()
    assert unread(services, people.handler) == ([1] if max(seen, default=0) < 12 else [])
    if (news := news_of(services, people.handler, 1)) is not None:
        comments = services.queue.open(people.handler, 1).comments
        assert news.first == comments[max(seen, default=0)].id


def test_rule_27_a_work_note_marks_nothing(services: Services, people: People) -> None:
    log(services, people, 1)
    services.conversation.work_note(people.lead, 1, "Between us.", "n")
    services.triage.assign(people.handler, 1, None, Assignee(people.lead.id, people.lead.name))
    assert unread(services, people.head) == unread(services, people.handler) == []
    services.triage.set_priority(people.handler, 1, None, Priority.LOW)
    assert unread(services, people.head) == [1]
    assert unread(services, people.handler) == []


def test_rule_24_what_is_confidential_is_unread_for_no_school(
    services: Services, people: People
) -> None:
    """Also where it became so later; what is shown again shows what nobody has read."""
    services.report.log(people.head, new_form(confidential=True))
    log(services, people, 1)
    say(services, people.lead, 1, "Hidden from the start.")
    say(services, people.lead, 2, "Hidden later.")
    assert unread(services, people.head) == [2]
    shown = news_of(services, people.head, 2)
    services.triage.set_confidential(people.lead, 2, None, True, "Asked for.")
    assert unread(services, people.head) == []
    assert shown is not None
    with pytest.raises(NotFound):
        services.queue.read(people.head, 2, shown)
    services.triage.set_confidential(people.lead, 2, None, False, "No longer.")
    assert unread(services, people.head) == [2]


def test_the_clock_marks_nothing_and_what_is_closed_unread_stays_so(
    services: Services, people: People, clock: SetClock
) -> None:
    log(services, people, 2)
    for number in (1, 2):
        services.triage.set_state(people.handler, number, None, RESOLVED)
    say(services, people.head, 2, "It is not.")
    read(services, people.head, 1)
    clock.forward(hours=25)
    services.housekeeping.run()
    assert unread(services, people.head) == [2]
    assert unread(services, people.lead) == [2]
    assert rows(services, people.lead)[0].state is State.CLOSED


def test_the_assignees_own_come_first_in_their_list_page_by_page(
    services: Services, people: People, clock: SetClock
) -> None:
    log(services, people, 6)
    for number in (1, 4):
        assignee = Assignee(people.handler.id, people.handler.name)
        services.triage.assign(people.lead, number, None, assignee)
    for number in range(1, 7):
        say(services, people.head, number, f"More of {number}.")
    order = [4, 1, 6, 5, 3, 2]
    assert [row.number for row in rows(services, people.handler)] == order
    assert [row.number for row in rows(services, people.lead)] == [6, 5, 4, 3, 2, 1]
    found: list[int] = []
    query = ListQuery(View.UNREAD)
    window: Window | None = Window(limit=2)
    while window is not None:
        page = services.queue.page(people.handler, query, window)
        found += [row.number for row in page.rows]
        window = Window(limit=2, key=query.key(page.rows[-1])) if page.older else None
    assert found == order
    back = Window(limit=3, key=query.key(page.rows[-1]), newer=True, inclusive=True)
    page = services.queue.page(people.handler, query, back)
    assert ([row.number for row in page.rows], page.newer) == ([5, 3, 2], True)


def test_rule_24_a_question_is_that_of_the_row_alone_whatever_else_was_said_since(
    services: Services, people: People
) -> None:
    for actor in (people.head, people.head, people.neighbour):
        services.report.log(actor, new_form())
    for number, question in ((1, "Which room?"), (2, "Which printer?"), (3, "Whose laptop?")):
        asked = StateChange(State.ON_HOLD_CUSTOMER, question=question)
        services.triage.set_state(people.handler, number, None, asked)
    asked_of = {row.number: row.question for row in rows(services, people.head, View.OPEN)}
    assert asked_of == {2: "Which printer?", 1: "Which room?"}
    (other,) = rows(services, people.neighbour, View.OPEN)
    assert other.question == "Whose laptop?"


def test_a_school_has_what_waits_for_its_answer_first_with_the_question(
    services: Services, people: People, clock: SetClock
) -> None:
    log(services, people, 3)
    services.triage.set_state(people.handler, 1, None, ASKED)
    query = ListQuery(View.OPEN, waiting_first=True)
    page = services.queue.page(people.head, query, Window())
    assert [(row.number, row.question) for row in page.rows] == [
        (1, ASKED.question), (3, ""), (2, ""),
    ]  # fmt: skip
    assert [row.number for row in rows(services, people.head, View.OPEN)] == [3, 2, 1]
    assert {row.question for row in rows(services, people.handler, View.OPEN)} == {""}
    below = Window(limit=2, key=query.key(page.rows[0]))
    assert [row.number for row in services.queue.page(people.head, query, below).rows] == [3, 2]
    services.conversation.work_note(people.handler, 1, "They never answer.", "n")
    say(services, people.lead, 1, "Please look again.")
    say(services, people.head, 2, "Not this one.")
    assert services.queue.page(people.head, query, Window()).rows[0].question == (
        "Please look again."
    )
    say(services, people.head, 1, "The one in room 3.")
    page = services.queue.page(people.head, query, Window())
    assert [(row.number, row.question) for row in page.rows] == [(3, ""), (2, ""), (1, "")]


@pytest.mark.on_sqlite
def test_the_lists_are_read_along_an_index_of_what_is_unread(
    database: Database, services: Services, people: People
) -> None:
    for actor, index in ((people.handler, "ix_incidents_unread"), (people.head, "school_unread")):
        with statements(database) as found:
            rows(services, actor)
        asked = [each for each in found if "_news >" in each[0]]
        planned = (step for each in asked for step in plan(database, each))
        few = {"SCAN CONSTANT ROW", "SCAN state_counts"}
        steps = [step for step in planned if step not in few]
        assert not any(step.startswith("SCAN") and "INDEX" not in step for step in steps), steps
        assert sum(index in step for step in steps) >= 2, steps


def test_what_is_unread_already_is_no_new_mark(services: Services, people: People) -> None:
    """A second change rings no bell again, before it has been read."""
    log(services, people, 1)
    bookmark, _ = services.feed.since(people.head, None)
    services.triage.set_state(people.handler, 1, None, StateChange(State.IN_PROGRESS))
    say(services, people.handler, 1, "We look at it.")
    bookmark, told = services.feed.since(people.head, bookmark)
    assert told.marks == 1
    read(services, people.head, 1)
    say(services, people.handler, 1, "Still looking.")
    _, told = services.feed.since(people.head, bookmark)
    assert told.marks == 1
