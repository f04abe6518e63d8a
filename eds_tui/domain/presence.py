"""Says who else is writing on an incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from eds_tui.domain.text import one_line

FRESH = timedelta(seconds=15)
"""For how long somebody counts as writing after their session said so last."""
SAY_EVERY = timedelta(seconds=5)
"""How often a session says so while somebody writes."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What somebody is writing."""

    number: int
    """The incident's."""
    internal: bool = False
    """A work note or a decision, of which no school learns (rule 27); else a comment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Somebody who is writing."""

    name: str
    service_centre: bool
    own: bool = False
    """Whether it is the reader's own account, in another session."""
    shared: bool = False
    """Whether several people use that account."""


def in_words(writers: Sequence[Writer], *, at_service_centre: bool) -> str:
    """Return who is writing: ``B. Colleague is writing here``; nothing when nobody is.

    Args:
        writers: The others, in the order in which they are named.
        at_service_centre: Whether the reader is of the service centre.
    """
    names = list(dict.fromkeys(_name(each, at_service_centre) for each in writers))
    if not names:
        return ""
    if len(names) == 1:
        verb = "are" if names == [_YOU] else "is"
        return f"{names[0]} {verb} writing here"
    if len(names) > _NAMED:
        names = [*names[: _NAMED - 1], f"{len(names) - _NAMED + 1} others"]
    return f"{', '.join(names[:-1])} and {names[-1]} are writing here"


_YOU = "You, in another session,"
_NAMED = 3


def _name(writer: Writer, at_service_centre: bool) -> str:
    if writer.own:
        return f"{one_line(writer.name)}, in another session," if writer.shared else _YOU
    if writer.service_centre == at_service_centre:
        return one_line(writer.name)
    side = "ICT Service Centre" if writer.service_centre else "school"
    return f"{one_line(writer.name)} ({side})"
