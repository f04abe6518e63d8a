"""Asks who rang about an incident: the usual caller is there already (rule 43)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from eds_tui.domain.known_caller import next_caller
from eds_tui.domain.school import Contact
from eds_tui.domain.text import one_line
from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.dialogs.dialog_text import DialogText, TextFields
from eds_tui.ui.dialogs.write import LINE_DONE
from eds_tui.ui.widgets.line_input import LineInput

_SHOWN = 6
_NOBODY = "Type who rang, or press Esc."


class WhoRangDialog(Dialog[str]):
    """One name; Enter returns it. Up and down choose among the people who are known.

    Args:
        title: What is asked.
        people: Who may have rung, the likeliest first.
    """

    BUTTONS = LINE_DONE
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "offer(-1)", show=False),
        Binding("down", "offer(1)", show=False),
    ]

    def __init__(self, title: str, people: Sequence[Contact]) -> None:
        super().__init__(title, "Enter Done   ↑ ↓ Others   Esc Leave it")
        self._people = tuple(people)
        self._line = LineInput(placeholder="who rang", id="line")
        fields = TextFields(written=self._typed, restore=self._restore)
        self.text: DialogText = DialogText(self, fields)

    def content(self) -> ComposeResult:
        """Draw the name, and below it who is known."""
        yield self._line
        known = "\n".join(
            one_line(" · ".join(filter(None, (each.name, each.job, each.telephone))))
            for each in self._people[:_SHOWN]
        )
        yield Static(Content(known), id="known", markup=False)
        yield from self.text.lines()

    def on_mount(self) -> None:
        """Offer the likeliest: Enter takes it, and typing replaces it."""
        if self._people:
            self._line.offer(self._people[0].name)

    def _typed(self) -> str:
        """Return what was typed by hand."""
        known = {person.name for person in self._people}
        return "" if self._line.value in known else self._line.value

    def _restore(self, values: Mapping[str, Any]) -> None:
        if (text := str(values.get("text", ""))) and not self._typed():
            self._line.value = one_line(text)
            self._line.cursor_position = len(self._line.value)

    def action_offer(self, step: int) -> None:
        """Choose another of those who are known."""
        if person := next_caller(self._people, self._line.value, step):
            self._line.offer(person.name)

    @on(Input.Submitted)
    def done(self, event: Input.Submitted) -> None:
        """Return the name, if there is one."""
        if event.value.strip():
            self.dismiss(event.value)
        else:
            self.text.refuse(_NOBODY)
