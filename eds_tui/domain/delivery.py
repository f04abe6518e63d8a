"""Classifies a mail server's answers, and schedules retries of an e-mail (rule 28)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto

from eds_tui.domain.notification import Notice

GIVEN_UP_AFTER = timedelta(days=5)
"""How long an e-mail is tried; mail servers themselves do it for as long (RFC 5321, 4.5.4.1)."""

LEAST_TRIES = 6
"""Tries before which none is given up for its age: a clock that lies makes old at once."""

LEASE = timedelta(minutes=5)
"""For how long one that is being sent is left alone by others; sending takes less."""

LONGEST_PAUSE = timedelta(hours=4)
"""Between two tries of one e-mail, at most."""

_FIRST_PAUSE = timedelta(minutes=1)
_FIRST_SERVER_PAUSE = timedelta(seconds=15)
_LONGEST_SERVER_PAUSE = timedelta(minutes=5)
_ENOUGH_DOUBLINGS = 16


class FailureCause(StrEnum):
    """What kept an e-mail from being sent."""

    SERVER = "server"
    """The mail server or how it is set up here: no e-mail can be sent, and none is given up."""
    MESSAGE = "message"
    """This e-mail, for now: a mailbox that is full, greylisting, a size or words not taken."""
    RECIPIENT = "recipient"
    """This e-mail, for good: there is no such mailbox."""


class Stage(Enum):
    """What the mail server was asked when it refused."""

    CONNECTION = auto()
    """Its greeting, the answer to ours, and the change to an encrypted line."""
    LOGIN = auto()
    SENDER = auto()
    """MAIL FROM."""
    RECIPIENT = auto()
    """RCPT TO."""
    MESSAGE = auto()
    """DATA, and the end of the e-mail itself."""


_ENHANCED = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})(?!\S)", re.ASCII)
"""An enhanced status code at the start of the words (RFC 2034, 4)."""
_OF_THE_SENDER = frozenset({7, 8})
"""Details of the subject 1 (addresses) that are about the sender's own (RFC 3463, 3.2)."""
_MAILBOX_DISABLED = 1
_TOO_BIG = 4
_RELAY = re.compile(r"\brelay(?!\s+recipient)", re.IGNORECASE)
"""How a server that passes nothing on says so, often with a code that means the mailbox."""

_REFUSALS = range(400, 600)
_PERMANENT = 500
_FOR_NOW = 4
_ABOUT_THE_SERVER = frozenset({421, 530, 534, 535, 538})
"""It goes away, or wants a login, whatever it was asked (RFC 5321, 3.8; RFC 4954, 6)."""
_NO_SUCH_MAILBOX = 550
_TOO_MUCH = 552
_OF_THE_MAILBOX = frozenset({550, 551, 552, 553})
_OF_THE_MESSAGE = _OF_THE_MAILBOX | {554}
_OF_THE_SYSTEM = frozenset({3, 4, 5, 7})
"""Subjects of RFC 3463: system, network, protocol, security and policy."""


def cause_of(stage: Stage, code: int, words: str) -> FailureCause:
    """Return what kept an e-mail from being sent, of a mail server's refusal.

    Only a mailbox that is not there (5.1.x, 5.2.1, a bare 550 to the recipient) ends an e-mail.
    What is about the server, its rules or how it is set up keeps all of them waiting.

    Args:
        stage: What it was asked.
        code: Its three digits; anything else for an answer that has none.
        words: What it said behind them, beginning with the enhanced code where there is one.
    """
    kind, subject, detail = _subject(words)
    if stage is Stage.SENDER and (code == _TOO_MUCH or (subject, detail) == (3, _TOO_BIG)):
        # The size is told with the sender: the one thing of that stage that is about this e-mail.
        return FailureCause.MESSAGE
    if stage not in {Stage.RECIPIENT, Stage.MESSAGE}:
        return FailureCause.SERVER
    if code not in _REFUSALS or code in _ABOUT_THE_SERVER:
        return FailureCause.SERVER
    if code < _PERMANENT or kind == _FOR_NOW:
        return FailureCause.SERVER if _RELAY.search(words) else FailureCause.MESSAGE
    return _permanent(subject, detail) if kind else _bare(stage, code, words)


def _subject(words: str) -> tuple[int, int, int]:
    """Return the three numbers of an enhanced code, or zeros."""
    found = _ENHANCED.match(words)
    kind, subject, detail = map(int, found.groups()) if found else (0, 0, 0)
    return kind, subject, detail


def _permanent(subject: int, detail: int) -> FailureCause:
    if subject == 1:
        return FailureCause.SERVER if detail in _OF_THE_SENDER else FailureCause.RECIPIENT
    if subject == 2:
        return FailureCause.RECIPIENT if detail == _MAILBOX_DISABLED else FailureCause.MESSAGE
    if subject in _OF_THE_SYSTEM and (subject, detail) != (3, _TOO_BIG):
        return FailureCause.SERVER
    return FailureCause.MESSAGE


def _bare(stage: Stage, code: int, words: str) -> FailureCause:
    """Return what a permanent refusal without an enhanced code comes to (RFC 5321, 4.2.3)."""
    if _RELAY.search(words):
        return FailureCause.SERVER
    if stage is Stage.MESSAGE:
        return FailureCause.MESSAGE if code in _OF_THE_MESSAGE else FailureCause.SERVER
    if code == _NO_SUCH_MAILBOX:
        return FailureCause.RECIPIENT
    return FailureCause.MESSAGE if code in _OF_THE_MAILBOX else FailureCause.SERVER


class SendingFailed(Exception):
    """An e-mail could not be sent.

    Args:
        cause: What kept it from being sent.
        reason: A sentence, with the server's own words where it said any.
    """

    def __init__(self, cause: FailureCause, reason: str) -> None:
        super().__init__(reason)
        self.cause = cause
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


def next_try(
    failed: SendingFailed, notice: Notice, now: datetime, *, may_give_up: bool = True
) -> datetime | None:
    """Return when an e-mail is tried again, or ``None`` where it is given up.

    Args:
        failed: How it failed.
        notice: As it was taken for this try.
        now: The moment.
        may_give_up: Whether the clock can be believed when it makes an e-mail old.
    """
    if failed.cause is FailureCause.RECIPIENT:
        return None
    # A server that is back is not kept waiting: it is not this e-mail that it had refused.
    is_server = failed.cause is FailureCause.SERVER
    at = now + _growing(
        _FIRST_PAUSE, notice.attempts, _LONGEST_SERVER_PAUSE if is_server else LONGEST_PAUSE
    )
    is_old = at >= notice.try_until and notice.attempts >= LEAST_TRIES
    return None if is_old and may_give_up and not is_server else at


def server_pause(failures: int) -> timedelta:
    """Return for how long no e-mail is tried after the mail server failed so often in a row."""
    return _growing(_FIRST_SERVER_PAUSE, failures, _LONGEST_SERVER_PAUSE)


def _growing(first: timedelta, times: int, longest: timedelta) -> timedelta:
    return min(first * (1 << min(max(times - 1, 0), _ENOUGH_DOUBLINGS)), longest)
