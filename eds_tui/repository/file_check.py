"""Has SQLite look through a file of its own, meanwhile something else is done."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine

from eds_tui.domain.progress import Progress

INTEGRITY = "integrity_check"
"""Looks at every page and row, and whether each index agrees with its table."""
QUICK = "quick_check"
"""Leaves the indexes out."""
FOREIGN_KEYS = "foreign_key_check"
"""Looks whether what rows belong to is there."""

_MAPPED = 2**40
"""Bytes of a file of one's own that are read where the system has them; it has fewer."""
_STEPS = 2_000_000
"""Steps of SQLite's own after which it says that it is still at it."""
_EVERY = 0.2
"""Seconds after which whoever waits is told how far it is."""
_OF_INDEX, _OF_COLUMN, _OF_KEY = 7.0, 1.4, 4.2
"""Steps that a row takes for each index, column and foreign key of its table, as measured."""
_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0"
_LAST = "SELECT max(rowid) FROM {}"
_OF_FULL_TEXT = ("_data", "_idx")
"""Tables whose row ids don't count their rows."""


def own_copy(file: Path) -> sqlite3.Connection:
    """Connect to a copy that nobody else has open, to write or to look through by any thread.

    What was asked to be written is on the disk only once the file is put there (``to_disk``), and
    what was begun and not ended is no copy: SQLite needs to see to neither.
    """
    connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
    for pragma in ("synchronous = OFF", f"mmap_size = {_MAPPED}"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


class FileCheck:
    """What SQLite finds in a file, looked for by a thread of its own.

    Args:
        driver: To the file, used by nobody else meanwhile, and from any thread.
        pragmas: What it is to look at.
        pool: Has the thread.
    """

    def __init__(
        self, driver: sqlite3.Connection, pragmas: Sequence[str], pool: ThreadPoolExecutor
    ) -> None:
        self._driver = driver
        self._pragmas = pragmas
        self._steps = 0
        self._expected = 0.0
        self._given_up = False
        self._found: Future[list[str]] = pool.submit(self._run)

    @property
    def done(self) -> float:
        """How much is done, from 0 to 1, as it is estimated."""
        if self._found.done():
            return 1.0
        return min(self._steps / self._expected, 0.99) if self._expected else 0.0

    def wait(self, progress: Progress) -> list[str]:
        """Return what it has found when it has ended, a sentence for each problem.

        Args:
            progress: Is told how far it is.

        Raises:
            sqlite3.Error: The file can't be read.
        """
        while not wait([self._found], _EVERY).done:
            progress(self.done)
        progress(1.0)
        return self._found.result()

    def give_up(self) -> None:
        """Let it end soon; ended already, it stays what it was."""
        self._given_up = True
        self._driver.interrupt()

    def _run(self) -> list[str]:
        self._driver.set_progress_handler(self._at_it, _STEPS)
        try:
            self._expected = _steps_of(self._driver)
            return [line for pragma in self._pragmas for line in self._lines(pragma)]
        finally:
            self._driver.set_progress_handler(None, 0)

    def _at_it(self) -> bool:
        self._steps += _STEPS
        return self._given_up

    def _lines(self, pragma: str) -> Iterator[str]:
        if self._given_up:
            return
        for row in self._driver.execute(f"PRAGMA {pragma}"):
            if pragma == FOREIGN_KEYS:
                yield f"A row of {row[0]} belongs to one of {row[2]} that is not there."
            elif row[0] != "ok":
                yield str(row[0])


def _steps_of(driver: sqlite3.Connection) -> float:
    expected = 0.0
    for (name,) in driver.execute(_TABLES).fetchall():
        if name.endswith(_OF_FULL_TEXT):
            continue
        quoted = '"' + name.replace('"', '""') + '"'
        try:
            (last,) = driver.execute(_LAST.format(quoted)).fetchone()
        except sqlite3.DatabaseError:
            continue  # It has no row ids, or is damaged, which is found later.
        index, column, key = (
            len(driver.execute(f"PRAGMA {each}({quoted})").fetchall())
            for each in ("index_list", "table_info", "foreign_key_list")
        )
        expected += (last or 0) * (_OF_INDEX * index + _OF_COLUMN * column + _OF_KEY * key)
    return expected


@contextmanager
def connected(engine: Engine) -> Iterator[sqlite3.Connection]:
    """Take a connection of SQLite's driver out of those of an engine."""
    with closing(engine.raw_connection()) as connection:
        driver = connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        yield driver


@contextmanager
def looking_through(driver: sqlite3.Connection, *pragmas: str) -> Iterator[FileCheck]:
    """Have a file looked through until it is done, or until nobody waits for it any more.

    Args:
        driver: To the file, used by nobody else meanwhile, and from any thread.
        pragmas: What is looked at.
    """
    with ThreadPoolExecutor(1) as pool:
        check = FileCheck(driver, pragmas, pool)
        try:
            yield check
        finally:
            check.give_up()
