"""SQLite as it is set up: what the pragmas promise, and who waits for whom."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from eds_tui.domain.errors import DatabaseBusy, Unavailable
from eds_tui.domain.views import Draft, ListQuery, View, Window
from eds_tui.repository import sqlite
from eds_tui.repository.unit_of_work import Database, UnitOfWork
from eds_tui.services.container import Services
from tests.factories import START, People, new_form
from tests.stores import file_of

pytestmark = pytest.mark.on_sqlite


def pragma(work: UnitOfWork, name: str) -> object:
    """Return the value of a pragma on the connection of a unit of work."""
    return work._connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_the_pragmas_are_on_for_reading_and_for_writing(database: Database) -> None:
    for unit in (database.reading(), database.writing()):
        with unit as work:
            assert pragma(work, "foreign_keys") == 1
            assert pragma(work, "journal_mode") == "wal"
            assert pragma(work, "synchronous") == 2
            assert pragma(work, "busy_timeout") == sqlite.BUSY_TIMEOUT_MS


def test_a_comment_on_an_incident_that_is_not_there_is_refused(
    database: Database, people: People
) -> None:
    with database.writing() as work, pytest.raises(IntegrityError, match="FOREIGN KEY"):
        work.comments.add(999_999, "key", people.handler, "", "words", START)


def test_an_open_writer_blocks_no_reader_and_is_not_read(
    database: Database, people: People
) -> None:
    with database.writing() as writer:
        writer.drafts.save(
            people.head.id, Draft(place="report", body={"description": "half"}, saved_at=START)
        )
        with database.reading() as reader:
            assert reader.drafts.load(people.head.id, "report") is None
            assert reader.accounts.by_login("handler") == people.handler
        writer.commit()
    with database.reading() as reader:
        assert reader.drafts.load(people.head.id, "report") == Draft(
            place="report", body={"description": "half"}, saved_at=START
        )


def test_an_open_reader_keeps_its_snapshot_and_does_not_take_the_writers_slot(
    database: Database, people: People
) -> None:
    with database.reading() as reader:
        assert reader.drafts.load(people.head.id, "report") is None
        with database.writing() as writer:
            writer.drafts.save(
                people.head.id, Draft(place="report", body={"description": "whole"}, saved_at=START)
            )
            writer.commit()
        assert reader.drafts.load(people.head.id, "report") is None


def test_a_writer_takes_its_slot_before_it_reads(
    database: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 20)
    other = Database.at(str(database.engine.url))
    with database.writing() as first:
        assert first.accounts.by_login("handler") == people.handler
        with pytest.raises(Unavailable, match="busy"), other.writing() as second:
            second.accounts.by_login("handler")
    other.close()


def test_an_uncommitted_unit_of_work_is_undone(database: Database, people: People) -> None:
    with database.writing() as work:
        work.drafts.save(
            people.head.id, Draft(place="report", body={"description": "lost"}, saved_at=START)
        )
    with database.reading() as work:
        assert work.drafts.load(people.head.id, "report") is None


def test_a_unit_of_work_that_fails_is_undone_and_the_next_one_works(
    database: Database, people: People
) -> None:
    def fail() -> None:
        with database.writing() as work:
            work.drafts.save(
                people.head.id, Draft(place="report", body={"description": "lost"}, saved_at=START)
            )
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.writing() as work:
        assert work.drafts.load(people.head.id, "report") is None
        work.drafts.save(
            people.head.id, Draft(place="report", body={"description": "kept"}, saved_at=START)
        )
        work.commit()
    with database.reading() as work:
        assert work.drafts.load(people.head.id, "report") == Draft(
            place="report", body={"description": "kept"}, saved_at=START
        )


def test_a_database_that_turns_out_damaged_is_reported_in_words(
    database: Database, people: People
) -> None:
    path = str(database.engine.url.database)
    database.close()
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE incidents")
    connection.commit()
    connection.close()
    with pytest.raises(Unavailable), database.reading() as work:
        work.incidents.page(people.head.scope, ListQuery(View.OPEN), Window(), START)


@pytest.mark.parametrize("statement", ["SELECT 1 FROM locked", "SELECT 1 FROM 'readonly database'"])
def test_what_went_wrong_is_told_by_its_code_and_not_by_its_words(
    database: Database, statement: str
) -> None:
    with pytest.raises(Unavailable, match="no such table"), database.reading() as work:
        work._connection.exec_driver_sql(statement)


def test_nothing_is_written_to_a_file_that_has_been_taken_away(
    database: Database, services: Services, people: People
) -> None:
    """A connection that is open would go on writing where nobody finds it."""
    services.report.log(people.head, new_form())
    folder = file_of(str(database.engine.url)).parent
    away = folder.rename(folder.with_name(f"{folder.name}-away"))
    with pytest.raises(Unavailable):
        services.report.log(people.head, new_form())
    with pytest.raises(Unavailable):
        services.queue.counts(people.handler)
    away.rename(folder)
    assert services.report.log(people.head, new_form()).number == 2


def test_a_file_put_in_the_place_of_another_is_the_one_that_is_read(
    database: Database, services: Services, people: People
) -> None:
    file = file_of(str(database.engine.url))
    services.report.log(people.head, new_form())
    database.close()
    earlier = file.with_name("earlier.db")
    earlier.write_bytes(file.read_bytes())
    services.report.log(people.head, new_form())
    for beside in file.parent.glob(f"{file.name}-*"):
        beside.unlink()
    earlier.replace(file)
    assert services.report.log(people.head, new_form()).number == 2


def test_who_is_patient_waits_longer_for_the_slot_than_somebody_at_a_screen(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 0)
    other = Database.at(database_url)
    patient = other.patient(timedelta(hours=1))
    with database.writing() as work, ThreadPoolExecutor(1) as pool:
        work.incidents.next_number()
        with pytest.raises(DatabaseBusy), other.writing() as refused:
            refused.incidents.next_number()
        begun = threading.Event()

        def number() -> int:
            begun.set()
            with patient.writing() as waiting:
                return waiting.incidents.next_number()

        waits = pool.submit(number)
        begun.wait()
        assert not waits.done()
        work.commit()
        assert waits.result() == 2
    other.close()
