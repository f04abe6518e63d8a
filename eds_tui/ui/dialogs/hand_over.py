"""Asking who gets some incidents, and for the note that they read first (rule 51)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from eds_tui.domain.hand_over import note_problem
from eds_tui.domain.text import visible
from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.dialogs.dialog_text import DialogText, in_box
from eds_tui.ui.dialogs.write import DONE, SENDS
from eds_tui.ui.styles import sheets
from eds_tui.ui.widgets.find_list import FindList, found_by_name
from eds_tui.ui.widgets.text_box import TextBox

_TYPED_AT_MOST = 400_000
"""Characters that the box takes: a note that is too long is refused as it was typed, not cut."""
_WITHOUT = "No note is typed. Ctrl+S again hands over without one."
_NOBODY = "Nobody has that name; type another part of it."
_NOTE = "What they are to know first; Tab or Enter leads here"


class HandOverDialog(Dialog[tuple[int, str]]):
    """Who gets it, by part of the name, and a note. Returns the place of the name, and the note.

    Args:
        title: What is handed over.
        names: Who it can be given to.
    """

    CSS_PATH = sheets("dialog", "find_list", "write", "hand_over")
    BINDINGS: ClassVar[list[BindingType]] = [
        *SENDS,
    ]
    BUTTONS = DONE

    def __init__(self, title: str, names: Sequence[str]) -> None:
        super().__init__(title, "Type to find   Enter To note   Ctrl+S Hand over   Esc Leave it")
        self._names = list(names)
        self._finder = FindList(found_by_name(names), hint="part of the name", nothing=_NOBODY)
        self._box = TextBox(longest=_TYPED_AT_MOST, placeholder=_NOTE, id="text")
        self._is_sure = False
        self._gone = ""
        """Who was to get it when the note was typed, and can't get it any more."""
        fields = in_box(lambda: self._box, choices=self._chosen, choose=self._choose)
        self.text: DialogText = DialogText(self, fields)

    def content(self) -> ComposeResult:
        """Draw who can get it over the box for the note."""
        yield self._finder
        yield self._box
        yield from self.text.lines()

    def _chosen(self) -> dict[str, Any]:
        place = self._finder.place
        return {} if place is None else {"to": self._names[place]}

    def _choose(self, values: Mapping[str, Any]) -> None:
        receiver = str(values.get("to", ""))
        if receiver in self._names:
            self._finder.mark(self._names.index(receiver))
        else:
            self._gone = receiver

    @on(FindList.Chosen)
    def to_note(self) -> None:
        """Go on to the note, once somebody is found."""
        self._gone = ""
        self._box.focus()

    @on(TextBox.Changed)
    def note_changed(self) -> None:
        """Ask again before it goes without a note."""
        self._is_sure = False

    @on(TextBox.Full)
    def full(self, event: TextBox.Full) -> None:
        """Say that not everything fitted."""
        self.text.refuse(event.sentence)

    def action_send(self) -> None:
        """Return who gets it and the note, or say what is wrong."""
        place, note = self._finder.place, self._box.text
        if place is None:
            self.text.refuse(_NOBODY)
            self._finder.field.focus()
        elif self._gone:
            instead = f"Ctrl+S again gives it to {self._names[place]}."
            self.text.refuse(f"{visible(self._gone)} can't get it any more. {instead}")
            self._gone = ""
            self._finder.field.focus()
        elif problem := note_problem(note):
            self.text.refuse(problem)
            self._box.focus()
        elif not note.strip() and not self._is_sure:
            self._is_sure = True
            self.text.refuse(_WITHOUT)
            self._box.focus()
        else:
            self.dismiss((place, note if note.strip() else ""))
