"""PostgreSQL as it is spoken to: walls, waits and what a session costs the server."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url
from sqlalchemy.exc import InternalError

from eds_tui import bootstrap
from eds_tui.domain.errors import OutOfReach, Unavailable
from eds_tui.repository import postgres, unit_of_work
from eds_tui.repository.outages import OUT_OF_REACH, TAKES_NO_CHANGES
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, new_form
from tests.repository.connections import run
from tests.servers import Server
from tests.stores import Databases

pytestmark = pytest.mark.on_postgres


def test_what_a_school_read_is_no_limit_to_who_reads_next(
    database: Database, people: People
) -> None:
    with database.reading(people.head) as work:
        assert run(work, "SELECT current_user") == [(postgres.SCHOOL_ROLE,)]
    with database.reading() as work:
        assert run(work, "SELECT current_user") == [("eds_test",)]


def test_a_unit_of_work_that_reads_can_not_write(database: Database) -> None:
    with database.reading() as work, pytest.raises(InternalError, match="read-only"):
        work.incidents.next_number()


def test_a_user_without_the_right_to_make_the_role_is_told_how_it_is_made(
    store: Databases, server: Server
) -> None:
    url = store.empty()
    plain = make_url(url).set(username="eds_plain")
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        admin.execute("DROP ROLE IF EXISTS eds_plain")
        admin.execute("CREATE ROLE eds_plain LOGIN PASSWORD 'test'")
        name = sql.Identifier(str(plain.database))
        admin.execute(sql.SQL("ALTER DATABASE {} OWNER TO eds_plain").format(name))
        there = admin.execute("SELECT to_regrole('eds_tui_school') IS NOT NULL").fetchone()
    with pytest.raises(Unavailable) as refused:
        bootstrap.open_database(plain.render_as_string(hide_password=False))
    store.drop(url)
    make = "" if there == (True,) else "CREATE ROLE eds_tui_school NOLOGIN; "
    assert refused.value.message.endswith(f"with: {make}GRANT eds_tui_school TO eds_plain;")


def sessions(server: Server, database: Database) -> list[tuple[str, int]]:
    """Return the states of the connections to a database, and how many are in each."""
    with psycopg.connect(server.admin_url) as admin:
        return admin.execute(
            "SELECT state, count(*) FROM pg_stat_activity WHERE datname = %s GROUP BY state",
            [database.engine.url.database],
        ).fetchall()


def test_a_session_holds_one_connection_for_its_work_and_none_in_a_transaction(
    server: Server, database: Database, services: Services, people: People
) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: services.queue.counts(people.handler), range(20)))
    services.report.log(people.head, new_form())
    assert sessions(server, database) == [("idle", postgres.CONNECTIONS)]


def test_a_writer_that_waits_too_long_is_told_that_nothing_was_changed(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "LOCK_MS", 50)
    other = Database.at(database_url)
    with database.writing() as first:
        run(first, "SELECT pg_advisory_xact_lock(1)")
        with pytest.raises(Unavailable, match="busy"), other.writing() as second:
            run(second, "SELECT pg_advisory_xact_lock(1)")
    other.close()


def end_all(server: Server, database: Database) -> None:
    """End every connection to a database, as a restart of the server does."""
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            [database.engine.url.database],
        )


def test_a_connection_that_was_ended_between_is_made_anew(
    server: Server, database: Database, services: Services, people: People
) -> None:
    services.report.log(people.head, new_form())
    end_all(server, database)
    assert services.report.log(people.head, new_form()).number == 2


def test_a_connection_that_ends_within_a_unit_of_work_is_a_sentence_and_the_next_one_works(
    server: Server, database: Database, services: Services, people: People
) -> None:
    def cut_off() -> None:
        with database.writing() as work:
            work.incidents.next_number()
            end_all(server, database)
            work.incidents.next_number()

    with pytest.raises(Unavailable) as failed:
        cut_off()
    assert failed.value.message == "The database can't be reached just now."
    # What was undone leaves a gap.
    assert services.report.log(people.head, new_form()).number == 2


def test_a_server_that_is_not_there_is_a_sentence_without_names() -> None:
    database = Database.at("postgresql://eds:secret@127.0.0.1:1/eds")
    with pytest.raises(Unavailable) as failed, database.reading() as work:
        work.facts.schema_revision()
    assert failed.value.message == "The database can't be reached just now."


def test_who_waits_for_a_connection_that_can_not_be_made_is_told_as_soon(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(unit_of_work, "POOL_SECONDS", 3600)
    database = Database.at("postgresql://eds:secret@127.0.0.1:1/eds")

    def ask() -> str:
        with pytest.raises(Unavailable) as failed, database.reading() as work:
            work.facts.schema_revision()
        return failed.value.message

    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(ask) for _ in range(8)]
        assert {answer.result(timeout=20) for answer in answers} == {OUT_OF_REACH}


def test_who_waits_too_long_for_a_connection_is_told(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unit_of_work, "POOL_SECONDS", 0.01)
    with database.reading(), pytest.raises(Unavailable) as failed, database.reading():
        pass
    assert failed.value.message == OUT_OF_REACH


def test_of_resends_at_once_one_is_logged_and_all_are_answered_with_it(
    database_url: str, services: Services, people: People
) -> None:
    form = new_form()
    databases = [Database.at(database_url) for _ in range(6)]

    def send(database: Database) -> int:
        return bootstrap.open_services(database).report.log(people.head, form).number

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(send, databases)) == [1] * 6
    for database in databases:
        database.close()
    assert services.report.log(people.head, new_form()).number == 2


def test_comments_of_many_at_once_are_all_kept_and_each_resend_once(
    database_url: str, services: Services, people: People
) -> None:
    services.report.log(people.head, new_form())
    databases = [Database.at(database_url) for _ in range(6)]

    def say(index: int) -> None:
        words = f"Words {index % 3}"
        services = bootstrap.open_services(databases[index])
        services.conversation.comment(people.handler, 1, words, words)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(say, range(6)))
    for database in databases:
        database.close()
    said = [comment.body for comment in services.queue.open(people.handler, 1).comments]
    assert sorted(said) == ["Words 0", "Words 1", "Words 2"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("25006", "cannot execute INSERT in a read-only transaction"),
        ("0A000", "cannot set transaction read-write mode during recovery"),
    ],
)
def test_a_server_that_takes_no_changes_says_so_in_words(
    database: Database, code: str, words: str
) -> None:
    """As a standby does."""
    with pytest.raises(OutOfReach) as refused, database.writing() as work:
        run(work, f"DO $$ BEGIN RAISE '{words}' USING ERRCODE = '{code}'; END $$")
    assert refused.value.message == TAKES_NO_CHANGES
