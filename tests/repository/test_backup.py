"""A SQLite file is copied while others write: the copy is whole, and of one moment."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine

from eds_tui.domain.errors import Unavailable
from eds_tui.repository.backup import back_up
from eds_tui.repository.engine import open_engine

_TABLES = """
PRAGMA journal_mode = WAL;
CREATE TABLE pages (id INTEGER PRIMARY KEY, writer INTEGER, change INTEGER, text BLOB);
CREATE INDEX pages_by_change ON pages (writer, change);
CREATE TABLE changes (writer INTEGER PRIMARY KEY, number INTEGER);
WITH RECURSIVE ids (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM ids LIMIT 3000)
INSERT INTO pages SELECT id, id % 2, 0, zeroblob(2000) FROM ids;
INSERT INTO changes VALUES (0, 0), (1, 0);
"""
_BACK_UPS = 8
_WRITER = """
import random, sqlite3, sys
file, writer = sys.argv[1], int(sys.argv[2])
driver = sqlite3.connect(file, isolation_level=None, timeout=60)
driver.execute("PRAGMA synchronous = OFF")
driver.execute(f"PRAGMA wal_autocheckpoint = {random.choice((5, 50, 1000))}")
chance = random.Random(writer)
print("begun", flush=True)
for change in range(1, 1_000_000):
    driver.execute("BEGIN IMMEDIATE")
    driver.execute("UPDATE changes SET number = ? WHERE writer = ?", (change, writer))
    for _ in range(chance.randrange(1, 20)):
        driver.execute(
            "UPDATE pages SET change = ?, text = randomblob(?) WHERE id = ?",
            (change, chance.randrange(1, 6000), chance.randrange(1, 1500) * 2 + writer),
        )
    driver.execute(
        "INSERT INTO pages (writer, change, text) VALUES (?, ?, randomblob(300))", (writer, change)
    )
    driver.execute("COMMIT")
    if change % 20 == 0:
        driver.execute(f"PRAGMA wal_checkpoint({chance.choice(('RESTART', 'TRUNCATE', 'FULL'))})")
"""
_NEWEST = """
SELECT writer, number, (SELECT max(change) FROM pages WHERE pages.writer = changes.writer),
(SELECT count(*) FROM pages WHERE pages.writer = changes.writer AND id > 3000) FROM changes
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with pages enough for a copy to take its time."""
    file = tmp_path / "eds.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(_TABLES)
    return file


@pytest.fixture
def engine(file: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@contextmanager
def _writers(file: Path) -> Iterator[None]:
    """Have two programs write as fast as they can, and move what they wrote to the file."""
    with ExitStack() as stack:
        for writer in (0, 1):
            command = [sys.executable, "-c", _WRITER, str(file), str(writer)]
            process = stack.enter_context(subprocess.Popen(command, stdout=subprocess.PIPE))
            stack.callback(process.kill)
            assert process.stdout is not None
            assert process.stdout.readline() == b"begun\n"
        yield


def _newest(file: Path) -> list[tuple[int, int, int, int]]:
    """Return of each writer its last change by three accounts, once SQLite finds the file whole."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return connection.execute(_NEWEST).fetchall()


def test_a_copy_is_of_one_moment_while_two_programs_write_and_move_their_log(
    engine: Engine, file: Path, tmp_path: Path
) -> None:
    before = [(0, 0), (1, 0)]
    with _writers(file):
        for number in range(_BACK_UPS):
            copy = tmp_path / f"{number}.backup"
            back_up(engine, copy)
            found = _newest(copy)
            # Every account of a writer's changes is of the same one.
            assert [(each[1], each[1]) for each in found] == [each[2:] for each in found]
            after = [each[:2] for each in found]
            assert all(new[1] >= old[1] for old, new in zip(before, after, strict=True))
            before = after
            assert [each.name for each in tmp_path.glob(f"{number}*")] == [copy.name]
    assert any(number > 0 for _, number in before)


def test_a_disk_that_is_full_is_said_and_nothing_is_left(engine: Engine, tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(Unavailable, match=r"can't be copied: File too large\.$"):
            back_up(engine, tmp_path / "eds.backup")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list(tmp_path.glob("*backup*"))


def test_a_copy_whose_process_is_ended_is_none(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "false")
    with pytest.raises(Unavailable, match="what copies it was ended"):
        back_up(engine, tmp_path / "eds.backup")
    assert not list(tmp_path.glob("*backup*"))


def test_whoever_works_keeps_the_locks_of_the_file(
    engine: Engine, file: Path, tmp_path: Path
) -> None:
    """As long as somebody has it open, no other takes the log away who closes it."""
    with closing(sqlite3.connect(file)) as mine:
        mine.execute("INSERT INTO changes VALUES (2, 1)")
        mine.commit()
        back_up(engine, tmp_path / "eds.backup")
        closes = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('PRAGMA user_version')"
        subprocess.run([sys.executable, "-c", closes, str(file)], check=True)
        assert file.with_name("eds.db-wal").exists()
