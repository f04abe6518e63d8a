"""The schema: made by migrations, and never touched by an older program."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import insert, select, update

from eds_tui import bootstrap
from eds_tui.domain.errors import SchemaMismatch, Unavailable
from eds_tui.domain.pointer import dealt_with
from eds_tui.domain.views import Window
from eds_tui.repository import schema, sqlite
from eds_tui.repository.tables import (
    accounts,
    comments,
    notifications,
    schools,
)
from eds_tui.repository.unit_of_work import Database
from tests.factories import SetClock, new_form
from tests.furnished import Furnished
from tests.repository.earlier import of_revision
from tests.stores import Store

FROM_THE_FUTURE = "9999"

SCHOOL_TEXTS = [
    column.name for column in schools.c if column.name not in {"id", "closed", "findable"}
]
QUEUED_AT = datetime(2022, 6, 13, 11, 51, 28, tzinfo=UTC)
ACCOUNT_OF_THE_FIRST_REVISION = dict.fromkeys(
    ("login", "login_folded", "name", "role", "email", "password_hash"), "x"
) | {"generic": False, "wrong_in_a_row": 0, "disabled": False, "created_at": QUEUED_AT}
INCIDENT_OF_THE_FIRST_REVISION = """
INSERT INTO incidents (id, number, submission, school_id, category, impact, confidential,
    description, contact_name, contact_telephone, contact_email, channel, logged_by_id, logged_by,
    state, priority, opened_at, version)
VALUES (1, 1, 'a', 1, 'data', 4, FALSE, 'It is slow', '', '', '', 'kiosk', 1, '', 'new', 0,
    '2022-06-13 11:51:28.000000', 1)
"""
NOTIFICATION_OF_THE_FIRST_REVISION = """
INSERT INTO notifications (id, incident_id, kind, recipient, details, queued_at)
VALUES (1, 1, 'logged', 'head@example.org', '{}', '2022-06-13 11:51:28.000000')
"""

SAYING_MORE = f"{dealt_with(2)} That is all."
"""What a person wrote, who quotes such a comment: text from people stays as it is."""


def stamped(path: Path, revision: str, journal: str) -> bytes:
    """Make a database that another version left behind, and return its bytes."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA journal_mode = {journal}")
    connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    connection.execute("INSERT INTO alembic_version VALUES (?)", (revision,))
    connection.commit()
    connection.close()
    return path.read_bytes()


@pytest.fixture
def database_url(store: Store) -> Iterator[str]:
    """The URL of a database without a table."""
    url = store.empty()
    yield url
    store.drop(url)


def test_the_known_revisions_are_those_of_the_migrations() -> None:
    config = Config()
    migrations = Path(schema.__file__).with_name("migrations")
    config.set_main_option("script_location", str(migrations))
    scripts = ScriptDirectory.from_config(config)
    newest_first = [script.revision for script in scripts.walk_revisions()]
    assert list(schema.REVISIONS) == newest_first[::-1]


def test_an_empty_database_is_not_current_and_a_migrated_one_is(database_url: str) -> None:
    database = Database.at(database_url, make=True)
    assert not schema.is_current(database)
    schema.upgrade(database.engine)
    assert schema.is_current(database)
    database.close()


def test_a_database_of_the_first_revision_keeps_its_rows(database_url: str) -> None:
    first = Database.at(database_url, make=True)
    schema.upgrade(first.engine, "0001")
    with first.engine.begin() as connection:
        connection.execute(insert(schools).values(id=1, **dict.fromkeys(SCHOOL_TEXTS, "x")))
        connection.execute(insert(accounts).values(id=1, **ACCOUNT_OF_THE_FIRST_REVISION))
        connection.exec_driver_sql(INCIDENT_OF_THE_FIRST_REVISION)
        connection.exec_driver_sql(NOTIFICATION_OF_THE_FIRST_REVISION)
    first.close()
    opened = bootstrap.open_database(database_url)
    with opened.engine.connect() as connection:
        columns = notifications.c
        row = connection.execute(
            select(columns.recipient, columns.queued_at, columns.try_at, columns.attempts)
        ).one()
    opened.close()
    assert row == ("head@example.org", QUEUED_AT, QUEUED_AT, 0)


@pytest.mark.on_postgres
def test_numbers_go_on_from_the_counter_that_an_earlier_program_took_them_from(
    furnished: Furnished, store: Store
) -> None:
    current = Database.at(furnished.copy())
    services = bootstrap.open_services(current, SetClock())
    services.report.log(furnished.people.head, new_form())
    url = of_revision(store, "0025", current)
    current.close()
    earlier = Database.at(url)
    with earlier.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO sequences VALUES ('incident', 7)")
    earlier.close()
    opened = bootstrap.open_database(url)
    with opened.writing() as work:
        assert work.incidents.next_number() == 8
    assert [problem for finding in opened.check() for problem in finding.problems] == []
    opened.close()
    store.drop(url)


