"""Guide 2.2: what nobody at a school learns of (rules 3, 24 and 26)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select

from eds_tui.domain.account import Account
from eds_tui.domain.errors import EdsError
from eds_tui.domain.event import EventKind
from eds_tui.domain.incident import IncidentForm, format_number
from eds_tui.domain.lifecycle import State
from eds_tui.domain.sorting import Key
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.numbers import go_on_after
from eds_tui.repository.tables import metadata
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.files import FileShelf
from tests.cases import each_case
from tests.factories import START, People, SetClock, new_form, set_state
from tests.guide.questions import FILE, QUESTIONS, Question

pytestmark = pytest.mark.long_on_postgres

NEVER_GIVEN_OUT = 987_654
WINDOWS_BETWEEN = 21
"""Of so many windows one is asked of every list, and each of the one of all incidents."""
FIRST_NUMBER = 543_210
"""Far from every other number in an answer, so that only the incident's is left out of it."""


@dataclass(frozen=True)
class Hidden:
    """Incidents that the school's accounts must not learn of, by what makes them hidden."""

    own_confidential: int
    phoned_confidential: int
    closed_confidential: int
    rated_then_confidential: int
    of_another_school: int
    visible: int
    """The one that they may see."""


@pytest.fixture
def hidden(
    database: Database, services: Services, people: People, clock: SetClock, tmp_path: Path
) -> Hidden:
    """Incidents of every hidden kind, each with a file and a comment, and one to be seen."""
    (tmp_path / FILE).write_text("secret")
    files = (FileShelf(tmp_path).choose((), FILE),)

    def log(actor: Account, *, confidential: bool) -> int:
        form = new_form(
            confidential=confidential,
            files=files,
            school_id=people.school.id,
            caller="Caller",
            telephone="Jo 01772 123456",
        )
        number = services.report.log(actor, form).number
        services.conversation.comment(people.handler, number, "Words.", f"comment-{number}")
        return number

    with database.engine.begin() as connection:
        go_on_after(connection, FIRST_NUMBER)
    own, closed = (log(people.head, confidential=True) for _ in range(2))
    rated, seen = (log(people.bursar, confidential=False) for _ in range(2))
    phoned = log(people.handler, confidential=True)
    other = log(people.neighbour, confidential=False)
    for number in (closed, rated):
        set_state(database, people, number, State.RESOLVED, clock())
    clock.forward(hours=25)
    services.conversation.rate(people.head, rated, 5, "Well done.")
    make_confidential(database, rated)
    return Hidden(own, phoned, closed, rated, other, seen)


def make_confidential(database: Database, number: int) -> None:
    """Flip an incident to confidential."""
    incidents = metadata.tables["incidents"]
    with database.engine.begin() as connection:
        flip = incidents.update().where(incidents.c.number == number)
        connection.execute(flip.values(confidential=True))


def answer(question: Question, services: Services, actor: Account, number: int) -> str:
    """Return all that is answered to a question about a number, with the number left out."""
    try:
        said = repr(question(services, actor, number))
    except EdsError as refused:
        said = repr((type(refused), refused.title, vars(refused), refused.__cause__))
    return said.replace(format_number(number), "INC").replace(f"{number}", "N")


def contents(database: Database) -> dict[str, list[object]]:
    """Return every row of every table, but how late it is, which is noted as time goes by."""
    with database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in metadata.sorted_tables
            if table.name != "clock_record"
        }


@each_case("kind", ["own_confidential", "phoned_confidential", "closed_confidential",
                                  "rated_then_confidential", "of_another_school"])  # fmt: skip
@each_case("asked", list(QUESTIONS))
def test_rule_24_a_hidden_number_is_answered_like_one_that_was_never_given_out(
    services: Services, people: People, hidden: Hidden, kind: str, asked: str
) -> None:
    """Guide 2.2: nobody else at the school has sight of it, nor finds out that it is there."""
    number = getattr(hidden, kind)
    for actor in (people.head, people.bursar):
        given = answer(QUESTIONS[asked], services, actor, number)
        assert given == answer(QUESTIONS[asked], services, actor, NEVER_GIVEN_OUT)


@each_case("asked", ["open", "read again", "comment", "fetch its file"])
def test_rule_24_the_same_questions_are_answered_to_those_who_may_know(
    services: Services, people: People, hidden: Hidden, asked: str
) -> None:
    """Guide 2.2: whoever telephones is told of it, since the service centre reads it."""
    unknown = answer(QUESTIONS[asked], services, people.head, NEVER_GIVEN_OUT)
    assert answer(QUESTIONS[asked], services, people.handler, hidden.own_confidential) != unknown
    assert answer(QUESTIONS[asked], services, people.neighbour, hidden.of_another_school) != unknown
    assert answer(QUESTIONS[asked], services, people.head, hidden.visible) != unknown


@each_case("asked", list(QUESTIONS))
def test_rule_24_asking_for_a_hidden_number_leaves_no_trace(
    database: Database, services: Services, people: People, hidden: Hidden, asked: str
) -> None:
    """Guide 2.2: asking for its number changes nothing by which it would show."""
    before = contents(database)
    for number in (hidden.own_confidential, hidden.of_another_school, NEVER_GIVEN_OUT):
        answer(QUESTIONS[asked], services, people.head, number)
    assert contents(database) == before


