"""Where an option of a list stands: Textual tells nobody; ``tests/ui/test_scenes.py`` asks it."""

from __future__ import annotations

from textual.widgets import OptionList


def first_row(options: OptionList, index: int | None) -> int:
    """Return the row in which an option begins, counted from the top of all of them.

    Args:
        options: The list.
        index: The option's place among them; none and unknown ones are in the first row.
    """
    return options._index_to_line.get(index or 0, 0)
