"""A SQLite file: private, never made in passing, and read where it can't be written."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from eds_tui import bootstrap
from eds_tui.domain.errors import OutOfReach, Unavailable
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.outages import READ_ONLY
from eds_tui.repository.unit_of_work import Database
from tests.factories import People, new_form
from tests.furnished import Furnished
from tests.stores import file_of

pytestmark = pytest.mark.on_sqlite

_NOBODY = 65534


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """Set the umask for a while."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o277])
def test_file_and_what_is_beside_it_are_its_owners_alone(tmp_path: Path, mask: int) -> None:
    tmp_path.chmod(0o777)
    folder = tmp_path / "one"
    with umask(mask):
        database = bootstrap.open_database(f"sqlite:///{folder / 'eds.db'}", make=True)
        with database.reading():
            modes = {each.name: each.stat().st_mode & 0o777 for each in folder.iterdir()}
        database.close()
    assert modes == dict.fromkeys(("eds.db", "eds.db-wal", "eds.db-shm"), 0o600)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_one_that_is_there_keeps_the_mode_that_it_has(database_url: str) -> None:
    file_of(database_url).chmod(0o640)
    bootstrap.open_database(database_url, make=True).close()
    assert file_of(database_url).stat().st_mode & 0o777 == 0o640


def test_none_is_made_in_passing_nor_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "away" / "eds.db"
    with pytest.raises(OutOfReach, match=f"There is no database at {file}.*eds-tui db upgrade"):
        bootstrap.open_database(f"sqlite:///{file}")
    assert not file.parent.exists()


def test_an_empty_file_is_told_and_not_filled_in_passing(tmp_path: Path) -> None:
    file = tmp_path / "eds.db"
    file.touch()
    with pytest.raises(OutOfReach, match=r"is empty.*eds-tui db upgrade"):
        bootstrap.open_database(f"sqlite:///{file}")
    assert file.stat().st_size == 0


def test_one_that_is_deleted_under_an_open_program_is_told_and_taken_up_again(
    database: Database, people: People
) -> None:
    file = file_of(str(database.engine.url))
    services = bootstrap.open_services(database)
    services.report.log(people.head, new_form())
    away = file.rename(file.with_name("away"))
    for attempt in range(2):
        with pytest.raises(OutOfReach, match=f"can't be reached: it is gone from {file}"):
            services.report.log(people.head, new_form(submission=str(attempt)))
        assert not file.exists()
    away.rename(file)
    assert services.report.log(people.head, new_form()).number == 2


def test_changes_of_a_database_that_is_away_are_not_put_into_a_new_one(tmp_path: Path) -> None:
    """SQLite would play them back into whatever file comes to that name."""
    file, changes = tmp_path / "eds.db", tmp_path / "eds.db-wal"
    changes.write_bytes(b"changes")
    with pytest.raises(Unavailable, match="beside it lie changes that belong to it"):
        bootstrap.open_database(f"sqlite:///{file}", make=True)
    assert (file.exists(), changes.read_bytes()) == (False, b"changes")


@pytest.fixture
def public(furnished: Furnished) -> Iterator[Path]:
    """A database with people and an incident in a folder that anybody may look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    file = folder / "eds.db"
    shutil.copyfile(file_of(furnished.url), file)
    with closing(bootstrap.open_database(f"sqlite:///{file}")) as database:
        bootstrap.open_services(database).report.log(furnished.people.head, new_form())
    file.chmod(0o644)
    yield file
    shutil.rmtree(folder)


@pytest.fixture
def back_ups() -> Iterator[Path]:
    """A folder that the test may give away."""
    folder = Path(tempfile.mkdtemp())
    yield folder
    shutil.rmtree(folder)


@contextmanager
def somebody_else() -> Iterator[None]:
    """Be a user without rights for a while."""
    if os.geteuid() != 0:
        pytest.skip("It takes root to be another user.")
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def of_another(file: Path) -> None:
    """Leave the database to its owner, who has it closed."""


def of_another_in_the_other_format(file: Path) -> None:
    """As a back-up is."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def locked_by_oneself(file: Path) -> None:
    """Take the right to write from oneself, in a folder of one's own."""
    os.chown(file, _NOBODY, -1)
    os.chown(file.parent, _NOBODY, -1)
    file.chmod(0o400)


@pytest.mark.parametrize("prepare", [of_another, of_another_in_the_other_format, locked_by_oneself])
def test_one_that_can_only_be_read_is_listed_shown_and_backed_up(
    public: Path, furnished: Furnished, prepare: Callable[[Path], None], back_ups: Path
) -> None:
    prepare(public)
    before = sorted(public.parent.iterdir())
    os.chown(back_ups, _NOBODY, -1)
    head = furnished.people.head
    with somebody_else():
        database = bootstrap.open_database(f"sqlite:///{public}")
        services = bootstrap.open_services(database)
        (row,) = services.queue.page(head, ListQuery(View.OPEN), Window()).rows
        assert services.queue.open(head, row.number).row.number == 1
        with pytest.raises(OutOfReach) as refused:
            services.report.log(head, new_form(submission="another"))
        database.back_up(back_ups / "eds.db")
        database.close()
    assert refused.value.message == READ_ONLY
    assert sorted(public.parent.iterdir()) == before
    with closing(bootstrap.open_database(f"sqlite:///{back_ups / 'eds.db'}")) as copy:
        assert bootstrap.open_services(copy).queue.open(head, 1).row.number == 1


def test_what_may_be_written_to_again_is(public: Path, furnished: Furnished) -> None:
    locked_by_oneself(public)
    with somebody_else():
        database = bootstrap.open_database(f"sqlite:///{public}")
        services = bootstrap.open_services(database)
        with pytest.raises(OutOfReach):
            services.report.log(furnished.people.head, new_form(submission="another"))
        public.chmod(0o600)
        assert (
            services.report.log(furnished.people.head, new_form(submission="another")).number == 2
        )
        database.close()


def test_what_its_owner_has_changed_since_is_read(public: Path, furnished: Furnished) -> None:
    """A reader who can't write takes the file for unchanging while that holds."""
    head = furnished.people.head
    with somebody_else():
        readers = bootstrap.open_database(f"sqlite:///{public}")
        reader = bootstrap.open_services(readers)
        assert reader.queue.page(head, ListQuery(View.OPEN), Window()).rows
    with closing(bootstrap.open_database(f"sqlite:///{public}")) as owners:
        bootstrap.open_services(owners).report.log(head, new_form(submission="another"))
        with somebody_else():
            assert len(reader.queue.page(head, ListQuery(View.OPEN), Window()).rows) == 2
    with somebody_else():
        assert len(reader.queue.page(head, ListQuery(View.OPEN), Window()).rows) == 2
        readers.close()
