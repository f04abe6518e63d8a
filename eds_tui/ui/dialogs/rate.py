"""Rating how a closed incident was handled (rule 14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from textual.app import ComposeResult

from eds_tui.domain.incident import LONGEST_COMMENT
from eds_tui.ui.dialogs.write import WritingDialog
from eds_tui.ui.styles import sheets
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


class RateDialog(WritingDialog[Rating]):
    """A digit and a few words."""

    CSS_PATH = sheets("dialog", "write", "rate")

    def __init__(self) -> None:
        super().__init__("How was it handled?", "1-5 Rate   Ctrl+S Send   Esc Leave it")

    def content(self) -> ComposeResult:
        """Draw the choice and the box."""
        yield ChoiceStrip[int](_STARS, id="stars")
        yield TextBox(longest=LONGEST_COMMENT, placeholder="In your words, if you like", id="words")
        yield from self.frame()

    def values(self) -> dict[str, Any]:
        """Return the words, and the digit where one is chosen."""
        stars: int | None = self.query_one("#stars", ChoiceStrip).value
        return super().values() | ({"stars": stars} if stars else {})

    def restore(self, values: Mapping[str, Any]) -> None:
        """Put in what was typed and chosen before."""
        super().restore(values)
        if values.get("stars") in {option.value for option in _STARS}:
            self.query_one("#stars", ChoiceStrip).value = values["stars"]

    def action_send(self) -> None:
        """Return the rating, or ask for one."""
        stars: int | None = self.query_one("#stars", ChoiceStrip).value
        if stars is None:
            self.tell("Choose a rating from 1 to 5.")
        else:
            self.dismiss(Rating(stars, self.box().text))
