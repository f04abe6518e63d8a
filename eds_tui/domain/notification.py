"""The e-mails to schools and the service desk: kinds, fields, sample values (rules 27, 28)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eds_tui.domain.clock import in_words
from eds_tui.domain.file_names import in_a_row
from eds_tui.domain.incident import LONGEST_COMMENT, format_number
from eds_tui.domain.lifecycle import State
from eds_tui.domain.when import state_until


class NotificationKind(StrEnum):
    """What a notification is about."""

    LOGGED = "logged"
    COMMENT = "comment"
    STATE = "state"
    RESOLVED = "resolved"
    CLOSED = "closed"
    TAKEN_BACK = "taken_back"

    @property
    def label(self) -> str:
        """The name that people read."""
        return _LABELS[self]


_LABELS = {
    NotificationKind.LOGGED: "incident logged",
    NotificationKind.COMMENT: "comment",
    NotificationKind.STATE: "state changed",
    NotificationKind.RESOLVED: "resolved",
    NotificationKind.CLOSED: "closed",
    NotificationKind.TAKEN_BACK: "taken back",
}

# No mail domain of anybody's ends in it (RFC 2606), so that no identifier is another program's.
_IDS_END_IN = "@eds-tui.invalid>"


def new_message_id() -> str:
    """Return a Message-ID that no other e-mail has, after a restored back-up either."""
    return f"<{uuid.uuid4().hex}{_IDS_END_IN}"


def thread_id(submission: str) -> str:
    """Return what every e-mail about one incident refers to, so that a mailbox keeps them together.

    Args:
        submission: The key of the form that the incident was logged with; no two share one.
    """
    return f"<{uuid.uuid5(uuid.NAMESPACE_OID, submission).hex}{_IDS_END_IN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notification with the one comment or change that it is about, and nothing else."""

    id: int
    kind: NotificationKind
    recipient: str
    message_id: str
    attempts: int
    """How often it has been tried, this time included."""
    try_until: datetime
    """When it is given up."""
    taken_until: datetime
    """Until when nobody else tries it."""
    incident_id: int
    number: int
    school: str
    thread_id: str
    at: datetime
    """When it happened."""
    reason: str = ""
    """Why it could not be sent the last time."""
    state: State | None = None
    until: datetime | None = None
    """When that state ends, where it is a deferral (rule 16)."""
    comment: str = ""
    author: str = ""
    from_school: bool = False
    """Whether a school wrote the comment, and the service desk is told."""
    files: tuple[str, ...] = ()
    """The names of what came with the comment (rule 50)."""

    @property
    def title(self) -> str:
        """What it is about, to whom: ``INC0123456 comment to head@school.example``."""
        return f"{format_number(self.number)} {self.kind.label} to {self.recipient}"


@dataclass(frozen=True, slots=True)
class DecisionMail:
    """How the e-mail to a school about a decision stands."""

    id: int
    sent_at: datetime | None
    taken_until: datetime | None
    """Until when somebody is sending it."""

    def is_told(self, now: datetime) -> bool:
        """Return whether it counts as sent: one that is being sent just now does (rule 28)."""
        return self.sent_at is not None or (self.taken_until is not None and self.taken_until > now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """How the service centre is reached, as e-mails say it."""

    telephone: str
    email: str


Values = dict[str, str | bool]
"""What the text of an e-mail can name, by name."""

_EVERY_TEXT = ("number", "school", "time", "telephone", "email")
OFFERED: dict[NotificationKind, tuple[str, ...]] = {
    NotificationKind.LOGGED: _EVERY_TEXT,
    NotificationKind.COMMENT: (*_EVERY_TEXT, "comment", "author", "from_school", "files"),
    NotificationKind.STATE: (*_EVERY_TEXT, "state", "explanation", "comment"),
    NotificationKind.RESOLVED: (*_EVERY_TEXT, "comment"),
    NotificationKind.CLOSED: (*_EVERY_TEXT, "comment"),
    NotificationKind.TAKEN_BACK: (*_EVERY_TEXT, "state", "explanation"),
}
"""The names that the text of each kind may use; nothing else ever reaches an e-mail (rule 27)."""


def values(notice: Notice, centre: Centre) -> Values:
    """Return what the text of a notification may name, and no more."""
    known: Values = {
        "number": format_number(notice.number),
        "school": notice.school,
        "time": in_words(notice.at),
        "telephone": centre.telephone,
        "email": centre.email,
        "comment": notice.comment,
        "author": notice.author,
        "from_school": notice.from_school,
        "files": in_a_row(notice.files),
        "state": state_until(notice.state, notice.until) if notice.state else "",
        "explanation": notice.state.explanation if notice.state else "",
    }
    return {name: known[name] for name in OFFERED[notice.kind]}


def sample(kind: NotificationKind, at: datetime) -> Notice:
    """Return a made-up notification, to show what a text comes to."""
    states = {
        NotificationKind.STATE: State.ON_HOLD_CUSTOMER,
        NotificationKind.TAKEN_BACK: State.IN_PROGRESS,
    }
    return Notice(
        id=0,
        kind=kind,
        recipient="head@test-school.example",
        message_id=f"<sample{_IDS_END_IN}",
        attempts=1,
        try_until=at,
        taken_until=at,
        incident_id=0,
        number=123456,
        school="Test School, Test Town",
        thread_id=thread_id("sample"),
        at=at,
        state=states.get(kind),
        comment=_SAMPLE_COMMENTS.get(kind, ""),
        author="A. Handler" if kind is NotificationKind.COMMENT else "",
        files=("plan.pdf",) if kind is NotificationKind.COMMENT else (),
    )


_SAMPLE_COMMENTS = {
    NotificationKind.COMMENT: "An engineer comes on Friday morning.",
    NotificationKind.STATE: "Which printer is it, please?",
    NotificationKind.RESOLVED: "The cable was put back. Thank you for your patience.",
    NotificationKind.CLOSED: "This fault is being dealt with, so this incident is closed.",
}
LONGEST_SAMPLE = "Wi-Fi €\n" * (LONGEST_COMMENT // 8)
"""A comment as long as one can be, for the check that a text stays short with any."""


@dataclass(frozen=True, slots=True)
class MessageText:
    """The text of e-mails of one kind: a template for the subject and one for the body."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedMail:
    """A notification that has not been sent, as those who look after the e-mails see it."""

    id: int
    number: int
    kind: NotificationKind
    recipient: str
    queued_at: datetime
    attempts: int
    try_at: datetime | None
    given_up_at: datetime | None
    reason: str

    @property
    def state(self) -> str:
        """How it stands, in one or two words."""
        if self.given_up_at is not None:
            return "given up"
        return "tried again" if self.reason else "waiting"


@dataclass(frozen=True, slots=True)
class HeldUp:
    """That the mail server, or how it is set up here, keeps e-mails waiting."""

    waiting: int
    """How many wait in all."""
    reason: str
    """A sentence, with the server's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailState:
    """How the sending of e-mails stands."""

    waiting: int
    """Not sent yet and not given up; those that have failed so far are among them."""
    oldest: datetime | None
    """When the first of them was queued."""
    failing: int
    """Of those that wait, how many have failed so far."""
    given_up: int
    last_sent: datetime | None
    failures: tuple[QueuedMail, ...]
    """The latest that failed or were given up, newest first."""
    held_up: HeldUp | None = None
    clock: str = ""
    """A sentence where the clock is off, so that nothing is given up."""
