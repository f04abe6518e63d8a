"""The names of the queue's lists, as many as a line has room for."""

from __future__ import annotations

from typing import Protocol

from textual.content import Content

from eds_tui.domain.views import View

_BEFORE, _BEYOND = "…", "… Tab"
"""Stand for the lists that there is no room for; the second one with the key that leads there."""


_KEYS = "1234567890abcdefgh"


def view_keys() -> dict[str, View]:
    """Return the lists by the key that stands for each: the first nine by their digit."""
    return dict(zip(_KEYS, View, strict=False))


class Counts(Protocol):
    """What is said of how many incidents each list has."""

    def __getitem__(self, view: View) -> str:
        """Return it with a space before it, or nothing where it is not known."""


def view_names(counts: Counts, current: View, room: int) -> Content:
    """Return the lists with their counts, those from the first on that include the current one.

    Args:
        counts: What is said of how many incidents each holds.
        current: The one that is shown.
        room: Cells that there are.
    """
    names = [_name(view, counts, marked=view is current) for view in View]
    here = list(View).index(current)

    def fit(first: int, last: int) -> bool:
        signs = (len(_BEFORE) if first else 0) + (len(_BEYOND) if last < len(names) else 0)
        return sum(name.cell_length for name in names[first:last]) + signs <= room

    first = next(place for place in range(here + 1) if place == here or fit(place, here + 1))
    last = here + 1
    while last < len(names) and fit(first, last + 1):
        last += 1
    before, beyond = _BEFORE if first else "", _BEYOND if last < len(names) else ""
    return Content("").join([Content(before), *names[first:last], Content(beyond)])


def _name(view: View, counts: Counts, *, marked: bool) -> Content:
    count = counts[view]
    if marked:
        return Content.styled(f"▸{view.label}{count}◂", "bold")
    return Content.styled(f" {view.label}{count} ", "not bold $quiet")
