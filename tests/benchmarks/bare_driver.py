"""The driver of a database without anything of ours, on the connection that we use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from eds_tui.repository.unit_of_work import Database


@contextmanager
def driver_of(database: Database) -> Iterator[Any]:
    """Give a cursor of the driver, for reading.

    It ends with a commit: at a rollback PostgreSQL's driver forgets what was prepared, and whatever
    of ours is timed next would begin from nothing.
    """
    with database.engine.connect() as connection:
        line = connection.connection
        with closing(line.cursor()) as cursor:
            yield cursor
        line.commit()
