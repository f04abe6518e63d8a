"""Rating how a closed incident was handled (rule 14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from eds_tui.domain.incident import LONGEST_COMMENT
from eds_tui.ui.dialogs.dialog import LEAVE_IT, Dialog
from eds_tui.ui.dialogs.dialog_text import DialogText, in_box
from eds_tui.ui.dialogs.write import SENDS
from eds_tui.ui.styles import sheets
from eds_tui.ui.widgets.buttons import Button
from eds_tui.ui.widgets.choice_strip import ChoiceStrip, Option
from eds_tui.ui.widgets.text_box import TextBox

_STARS = [Option(1, "1", "1 poor"), *(Option(n, str(n), str(n)) for n in (2, 3, 4))]
_STARS.append(Option(5, "5", "5 very good"))


@dataclass(frozen=True, slots=True)
class Rating:
    """What a school says of how an incident was handled."""

    stars: int
    """1 to 5."""
    words: str


class RateDialog(Dialog[Rating]):
    """A digit and a few words."""

    CSS_PATH = sheets("dialog", "write", "rate")
    BINDINGS: ClassVar[list[BindingType]] = SENDS
    BUTTONS = (Button("Send", "send"), LEAVE_IT)

    def __init__(self) -> None:
        super().__init__("How was it handled?", "1-5 Rate   Ctrl+S Send   Tab Next   Esc Leave it")
        self._stars = ChoiceStrip[int](_STARS, id="stars")
        self._box = TextBox(
            longest=LONGEST_COMMENT, placeholder="In your words, if you like", id="words"
        )
        fields = in_box(lambda: self._box, choices=self._chosen, choose=self._choose)
        self.text: DialogText = DialogText(self, fields)

    def content(self) -> ComposeResult:
        """Draw the choice and the box."""
        yield self._stars
        yield self._box
        yield from self.text.lines()

    def _chosen(self) -> dict[str, Any]:
        return {"stars": self._stars.value} if self._stars.value else {}

    def _choose(self, values: Mapping[str, Any]) -> None:
        if values.get("stars") in {option.value for option in _STARS}:
            self._stars.value = values["stars"]

    @on(TextBox.Full)
    def full(self, event: TextBox.Full) -> None:
        """Say that not everything fitted."""
        self.text.refuse(event.sentence)

    def action_send(self) -> None:
        """Return the rating, or ask for one."""
        if self._stars.value is None:
            self.text.refuse("Choose a rating from 1 to 5.")
        else:
            self.dismiss(Rating(self._stars.value, self._box.text))
