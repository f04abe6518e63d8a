"""A table in curses: what a held key costs a program that paints two rows for it."""

from __future__ import annotations

import curses

ROWS = 200
TITLE = "Curses table"
DOWN, UP = {curses.KEY_DOWN, ord("B")}, {curses.KEY_UP, ord("A")}
"""With the letters that arrows end in on a terminal that was not told to send others."""


def line(number: int) -> str:
    """Return a row as wide as one of the queue."""
    return (
        f" INC{number:07d} School {number:<13} A fault that was phoned in  3 In progress {number}"
    )


def main(screen: curses.window) -> None:
    """Move a bar up and down until ``q``."""
    curses.curs_set(0)
    height, width = screen.getmaxyx()
    top = here = 0
    while True:
        screen.addnstr(0, 0, TITLE, width - 1)
        for place in range(1, height):
            number = top + place - 1
            style = curses.A_REVERSE if number == here else curses.A_NORMAL
            screen.addnstr(place, 0, line(number).ljust(width - 1), width - 1, style)
        screen.refresh()
        key = screen.getch()
        if key == ord("q"):
            return
        here = min(max(here + (key in DOWN) - (key in UP), 0), ROWS - 1)
        top = min(max(top, here - height + 2), here)


if __name__ == "__main__":
    curses.wrapper(main)
