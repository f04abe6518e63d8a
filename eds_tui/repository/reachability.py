"""Knows whether the database could be reached when anything was last asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from eds_tui.domain.errors import (
    AccessRefused,
    DatabaseBusy,
    EdsError,
    OnlyReadable,
    OutOfReach,
)
from eds_tui.repository.outages import OUT_OF_REACH, TAKES_NO_CHANGES


class Noted:
    """What a unit of work was done on."""

    why_no_changes = ""
    """Why the server takes none, in a sentence: it is a standby; empty where it does."""


class Reachability:
    """What came of the last unit of work, as far as it tells whether the database is there.

    Safe to use from several threads: of those at work the last one counts.
    """

    def __init__(self) -> None:
        self.why_not = ""
        """Why the database can't be reached, or takes no changes yet; empty while it does."""

    def lost(self, why: str) -> None:
        """Take note that the database did not answer."""
        self.why_not = why

    @contextmanager
    def noting(self) -> Iterator[Noted]:
        """Take note of what comes of the work inside, which notes what it was done on."""
        noted = Noted()
        try:
            yield noted
        except OnlyReadable as error:
            # A standby may have said so before it was looked at what it is.
            stands_by = error.message == TAKES_NO_CHANGES
            self.why_not = TAKES_NO_CHANGES if stands_by else noted.why_no_changes
            raise
        except DatabaseBusy:
            self.why_not = noted.why_no_changes
            raise
        except OutOfReach as error:
            self.why_not = error.message if isinstance(error, AccessRefused) else OUT_OF_REACH
            raise
        except EdsError:
            self.why_not = noted.why_no_changes
            raise
        else:
            self.why_not = noted.why_no_changes
