"""What is said where the window is too small for the kiosk."""

from __future__ import annotations

from textwrap import wrap

from textual.geometry import Size

from eds_tui.host.terminals import LEAST_COLUMNS, LEAST_ROWS

KEYS = frozenset({"ctrl+q", "ctrl+l"})
"""The keys that still count, since no form takes them."""


def is_too_small(size: Size) -> bool:
    """Return whether a window is too small to take a call in."""
    return size.width < LEAST_COLUMNS or size.height < LEAST_ROWS


def small_words(size: Size) -> str:
    """Return what is said in it, the most wanted first: the end may not fit."""
    return (
        f"Window too small: {size.width} by {size.height},"
        f" needed {LEAST_COLUMNS} by {LEAST_ROWS}."
        " Please enlarge it. What is typed stays. Ctrl+Q leaves."
    )


def covered(size: Size) -> str:
    """Return what is to be sent so that a window shows these words and nothing else."""
    width = max(1, size.width)
    lines = wrap(small_words(size), width)[: max(1, size.height)]
    lines += [""] * (size.height - len(lines))
    rows = (f"\x1b[{y};1H{line:{width}.{width}}" for y, line in enumerate(lines, 1))
    return "\x1b[0m" + "".join(rows)
