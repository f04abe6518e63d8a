"""Cancels the statement that a connection is running, on the server too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from eds_tui.domain.errors import Superseded
from eds_tui.domain.superseding import Cancellation
from eds_tui.repository.engine import is_postgres


@contextmanager
def cancelled_by(connection: Connection, cancellation: Cancellation | None) -> Iterator[None]:
    """Let what a connection reads meanwhile be cancelled.

    Raises:
        Superseded: It was.
    """
    if cancellation is None:
        yield
        return
    driver: Any = connection.connection.driver_connection
    stop = driver.cancel if is_postgres(connection) else driver.interrupt
    try:
        with cancellation.stopping_by(stop):
            yield
    except DBAPIError as error:
        if cancellation.is_cancelled:
            raise Superseded("Something newer has been asked for.") from error
        raise
