"""A refused decision: what has changed, field by field, and what is to be done about it (rule 37).

Texts are cut to the columns; Enter shows them whole.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from eds_tui.domain.clock import full_time, short_time
from eds_tui.domain.text import one_line, visible
from eds_tui.domain.version_conflict import ConflictingChange
from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.presentation.cells import fit
from eds_tui.ui.styles import sheets

_NAME_WIDTH = 12
_STATE_WIDTH = 18
"""Cells of the longest state in a list; what it is now has who changed it beside it."""
_GAP = "  "


class Answer(Enum):
    """What is to become of a refused decision; a dialog that is left answers nothing."""

    THEIRS = "k"
    MINE = "m"
    OPEN = "g"


class ConflictDialog(Dialog[Answer]):
    """What was seen, what it is now, and what was wanted, with the keys to decide.

    A key typed before the dialog was there was meant for something else and answers nothing.

    Args:
        sentence: What was refused.
        conflict: What has changed.
        now: The moment, for how times are written.
        count: Which one of how many it is.
    """

    CSS_PATH = sheets("dialog", "conflict")

    def __init__(
        self,
        sentence: str,
        conflict: ConflictingChange,
        now: datetime,
        count: tuple[int, int] = (1, 1),
    ) -> None:
        place, total = count
        mine = "" if conflict.refusal else "m Do mine over it   "
        several = total > 1
        which = f"  ({place} of {total})" if several else ""
        leave = "k Keep theirs   Esc Leave all" if several else "k or Esc Keep theirs"
        super().__init__(f"{sentence}{which}", f"{mine}{leave}   g Go to it   Enter Whole texts")
        self._conflict = conflict
        self._now = now
        self._whole = False
        self._there_since = 0.0

    def content(self) -> ComposeResult:
        """Draw the table, and below it why the decision can't be made over what is there now."""
        with VerticalScroll():
            yield Static("", id="fields", markup=False)
        yield Static("", id="problem", markup=False)

    def on_mount(self, event: events.Mount) -> None:
        """Take the time from which on keys are answers."""
        self._there_since = event.time
        problem = self.query_one("#problem", Static)
        problem.display = bool(self._conflict.refusal)
        problem.update(Content(f"! {visible(self._conflict.refusal)}"))

    def on_resize(self) -> None:
        """Draw the table in the width there is."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        lines = whole if self._whole else table
        width = self.query_one(VerticalScroll).scrollable_content_region.width
        text = "\n".join(lines(self._conflict, self._now, width))
        self.query_one("#fields", Static).update(Content(text))

    def on_key(self, event: events.Key) -> None:
        """Answer, or show the texts whole."""
        if event.time < self._there_since:
            return
        answers = {answer.value: answer for answer in Answer}
        if self._conflict.refusal:
            del answers[Answer.MINE.value]
        if event.key == "enter":
            self._whole = not self._whole
            self._draw()
        elif answer := answers.get((event.character or "").casefold()):
            # What is below would take the key as well, once the dialog is gone.
            event.stop()
            self.dismiss(answer)


def table(conflict: ConflictingChange, now: datetime, width: int) -> list[str]:
    """Return a conflict as lines of exactly so many cells, what is longer cut."""
    people = {field.by for field in conflict.fields if field.by}
    alone = len(people) == 1
    latest = max((field.at for field in conflict.fields if field.at), default=None)
    heading = f"Now ({_who(people.pop(), latest, now)})" if alone else "Now"
    rows = [("Field", "You saw", heading, "Yours")]
    for field in conflict.fields:
        by = f" ({_who(field.by, field.at, now)})" if field.by and not alone else ""
        rows.append((field.name, field.saw, f"{field.now}{by}", field.yours))
    room = width - _NAME_WIDTH - 3 * len(_GAP)
    side = max(1, min(room // 3, max(_STATE_WIDTH, room * 3 // 10)))
    widths = (_NAME_WIDTH, side, max(1, room - 2 * side), side)
    lines = [_GAP.join(map(fit, row, widths)) for row in rows]
    if conflict.text:
        lines += ["", fit(f"You wrote: {conflict.text}", width)]
    return lines


def whole(conflict: ConflictingChange, now: datetime, width: int) -> list[str]:
    """Return a conflict as lines of any length, with nothing left out."""
    lines = []
    for field in conflict.fields:
        by = f" ({field.by}, {full_time(field.at)})" if field.at else ""
        parts = {"You saw": field.saw, "Now": f"{field.now}{by}", "Yours": field.yours}
        lines.append(field.name)
        lines += [f"  {name:<7}  {one_line(text)}" for name, text in parts.items() if text]
    if conflict.text:
        lines += ["You wrote", visible(conflict.text, lines=True)]
    return lines


def _who(by: str, at: datetime | None, now: datetime) -> str:
    return f"{by}, {short_time(at, now)}" if at else by
