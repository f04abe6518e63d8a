"""Choosing by what a list is sorted, which the session remembers for each list (rule 46)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from eds_tui.domain.sorting import OPEN_SORTS, Sort
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.lists import NextSorting, PreviousSorting


@dataclass
class ListMemory:
    """What a session remembers of its lists.

    A sorting is a way to look at one thing just now: whoever signs in next, or the same person the
    next day, finds each list as it is described, *Late* with the worst first.
    """

    sorts: dict[str, Sort] = field(default_factory=dict)
    """By the name of a list, what was chosen for it."""


class Sorting:
    """Lets the sorting of a screen's list be chosen.

    Args:
        memory: Remembers it.
        name: Returns the name of the list that is shown.
        read: Reads the list anew, in the order chosen.
        among: Returns what the list can be sorted by; the first unless another is chosen.
    """

    def __init__(
        self,
        *,
        memory: ListMemory,
        name: Callable[[], str],
        read: Callable[[], object],
        among: Callable[[], tuple[Sort, ...]] = lambda: OPEN_SORTS,
    ) -> None:
        self._memory = memory
        self._name = name
        self._read = read
        self._among = among

    def handlers(self) -> Handlers:
        """Return what is done for the commands that sort."""
        return {NextSorting: partial(self.turn, 1), PreviousSorting: partial(self.turn, -1)}

    @property
    def chosen(self) -> Sort:
        """What the list is to be sorted by."""
        return self.of(self._name(), self._among())

    def of(self, name: str, among: tuple[Sort, ...]) -> Sort:
        """Return what the list with a name is to be sorted by."""
        return self._memory.sorts.get(name, among[0])

    def turn(self, step: int) -> None:
        """Sort by another, so many further; what is ticked stays so."""
        among = self._among()
        self._memory.sorts[self._name()] = self.chosen.next(step, among)
        self._read()
