"""``eds-tui db check``: what is stored is compared with itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from eds_tui.repository import history_reading
from eds_tui.repository.tables import (
    attachments,
    chunks,
    comments,
    events,
    incidents,
    notifications,
    open_words,
    state_counts,
)
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.cli.running import CommandLine
from tests.factories import People, new_form
from tests.services.triage_steps import RESOLVED

pytestmark = [pytest.mark.long_on_postgres, pytest.mark.usefixtures("at_work")]

ALL_RIGHT = """\
Numbers of 2 incidents: all right
History, 3 events: all right
Links, 0: all right
Comments, 1: all right
Attached files, 1: all right
Full text: all right
Words of 2 open incidents: all right
Numbers beside the lists: all right
E-mails that wait: all right
"""


def test_what_agrees_is_said_to_be_all_right(cli: CommandLine) -> None:
    said = cli.done("db", "check")
    assert said.split("\n", 1)[1] == ALL_RIGHT


def test_what_was_said_with_a_decision_is_in_the_event_log_as_well(
    cli: CommandLine, services: Services, people: People
) -> None:
    services.triage.set_state(people.handler, 2, None, RESOLVED)
    assert "Comments, 2: all right" in cli.done("db", "check")


def version_moved(connection: Connection) -> None:
    connection.execute(update(incidents).where(incidents.c.number == 2).values(version=5))


def changed_past_the_log(connection: Connection) -> None:
    connection.execute(update(incidents).where(incidents.c.number == 2).values(team="Networks"))


def log_cut(connection: Connection) -> None:
    connection.execute(delete(events).where(events.c.kind == "incident_logged"))


def comment_not_logged(connection: Connection) -> None:
    connection.execute(delete(events).where(events.c.kind == "comment_added"))


def chunk_gone(connection: Connection) -> None:
    connection.execute(delete(chunks))


def size_wrong(connection: Connection) -> None:
    connection.execute(update(attachments).values(size=9))


def words_gone(connection: Connection) -> None:
    connection.execute(text("DELETE FROM incident_search"))


def secret_in_the_schools_words(connection: Connection) -> None:
    connection.execute(delete(notifications))
    connection.execute(update(incidents).values(confidential=True))


def told_of_a_secret(connection: Connection) -> None:
    connection.execute(update(incidents).values(confidential=True))


def pointing(connection: Connection, column: str, **pointers: int) -> None:
    """Let incidents of some numbers point to the one with a row id."""
    for number, row_id in pointers.items():
        one = incidents.c.number == int(number.removeprefix("n"))
        connection.execute(update(incidents).where(one).values({column: row_id}))


def comment_gone(connection: Connection) -> None:
    connection.execute(delete(comments))


def comment_named_by_no_incident(connection: Connection) -> None:
    named = events.c.kind == "comment_added"
    connection.execute(update(events).where(named).values(incident_id=None, details={"id": 7}))


def comment_of_another(connection: Connection) -> None:
    connection.execute(update(comments).values(incident_id=2))


def changed_from_something_else(connection: Connection) -> None:
    changed = {"changed": {"priority": [2, 4]}}
    connection.execute(update(events).where(events.c.kind == "triaged").values(details=changed))


def said_to_be_hidden(connection: Connection) -> None:
    first = events.c.kind == "incident_logged", events.c.incident_id == 1
    connection.execute(update(events).where(*first).values(details={"confidential": True}))


def logged_twice(connection: Connection) -> None:
    row = connection.execute(select(events).where(events.c.kind == "incident_logged")).first()
    assert row is not None
    again = dict(row._mapping)
    del again["id"]
    connection.execute(insert(events).values(again))


def description_changed_past_the_log(connection: Connection) -> None:
    changed = {"changed": {"description": ["It is slow", "It is very slow"]}}
    connection.execute(update(events).where(events.c.kind == "triaged").values(details=changed))


def history_cut_short(connection: Connection) -> None:
    connection.execute(text("UPDATE events SET details = '{' WHERE incident_id = 1"))


def history_of_another_program(connection: Connection) -> None:
    sign = {"details": '{"by": "\x1e"}'}
    connection.execute(text("UPDATE events SET details = :details WHERE incident_id = 1"), sign)


def open_words_gone(connection: Connection) -> None:
    connection.execute(delete(open_words).where(open_words.c.incident_id == 1))


def closed_past_the_words(connection: Connection) -> None:
    connection.execute(update(incidents).where(incidents.c.number == 2).values(state="closed"))


def counted_twice(connection: Connection) -> None:
    connection.execute(insert(state_counts).values(state="new", number=1))


def chunk_in_between_gone(connection: Connection) -> None:
    connection.execute(update(chunks).values(position=1))


def hung_on_itself(connection: Connection) -> None:
    pointing(connection, "parent_id", n2=2)


def hung_on_each_other(connection: Connection) -> None:
    pointing(connection, "parent_id", n1=2, n2=1)


def duplicates_of_each_other(connection: Connection) -> None:
    pointing(connection, "duplicate_of_id", n1=2, n2=1)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (hung_on_itself, "INC0000002 hangs on itself."),
        (hung_on_each_other, "INC0000001 hangs on INC0000002, which hangs on another one."),
        (duplicates_of_each_other, "INC0000002 is a duplicate that leads back to itself."),
        (version_moved, "INC0000002: it is at version 5 after 1 recorded changes."),
        (changed_past_the_log, 'INC0000002: team is "Networks", and was last recorded as "".'),
        (log_cut, "INC0000001: its logging is recorded 0 times."),
        (logged_twice, "INC0000001: its logging is recorded 2 times."),
        (changed_from_something_else, "INC0000002: priority was 0, and then changed from 2."),
        (said_to_be_hidden, "INC0000001: confidential is false, and was last recorded as true."),
        (
            description_changed_past_the_log,
            'building.", and was last recorded as "It is very slow".',
        ),
        (comment_not_logged, "INC0000001: comment 1 is not in the event log."),
        (comment_of_another, "INC0000002: comment 1 is not in the event log."),
        (comment_gone, "The event log has a comment 1 that is not there."),
        (comment_named_by_no_incident, "The event log has a comment 7 that is not there."),
        (chunk_gone, "INC0000001: of the 7 bytes of 'error.txt' 0 are there."),
        (chunk_in_between_gone, "INC0000001: of the 7 bytes of 'error.txt' 7 are there."),
        (size_wrong, "INC0000001: of the 9 bytes of 'error.txt' 7 are there."),
        (words_gone, "INC0000001 can't be found by its words."),
        pytest.param(
            secret_in_the_schools_words,
            "INC0000001 is found by who may not know of it.",
            # PostgreSQL keeps the words of both in one table, behind its own wall.
            marks=pytest.mark.on_sqlite,
        ),
        pytest.param(
            # PostgreSQL takes nothing that is no JSON.
            history_cut_short,
            "INC0000001: its history can't be read.",
            marks=pytest.mark.on_sqlite,
        ),
        pytest.param(
            history_of_another_program,
            "INC0000001: its history can't be read.",
            marks=pytest.mark.on_sqlite,
        ),
        (open_words_gone, "INC0000001 is open, and not compared with what is typed."),
        (closed_past_the_words, "INC0000002 is closed, and compared with what is typed."),
        (counted_twice, "Incidents that are New: 2 are counted, and 1 found."),
        (told_of_a_secret, "INC0000001 is confidential, and an e-mail waits."),
    ],
)
def test_what_does_not_agree_is_said_in_words(
    cli: CommandLine, database: Database, damage: Callable[[Connection], None], words: str
) -> None:
    with database.engine.begin() as connection:
        damage(connection)
    result = cli("db", "check")
    assert result.exit_code == 1
    assert words in result.stdout
    assert "WRONG" in result.stdout


def test_many_incidents_are_gone_through_a_few_at_a_time(
    cli: CommandLine, services: Services, people: People, database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for _ in range(5):
        services.report.log(people.head, new_form())
    with database.engine.begin() as connection:
        connection.execute(delete(events).where(events.c.incident_id.in_([3, 6])))
    monkeypatch.setattr(history_reading, "_AT_ONCE", 2)
    said = cli("db", "check").stdout
    assert "History, 6 events: WRONG" in said
    assert [line for line in said.splitlines() if "logging is recorded 0 times" in line] == [
        "  INC0000003: its logging is recorded 0 times.",
        "  INC0000006: its logging is recorded 0 times.",
    ]


def test_a_long_list_of_problems_is_cut_with_their_number(
    cli: CommandLine, services: Services, people: People, database: Database
) -> None:
    for _ in range(23):
        services.report.log(people.head, new_form())
    with database.engine.begin() as connection:
        words_gone(connection)
    assert "  … and 5 more.\n" in cli("db", "check").stdout


@pytest.mark.on_sqlite
def test_a_damaged_file_is_said_to_be_damaged(
    cli: CommandLine, database: Database, tmp_path: Path
) -> None:
    database.close()
    file = Path(str(database.engine.url.database))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_schema WHERE name = 'ix_incidents_opened'")
        connection.commit()
    result = cli("db", "check")
    assert result.exit_code == 1
    assert result.stdout.startswith("The file: WRONG\n")


def test_a_terminal_shows_how_far_it_is_and_nothing_else_does(cli: CommandLine) -> None:
    result = cli("db", "check")
    assert (result.stderr, "100%" in result.stdout) == ("", False)
    code, screen = cli.in_terminal(["-m", "eds_tui", "db", "check"])
    assert code == 0
    assert b"Looking through" in screen
    assert b"100%" in screen
    assert screen.replace(b"\r", b"").endswith(result.stdout.encode())


def test_who_gives_up_in_the_middle_leaves_nothing_behind(database: Database) -> None:
    def give_up(_done: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(database.check(give_up))
    assert [finding.problems for finding in database.check() if finding.problems] == []
