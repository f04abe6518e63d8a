"""When an e-mail that could not be sent is tried again, and when it is given up (rule 28)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from eds_tui.domain.notification import Notice

GIVEN_UP_AFTER = timedelta(days=5)
"""How long an e-mail is tried; mail servers themselves do it for as long (RFC 5321, 4.5.4.1)."""

LEASE = timedelta(minutes=5)
"""For how long one that is being sent is left alone by others; sending takes less."""

_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=4)
_FIRST_SERVER_PAUSE = timedelta(seconds=15)
_LONGEST_SERVER_PAUSE = timedelta(minutes=5)
_ENOUGH_DOUBLINGS = 16

NOBODY_CAME = "Nothing sent it for five days; it is too old now."
"""Why an e-mail is given up that no worker came to in time."""


class Fault(Enum):
    """What was at fault when an e-mail could not be sent."""

    SERVER = auto()
    """The mail server or how it is set up here: no e-mail can be sent just now."""
    MESSAGE = auto()
    """This e-mail, for now: a mailbox that is full or greylisted."""
    RECIPIENT = auto()
    """This e-mail, for good: there is no such mailbox."""


class SendingFailed(Exception):
    """An e-mail could not be sent.

    Args:
        fault: What was at fault.
        reason: A sentence, with the server's own words where it said any.
    """

    def __init__(self, fault: Fault, reason: str) -> None:
        super().__init__(reason)
        self.fault = fault
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an e-mail that was due."""

    notice: Notice
    failed: SendingFailed | None = None
    try_at: datetime | None = None
    """When one that failed is tried again; ``None`` where it is given up."""
    withheld: bool = False
    """Whether it was not sent because it, or its words, had been taken back or hidden meanwhile."""


def next_try(failed: SendingFailed, notice: Notice, now: datetime) -> datetime | None:
    """Return when an e-mail is tried again, or ``None`` where it is given up."""
    if failed.fault is Fault.RECIPIENT:
        return None
    # A server that is back is not kept waiting: it is not this e-mail that it had refused.
    longest = _LONGEST_SERVER_PAUSE if failed.fault is Fault.SERVER else _LONGEST_PAUSE
    at = now + _growing(_FIRST_PAUSE, notice.attempts, longest)
    return at if at < notice.try_until else None


def server_pause(failures: int) -> timedelta:
    """Return for how long no e-mail is tried after the mail server failed so often in a row."""
    return _growing(_FIRST_SERVER_PAUSE, failures, _LONGEST_SERVER_PAUSE)


def _growing(first: timedelta, times: int, longest: timedelta) -> timedelta:
    return min(first * (1 << min(max(times - 1, 0), _ENOUGH_DOUBLINGS)), longest)
