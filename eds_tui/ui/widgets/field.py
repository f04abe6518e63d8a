"""A field of a form: its name, what is typed in, and what is wrong with it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Label, Static

from eds_tui.domain.text import visible


class Field(Vertical):
    """One row of a form. The problem, if there is one, stands right below, or right above.

    Args:
        name: The field's name in the rules, ``category``.
        label: What people read.
        controls: What is typed or chosen in, side by side; the first takes the focus.
        hint: Said in the place of the problem while there is none; may be empty.
        note_above: Whether either stands above the controls, where these are high.
    """

    def __init__(
        self,
        name: str,
        label: str,
        *controls: Widget,
        hint: str = "",
        note_above: bool = False,
    ) -> None:
        super().__init__(id=f"field-{name}")
        self.field = name
        self._label = label
        self._controls = controls
        self._hint = hint
        self._note_above = note_above

    def compose(self) -> ComposeResult:
        """Put label and controls side by side."""
        note = Static(self._hint, classes="field--note", markup=False)
        if self._note_above:
            yield note
        with Horizontal():
            yield Label(self._label, classes="field--label", markup=False)
            yield from self._controls
        if not self._note_above:
            yield note

    def on_mount(self) -> None:
        """Hide the note where there is nothing to say."""
        self._show()

    @property
    def control(self) -> Widget:
        """What takes the focus."""
        return self._controls[0]

    def hint(self, text: str) -> None:
        """Say something helpful, unless there is a problem to be named."""
        if text != self._hint:
            self._hint = text
            if not self.has_class("-bad"):
                self._show()

    def problem(self, sentence: str) -> None:
        """Name what is wrong, or with an empty sentence that nothing is any more."""
        if not sentence and not self.has_class("-bad"):
            return
        self.set_class(bool(sentence), "-bad")
        self._show(sentence)

    def _show(self, sentence: str = "") -> None:
        note = self.query_one(".field--note", Static)
        text = f"! {sentence}" if sentence else self._hint
        note.update(Content(visible(text)))
        note.display = bool(text)
