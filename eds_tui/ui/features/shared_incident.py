"""The incident of a screen, on which others may be writing at the same time (rule 39)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eds_tui.domain.presence import Writer, Writing


def _nothing() -> None:
    """Return that no incident is shown."""


def _not_shown(writers: Sequence[Writer]) -> None:
    """Show nothing of who else is writing."""


@dataclass(frozen=True, kw_only=True)
class SharedIncident:
    """What a screen says of the incident that it is about, and shows of others' writing."""

    writing: Callable[[], Writing | None]
    """Returns what has been typed here about an incident and is not sent."""
    number: Callable[[], int | None] = _nothing
    """Returns the number of the incident that the screen shows, if it shows one."""
    show_writers: Callable[[Sequence[Writer]], None] = _not_shown
    """Shows who else is writing about it."""
