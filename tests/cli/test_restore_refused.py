"""``eds-tui db restore`` refuses in words, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from eds_tui import bootstrap
from eds_tui.repository.backup import back_up
from eds_tui.repository.unit_of_work import Database
from tests.cases import at_case
from tests.cli.mailing import Mailing, mailing
from tests.cli.restoring import (
    client_programs_first,
    file,
    flip_a_page,
    nobody_else,
    numbers,
    refused,
)
from tests.cli.running import PATIENCE, CommandLine
from tests.stores import Store, file_of

__all__ = ["client_programs_first", "file", "mailing"]

pytestmark = pytest.mark.long_on_postgres


def test_nothing_is_restored_while_somebody_works(
    mailing: Mailing, dialect: str, file: Path
) -> None:
    with mailing.worker() as process:
        assert process.stdout is not None
        assert "Sent: " in process.stdout.readline()
        said = refused(mailing.cli, file)
        assert "is in use by " in said
        assert "a worker (process " in said if dialect == "sqlite" else "eds-tui worker as " in said
        assert "Nothing was changed." in said
        process.kill()
        process.wait()
    nobody_else(mailing.cli)
    mailing.cli.done("db", "restore", str(file))


def test_a_program_that_can_not_be_seen_is_in_the_way_as_well(
    cli: CommandLine, database: Database, dialect: str, file: Path
) -> None:
    with database.reading() as work:
        work.facts.schema_revision()
        assert "is in use by " in refused(cli, file)
    database.close()
    cli.done("db", "restore", str(file))


def cut(file: Path) -> None:
    """Cut a file in the middle."""
    os.truncate(file, file.stat().st_size // 2)


def to_folder(file: Path) -> None:
    """Put a folder in the place of a file."""
    file.unlink()
    file.mkdir()


BAD: dict[str, tuple[Callable[[Path], object], tuple[str, ...]]] = {
    "missing": (Path.unlink, ("There is no file ",)),
    "folder": (to_folder, ("is a folder, not a back-up",)),
    "empty": (lambda file: os.truncate(file, 0), ("is empty",)),
    "text": (lambda file: file.write_text("INC0000001\n" * 900), ("is no back-up",)),
    "cut": (cut, ("is damaged", "can't be read")),
    "flipped": (flip_a_page, ("is damaged", "can't be read", "PostgreSQL gave up")),
    "cut in its head": (lambda file: os.truncate(file, 40), ("is damaged", "can't be read")),
}
"""What is made of a back-up, and what may be said of it."""


def test_what_is_no_whole_back_up_is_refused_in_words(cli: CommandLine, file: Path) -> None:
    whole = file.read_bytes()
    for name, (spoil, words) in BAD.items():
        with at_case(name):
            bad = file.with_name(f"{name}.backup")
            bad.write_bytes(whole)
            spoil(bad)
            said = refused(cli, bad)
            assert any(each in said for each in words), said
            assert "Nothing was changed." in said
    cli.done("db", "restore", str(file))


@pytest.mark.on_sqlite
def test_a_database_with_changes_beside_it_is_no_back_up(cli: CommandLine, file: Path) -> None:
    for ending in ("-wal", "-journal"):
        beside = file.with_name(file.name + ending)
        beside.write_bytes(b"changes")
        assert f"a database with changes beside it, in {beside.name}." in refused(cli, file)
        beside.write_bytes(b"")
    cli.done("db", "restore", str(file))


def test_a_back_up_of_the_other_kind_of_database_is_refused(
    cli: CommandLine, dialect: str, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.backup"
    if dialect == "sqlite":
        other.write_bytes(b"PGDMP\x01\x10\x00" + b"\0" * 900)
        words = "is a back-up of PostgreSQL, and the database is of SQLite."
    else:
        bootstrap.open_database(f"sqlite:///{other}", make=True).close()
        words = "is a back-up of SQLite, and the database is of PostgreSQL."
    assert words in refused(cli, other)


def test_a_back_up_of_another_program_or_of_a_newer_one_is_refused(
    cli: CommandLine, database: Database, file: Path, store: Store, tmp_path: Path
) -> None:
    url = store.empty()
    other = Database.at(url, make=True)
    with other.engine.begin() as connection:
        connection.execute(text("CREATE TABLE cats (name TEXT)"))
    back_up(other.engine, tmp_path / "cats.backup")
    other.close()
    store.drop(url)
    assert "is of another program than this" in refused(cli, tmp_path / "cats.backup")
    url = store.copy(cli.database_url)
    newer = Database.at(url)
    with newer.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    back_up(newer.engine, tmp_path / "newer.backup")
    newer.close()
    store.drop(url)
    said = refused(cli, tmp_path / "newer.backup")
    assert "is of schema version 9999. This program, " in said
    assert "Restore it with the program that made it, or with a newer one." in said


@pytest.mark.on_sqlite
def test_a_disk_without_room_is_said_and_nothing_is_left(cli: CommandLine, file: Path) -> None:
    limit = (
        "import resource, sys; from eds_tui.cli import main;"
        " resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000));"
        f" sys.argv[1:] = ['db', 'restore', {str(file)!r}]; main()"
    )
    folder = file_of(cli.database_url).parent
    before = numbers(cli), sorted(each.name for each in folder.iterdir())
    done = subprocess.run(
        [sys.executable, "-c", limit], env=cli.environment, capture_output=True, text=True,
        check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 1
    assert "File too large. Nothing was changed." in done.stderr
    assert (numbers(cli), sorted(each.name for each in folder.iterdir())) == before


@pytest.mark.on_sqlite
@pytest.mark.skipif(os.geteuid() != 0, reason="acts as another user")
def test_a_database_that_may_not_be_written_is_left(cli: CommandLine, file: Path) -> None:
    before = numbers(cli)
    target = file_of(cli.database_url)
    code = (
        "import os, sys, eds_tui.bootstrap, eds_tui.repository.restore, eds_tui.cli.db;"
        " from eds_tui.cli import main;"
        f" sys.argv[1:] = ['db', 'restore', {str(file)!r}]; os.setegid(65534);"
        " os.seteuid(65534); main()"
    )
    target.chmod(0o644)
    file.chmod(0o644)
    with opened_to_all(target.parent), opened_to_all(file.parent):
        done = subprocess.run(
            [sys.executable, "-c", code], env=cli.environment, capture_output=True, text=True,
            check=False, timeout=PATIENCE,
        )  # fmt: skip
    assert done.returncode == 1
    assert "can't be written: you have no permission. Nothing was changed." in done.stderr
    assert numbers(cli) == before


@contextmanager
def opened_to_all(folder: Path) -> Iterator[None]:
    """Let everybody come into a folder, and those above it that are not everybody's."""
    closed = [each for each in (folder, *folder.parents) if not each.stat().st_mode & 0o001]
    before = [each.stat().st_mode for each in closed]
    for each in closed:
        each.chmod(0o755)
    try:
        yield
    finally:
        for each, mode in zip(closed, before, strict=True):
            each.chmod(mode)