def lists(services: Services, actor: Account) -> list[object]:
    """Return all that an account is told without naming a number."""
    keys = [
        Key(START, number) for number in (*range(FIRST_NUMBER, FIRST_NUMBER + 7), NEVER_GIVEN_OUT)
    ]
    windows = [Window()] + [
        Window(limit=limit, key=key, newer=newer, inclusive=inclusive)
        for key in keys
        for limit in (1, 100)
        for newer in (False, True)
        for inclusive in (False, True)
    ]
    some = windows[::WINDOWS_BETWEEN]
    pages = [
        services.queue.page(actor, ListQuery(view, school_id), window)
        for view in View
        for school_id in (None, actor.school_id)
        for window in (windows if (view, school_id) == (View.ALL, None) else some)
    ]
    return [*pages, services.queue.latest_closed(actor), services.queue.counts(actor)]


def test_rule_24_lists_counts_and_paging_are_as_if_hidden_incidents_were_not_there(
    database: Database, services: Services, people: People, hidden: Hidden
) -> None:
    """Guide 2.2: it is not in the list of open incidents of the school, nor in a count."""
    told = {actor.login: lists(services, actor) for actor in (people.head, people.bursar)}
    gone = [
        hidden.own_confidential,
        hidden.phoned_confidential,
        hidden.closed_confidential,
        hidden.rated_then_confidential,
        hidden.of_another_school,
    ]
    remove(database, gone)
    assert told == {actor.login: lists(services, actor) for actor in (people.head, people.bursar)}
    seen = services.queue.page(people.head, ListQuery(View.ALL), Window()).rows
    assert [row.number for row in seen] == [hidden.visible]


def remove(database: Database, numbers: list[int]) -> None:
    """Take incidents out of the database with all that hangs on them."""
    tables = metadata.tables
    incidents = tables["incidents"]
    chosen = select(incidents.c.id).where(incidents.c.number.in_(numbers))
    files = select(tables["attachments"].c.id).where(
        tables["attachments"].c.incident_id.in_(chosen)
    )
    with database.engine.begin() as connection:
        chunks = tables["attachment_chunks"]
        connection.execute(chunks.delete().where(chunks.c.attachment_id.in_(files)))
        for name in (
            "attachments", "notifications", "comments", "events", "feedback", "open_words",
        ):  # fmt: skip
            table = tables[name]
            connection.execute(table.delete().where(table.c.incident_id.in_(chosen)))
        connection.execute(incidents.delete().where(incidents.c.number.in_(numbers)))
        left = connection.execute(select(func.count()).select_from(incidents)).scalar_one()
    assert left == 1


def test_rule_24_another_schools_list_is_not_had_by_asking_for_it(
    services: Services, people: People, hidden: Hidden
) -> None:
    """Guide 2.2 and 2.6: the lists are those of the own school."""
    for view in View:
        query = ListQuery(view, people.other_school.id)
        rows = services.queue.page(people.head, query, Window()).rows
        assert [row.number for row in rows if row.school_id != people.school.id] == []
    assert services.queue.latest_closed(people.head, people.other_school.id).rows == ()


def test_rule_24_becoming_confidential_hides_an_incident_from_the_next_question_on(
    database: Database, services: Services, people: People, hidden: Hidden
) -> None:
    """Guide 2.2: its status may be changed by telephone, and it is hidden from then on."""
    assert services.queue.open(people.head, hidden.visible).row.number == hidden.visible
    make_confidential(database, hidden.visible)
    for asked in QUESTIONS.values():
        given = answer(asked, services, people.head, hidden.visible)
        assert given == answer(asked, services, people.head, NEVER_GIVEN_OUT)
    assert services.queue.page(people.head, ListQuery(View.ALL), Window()).rows == ()
    assert set(services.queue.counts(people.head).values()) == {0}


def test_rule_3_a_form_is_not_confidential_unless_it_says_so(
    services: Services, people: People
) -> None:
    """Guide 2.2: an incident is confidential where the box is ticked, and only there."""
    assert not IncidentForm(submission="key").confidential
    services.report.log(people.head, new_form())
    assert not services.queue.open(people.head, 1).row.confidential


def test_rule_26_handlers_see_it_and_opening_it_is_recorded(
    database: Database, services: Services, people: People, hidden: Hidden, clock: SetClock
) -> None:
    """Guide 2.2: updates are had by telephone, from somebody who can open it."""
    detail = services.queue.open(people.handler, hidden.own_confidential)
    assert detail.row.confidential
    services.queue.open(people.lead, hidden.own_confidential)
    services.queue.open(people.handler, hidden.own_confidential, again=True)
    services.queue.open(people.handler, hidden.visible)
    with database.reading() as work:
        opened = work.events.of_kind(EventKind.CONFIDENTIAL_OPENED)
    assert [(event.at, event.actor) for event in opened] == [
        (clock(), "A. Handler"), (clock(), "S. Lead"),
    ]  # fmt: skip


def test_rule_26_a_handlers_lists_mark_the_confidential_ones(
    services: Services, people: People, hidden: Hidden
) -> None:
    """Guide 2.2: who answers the telephone sees in the list that it is confidential."""
    rows = services.queue.page(people.handler, ListQuery(View.ALL), Window()).rows
    assert {row.number: row.confidential for row in rows} == {
        hidden.own_confidential: True,
        hidden.phoned_confidential: True,
        hidden.closed_confidential: True,
        hidden.rated_then_confidential: True,
        hidden.of_another_school: False,
        hidden.visible: False,
    }
