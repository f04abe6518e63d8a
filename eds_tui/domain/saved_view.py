"""A search that somebody keeps under a digit, and moving it to another one (rule 45)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from eds_tui.domain.errors import InvalidInput

DIGITS = range(1, 10)
"""Under which views are kept, which is their order as well."""
_DIGIT_AND_NAME = re.compile(r"\s*([1-9])(?:\s+(.*))?", re.DOTALL)
_ALL_TAKEN = (
    "All nine digits have a view. Begin with the digit of the one that is to give way, then a blank"
    " and the name."
)


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


def place_and_name(typed: str, views: Iterable[SavedView]) -> tuple[int, str]:
    """Return under which digit and name a view is to be kept.

    Args:
        typed: A digit, a blank and a name; or a name alone, for the first digit that is free.
        views: All that the person keeps.

    Raises:
        InvalidInput: No digit is free.
    """
    if match := _DIGIT_AND_NAME.fullmatch(typed):
        return int(match[1]), match[2] or ""
    taken = {view.digit for view in views}
    free = next((digit for digit in DIGITS if digit not in taken), None)
    if free is None:
        raise InvalidInput({"digit": _ALL_TAKEN})
    return free, typed
