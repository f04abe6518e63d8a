"""Turns errors of the database driver into sentences: out of reach, busy, read-only."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from eds_tui.domain.errors import BUSY, AccessRefused, DatabaseBusy, OnlyReadable, OutOfReach
from eds_tui.repository import postgres, sqlite
from eds_tui.repository.refusals import why_refused

_log = logging.getLogger(__name__)

LOST = "The connection to the database was lost before it answered."
"""Why the answer to a commit is not known."""
NOT_KNOWN = "It is not known whether this was done."
"""What is said where the answer to a commit was lost."""
OUT_OF_REACH = "The database can't be reached just now."

READ_ONLY = (
    "The database can only be read from here: this account may not write to it, or its disk is"
    " read-only. Nothing was changed."
)
"""What is said where something was to be changed in a database that can only be read."""
TAKES_NO_CHANGES = (
    "The database server takes no changes just now: it is a standby, or set to be read only."
    " Nothing was changed."
)
"""What is said where something was to be changed on a server that takes no changes."""


@contextmanager
def in_words() -> Iterator[None]:
    """Raise what the database can't do just now as an error with a sentence.

    Raises:
        OutOfReach: The database can't be reached, is busy, can only be read, or lets nobody in.
    """
    try:
        yield
    except OperationalError as error:
        raise _in_words(error) from error
    except DBAPIError as error:
        read_only = postgres.is_read_only(error)
        if error.connection_invalidated or read_only or type(error) is DatabaseError:
            raise _in_words(error) from error
        raise


@contextmanager
def away_from_standbys(connection: Connection) -> Iterator[None]:
    """Give a connection up whose server takes no changes: another of its hosts may do so."""
    try:
        yield
    except DBAPIError as error:
        if postgres.is_read_only(error):
            connection.invalidate()
        raise


def _in_words(error: DBAPIError) -> OutOfReach:
    reason = str(error.orig).strip()
    _log.info("the database: %s", reason)
    first = next(iter(reason.splitlines()), "no answer")
    if sqlite.is_read_only(error):
        return OnlyReadable(READ_ONLY)
    if postgres.is_read_only(error):
        return OnlyReadable(TAKES_NO_CHANGES)
    if sqlite.is_busy(error) or postgres.is_busy(error):
        return DatabaseBusy(BUSY)
    if refused := why_refused(error):
        return AccessRefused(refused)
    if postgres.is_out_of_reach(error):
        return OutOfReach(OUT_OF_REACH)
    return OutOfReach(f"The database can't be used just now ({first}).")
