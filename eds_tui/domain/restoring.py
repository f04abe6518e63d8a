"""What a restored database keeps of the one that it replaces, and what is lost with that one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from eds_tui.domain.clock import full_time
from eds_tui.domain.incident import format_number

Range = tuple[int, int]
"""The first and the last of some incident numbers."""

LOST = "lost"
"""Under which the event of a restored database has the range of numbers that are not in it."""
HELD_BACK = "It waited when the back-up was taken; whether it is to be sent yet, a lead says."
"""Why an e-mail of a back-up is not sent by itself."""


def lost_range(in_back_up: int, given_out: int) -> Range | None:
    """Return the numbers that were given out after a back-up was taken, if there are any.

    Args:
        in_back_up: The last number that had been given out by then.
        given_out: The last one that has been given out since.
    """
    return (in_back_up + 1, given_out) if given_out > in_back_up else None


def numbers_between(first: int, last: int, ranges: Iterable[Range]) -> int:
    """Return how many numbers of some ranges lie from a first to a last one."""
    return sum(max(0, min(last, end) - max(first, start) + 1) for start, end in ranges)


def range_in_words(lost: Range) -> str:
    """Return a range of numbers as people read it."""
    first, last = map(format_number, lost)
    return first if first == last else f"{first} to {last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a database has come."""

    given_out: int
    """The last incident number given out; 0 before the first."""
    incidents: int
    first_event: int | None
    last_event: int
    latest_at: datetime | None
    """When the event that was added last happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What becomes of the e-mails that waited when the back-up was taken."""

    waiting: int = 0
    """They waited still in the database that was replaced, and are sent from the restored one."""
    sent_since: int = 0
    """They were sent from the one that was replaced, and are not sent again."""
    held_back: int = 0
    """Nobody knows; they are sent when somebody says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came of restoring a back-up."""

    standing: Standing
    """Of the back-up."""
    lost: Range | None
    mail: Mail
    former: str = ""
    """Where what was there before is kept, in words; empty where there was nothing."""
    is_former_read: bool
    """Whether what was there before could be read, all of it."""
    exposed: tuple[int, ...] = ()
    """Numbers of incidents that became confidential after the back-up, and are not so in it."""
    enabled: tuple[str, ...] = ()
    """Accounts that were disabled after the back-up, and are not so in it."""
    upgraded_from: str = ""
    """The schema version of the back-up, where it was an older one."""


def in_lines(restored: Restored) -> Iterator[str]:
    """Yield what came of restoring, a line each."""
    standing = restored.standing
    until = f", until {full_time(standing.latest_at)}" if standing.latest_at else ""
    last = f", the last number {format_number(standing.given_out)}" if standing.given_out else ""
    yield f"It holds {_counted(standing.incidents, 'incident')}{last}{until}."
    if restored.upgraded_from:
        yield f"Its schema, of version {restored.upgraded_from}, was brought up to date."
    if restored.lost:
        yield f"Not in it, and lost: {range_in_words(restored.lost)}. No number is given out again."
    if restored.former and not restored.is_former_read:
        yield (
            "What was there before can't be read, not all of it: numbers that it has given out"
            " since the back-up may be given out again."
        )
    if restored.exposed:
        numbers = ", ".join(map(format_number, restored.exposed))
        yield f"Made confidential since, and NOT confidential in it: {numbers}. See to them first."
    if restored.enabled:
        yield f"Disabled since, and NOT disabled in it: {', '.join(restored.enabled)}."
    yield from _mail_lines(restored.mail)
    yield "Drafts are those of the back-up; what is kept on a kiosk's own disk is offered there."
    if restored.former:
        yield f"What was there before is kept in {restored.former}"


def _mail_lines(mail: Mail) -> Iterator[str]:
    if mail.waiting:
        yield f"{_counted(mail.waiting, 'e-mail')} waited, and will be sent."
    if mail.sent_since:
        yield f"{_counted(mail.sent_since, 'e-mail')} had been sent since: not sent again."
    if mail.held_back:
        yield (
            f"{_counted(mail.held_back, 'e-mail')} may have been sent or dropped since: not sent"
            " until a lead says so (eds-tui mail list --failed, eds-tui mail retry ID)."
        )


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