def test_a_number_that_an_earlier_program_wrote_into_a_comment_is_derived_from_then_on(
    furnished: Furnished, store: Store
) -> None:
    """Rule 24: a duplicate of the second revision, whose original is hidden by now."""
    now_url = furnished.copy()
    current = Database.at(now_url)
    people, clock = furnished.people, SetClock()
    services = bootstrap.open_services(current, clock)
    numbers = [services.report.log(people.head, new_form()).number for _ in range(3)]
    services.triage.close_as_duplicate(people.handler, numbers[0], None, numbers[1])
    services.conversation.comment(people.handler, numbers[2], SAYING_MORE, "more")
    services.triage.set_confidential(people.handler, numbers[1], None, True, "Asked for.")
    with current.engine.begin() as connection:
        connection.execute(
            update(comments).where(comments.c.body == dealt_with()).values(body=dealt_with(2))
        )
    url = of_revision(store, "0002", current)
    current.close()
    opened = bootstrap.open_database(url)
    services = bootstrap.open_services(opened, clock)
    (said,) = services.queue.open(people.head, 1).comments
    assert said.body == dealt_with()
    (said,) = services.queue.open(people.handler, 1).comments
    assert said.body == dealt_with(2)
    found = {
        actor.login: [
            row.number for row in services.search.find(actor, "INC0000002", Window()).rows
        ]
        for actor in (people.head, people.handler)
    }
    assert found == {"00000EDU": [3], "handler": [2, 3, 1]}
    assert [problem for finding in opened.check() for problem in finding.problems] == []
    opened.close()
    store.drop(url)
    store.drop(now_url)


def test_drafts_from_before_they_knew_of_schools_and_sessions_are_offered(
    database_url: str, tmp_path: Path
) -> None:
    """Also on disk, and from a program of before that still runs."""
    first = Database.at(database_url, make=True)
    schema.upgrade(first.engine, "0002")
    row = "INSERT INTO drafts (account_id, place, body, saved_at) VALUES (1, '{}', '{}', '{}')"
    text = '{"text": "Still down"}'
    with first.engine.begin() as connection:
        connection.execute(insert(schools).values(id=1, **dict.fromkeys(SCHOOL_TEXTS, "x")))
        person = ACCOUNT_OF_THE_FIRST_REVISION | {"role": "school", "school_id": 1}
        connection.execute(insert(accounts).values(id=1, **person))
        connection.exec_driver_sql(row.format("report:a", text, "2022-06-13 11:51:28.000000"))
    first.close()
    opened = bootstrap.open_database(database_url)
    services = bootstrap.open_services(opened, drafts=tmp_path)
    account = services.accounts.by_login("x")
    services.drafts.keep_here(account, "report:c", {"text": "Still down"})
    (file,) = tmp_path.rglob("*.json")
    stored = json.loads(file.read_bytes())
    file.write_text(
        json.dumps({name: stored[name] for name in ("place", "body", "saved_at", "since")})
    )
    with opened.engine.begin() as connection:
        connection.exec_driver_sql(row.format("report:b", text, "2022-06-13 11:51:28.000000"))
    drafts = services.drafts.under(account, "")
    opened.close()
    assert sorted(draft.place for draft in drafts) == ["report:a", "report:b", "report:c"]
    assert {draft.body["text"] for draft in drafts} == {"Still down"}


@pytest.mark.on_sqlite
def test_opening_a_database_again_changes_nothing(database_url: str) -> None:
    bootstrap.open_database(database_url, make=True).close()
    path = Path(database_url.removeprefix("sqlite:///"))
    before = path.read_bytes()
    bootstrap.open_database(database_url).close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("journal", ["WAL", "DELETE"])
def test_a_database_of_a_newer_program_is_refused_and_left_byte_for_byte(
    tmp_path: Path, journal: str
) -> None:
    path = tmp_path / "newer.db"
    before = stamped(path, FROM_THE_FUTURE, journal)
    with pytest.raises(SchemaMismatch) as refused:
        bootstrap.open_database(f"sqlite:///{path}")
    assert FROM_THE_FUTURE in refused.value.message
    assert path.read_bytes() == before


def test_the_question_whether_the_schema_is_current_imports_no_alembic(database_url: str) -> None:
    bootstrap.open_database(database_url, make=True).close()
    program = (
        "import sys; from eds_tui import bootstrap;"
        f"bootstrap.open_services(bootstrap.open_database({database_url!r}));"
        "print(sorted(name for name in sys.modules if name.split('.')[0] == 'alembic'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.on_sqlite
def test_an_upgrade_that_finds_the_database_busy_says_so(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 20)
    Database.at(database_url, make=True).close()
    path = database_url.removeprefix("sqlite:///")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable):
        bootstrap.open_database(database_url)
    other.close()
