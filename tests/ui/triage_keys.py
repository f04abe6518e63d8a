"""The keys of every decision, as they are pressed on incident 2 in the tests of triage."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from tests.ui.sitting import Script, Text, box, line, lines, place, press

Go = Callable[[Pilot[None]], Awaitable[None]]

FIVE = 5
"""Incidents that there are where several are decided about at once."""

QUESTION = "Which printer is it?"
WAITS_FOR = "The upgrade in July"
DONE = "The cable was put back."
REASON = "A pupil is named."

SCRIPTS: dict[str, Script] = {
    "priority": ("p", "3"),
    "triage": ("s", "t"),
    "in progress": ("s", "i"),
    "question": ("s", "c", Text(QUESTION), "ctrl+s"),
    "change": ("s", "h", Text(WAITS_FOR), "enter"),
    "deferral": ("s", "d", Text("tomorrow 9"), "enter"),
    "resolve": ("s", "r", "1", Text(DONE), "ctrl+s"),
    "mine": ("m",),
    "assign": ("a", Text("lead"), "enter"),
    "hide": ("x", Text(REASON), "enter"),
    "link": ("k", "m", Text("1"), "enter"),
    "duplicate": ("k", "d", Text("INC0000001"), "enter"),
}
"""Every decision, as it is typed on incident 2."""

TYPED = {
    "question": (("s", "c"), QUESTION, "ctrl+s"),
    "change": (("s", "h"), WAITS_FOR, "enter"),
    "deferral": (("s", "d"), "tomorrow 9", "enter"),
    "resolve": (("s", "r", "1"), DONE, "ctrl+s"),
    "hide": (("x",), REASON, "enter"),
    "link": (("k", "m"), "1", "enter"),
    "duplicate": (("k", "d"), "1", "enter"),
}
"""Decisions with a text: keys up to the field, the text, and the key that is done with it."""


WORDED = ("question", "change", "resolve", "hide")
"""Those whose text takes thought."""


async def on_row(pilot: Pilot[None]) -> None:
    """Put the cursor on incident 2 in the queue."""
    await press(pilot, "down")


async def on_incident(pilot: Pilot[None]) -> None:
    """Open incident 2."""
    await press(pilot, "down", "enter")


async def on_new_row(pilot: Pilot[None]) -> None:
    """Put the cursor on the newest incident in the queue, however long it has been there."""
    await press(pilot, "r", "home")


async def on_new_incident(pilot: Pilot[None]) -> None:
    """Open the newest incident."""
    await press(pilot, "r", "home", "enter")


async def back(pilot: Pilot[None]) -> None:
    """Leave whatever is over the queue."""
    while place(pilot) != "QueueScreen":
        await press(pilot, "escape")


PLACES = pytest.mark.parametrize("go", [on_row, on_incident], ids=["queue", "incident"])
"""On the row of the queue, and on the open incident."""


async def open_field(pilot: Pilot[None], name: str) -> str:
    """Go to the field of a decision, and return what stands in it."""
    await press(pilot, *TYPED[name][0])
    return typed_in(pilot)


def typed_in(pilot: Pilot[None]) -> str:
    """Return what stands in the field of the dialog in front."""
    if place(pilot) in {"TextDialog", "WorkNoteDialog", "ResolveDialog"}:
        return box(pilot, "text").text
    return line(pilot, "line").value


def table(pilot: Pilot[None]) -> list[list[str]]:
    """Return the cells of the table of the dialog in front."""
    rows = [line.strip(" │") for line in lines(pilot) if line.startswith("│")]
    first = next(place for place, row in enumerate(rows) if row.startswith("Field"))
    starts = [rows[first].index(name) for name in ("Field", "You saw", "Now", "Yours")]
    found_rows = []
    for row in rows[first:]:
        if not row:
            break
        ends = [*starts[1:], None]
        found_rows.append([row[start:end].strip() for start, end in zip(starts, ends, strict=True)])
    return found_rows
