"""A school as a handler sees it when its caller rings (rule 32)."""

from __future__ import annotations

from dataclasses import dataclass

from eds_tui.domain.known_caller import KnownCaller
from eds_tui.domain.school import School
from eds_tui.domain.views import Page


@dataclass(frozen=True, slots=True)
class SchoolCard:
    """What a handler sees when the caller's school is chosen (rule 32)."""

    school: School
    open: Page
    callers: tuple[KnownCaller, ...] = ()
    """Who has rung before without being one of its contacts, the latest first."""
