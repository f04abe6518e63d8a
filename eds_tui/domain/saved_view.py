"""A search that somebody keeps under a digit, and moving it to another one (rule 45)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

DIGITS = range(1, 10)
"""Under which views are kept, which is their order as well."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A search that somebody keeps under a digit."""

    digit: int
    """1 to 9."""
    name: str
    search: str


def moved(views: Iterable[SavedView], digit: int, to: int) -> tuple[SavedView, ...]:
    """Return the views that a move gives another digit: two, where one was there already.

    Args:
        views: All of a person.
        digit: That of the view that is moved.
        to: The digit that it comes to; what was there takes its own.
    """
    places = {digit: to, to: digit}
    return tuple(replace(view, digit=places[view.digit]) for view in views if view.digit in places)
