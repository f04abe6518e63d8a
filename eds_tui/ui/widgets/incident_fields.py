"""The fields that every incident form has (guide 2.1 to 2.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from eds_tui.domain.incident import LONGEST_DESCRIPTION, ChosenFile
from eds_tui.domain.priority import Category, Impact
from eds_tui.ui.widgets.bars import BUTTON_KEYS
from eds_tui.ui.widgets.choice_strip import ChoiceStrip, Option
from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.files_field import FilesField
from eds_tui.ui.widgets.text_box import TextBox
from eds_tui.ui.widgets.tick_box import TickBox

ADVICE = "Error messages as they read; when it last worked; name no pupil."
"""Stands above the description, also while one types (guide 2.4; rule 5)."""
WHAT_HAPPENS = "Say what happens, on which computers and since when."
"""Stands in the empty description."""

ROWS = 24
"""Rows of a terminal that has room for all of a form."""
FORM_KEYS = (
    ("Tab  Shift+Tab", "Go to the next field, or to the one before."),
    ("D H N P S", "Choose the category, on its line, and go on."),
    ("1 2 3 4", "Choose the impact, on its line, and go on."),
    ("← → Space", "Move on such a line, and choose what the cursor is on."),
    ("Space", "Tick or untick the confidential box."),
    ("← → Del", "Move in the chosen files, and take the one under the cursor away."),
    ("Enter", "Go to the next field; in the description, start a new line."),
    BUTTON_KEYS,
    ("Ctrl+Z", "Bring back what was deleted."),
)
"""For the help of a place that has such fields."""

_CATEGORIES = [Option(category, category.letter, category.label) for category in Category]
_IMPACTS = [
    Option(impact, str(impact.value), f"{impact.value} {impact.label}", impact.explanation)
    for impact in Impact
]


class IncidentFields(Vertical):
    """Category, impact, confidential, files, description: what is typed, and what is wrong with it.

    Args:
        warning: Stands beside the confidential box (rule 3).
    """

    FIELDS: ClassVar[tuple[str, ...]] = (
        "category", "impact", "confidential", "files", "description",
    )  # fmt: skip

    def __init__(self, warning: str) -> None:
        super().__init__()
        self.category = ChoiceStrip[Category](_CATEGORIES, id="category")
        self.impact = ChoiceStrip[Impact](_IMPACTS, id="impact")
        self.confidential = TickBox(warning, id="confidential")
        self.description = TextBox(
            longest=LONGEST_DESCRIPTION, placeholder=WHAT_HAPPENS, id="description"
        )
        # Few incidents are confidential: who types ahead goes on to the description by typing.
        self.confidential.goes_on_to = self.description
        self.chosen = FilesField()
        """The files that are chosen to be attached."""

    def compose(self) -> ComposeResult:
        """Put the fields below one another."""
        yield Field("category", "Category", self.category)
        yield Field("impact", "Impact", self.impact)
        yield Field("confidential", "Confidential", self.confidential)
        yield self.chosen
        yield Field("description", "Description", self.description, hint=ADVICE, note_above=True)

    def on_resize(self) -> None:
        """Leave out what can be, where there are few rows."""
        self.set_class(self.screen.size.height < ROWS, "-low")

    @property
    def files(self) -> tuple[ChosenFile, ...]:
        """What is chosen to be attached."""
        return self.chosen.files

    def problems(self, problems: Mapping[str, str]) -> Widget | None:
        """Name what is wrong beside each field; return the first control at fault (rule 9)."""
        first: Widget | None = None
        for name in self.FIELDS:
            field = self.query_one(f"#field-{name}", Field)
            field.problem(problems.get(name, ""))
            if name in problems and first is None and field.control.focusable:
                first = field.control
        return first

    def values(self) -> dict[str, Any]:
        """Return what is typed and chosen, as values that JSON has; empty when nothing is."""
        values = {
            "category": self.category.value.value if self.category.value else None,
            "impact": self.impact.value.value if self.impact.value else None,
            "confidential": self.confidential.value,
            "description": self.description.text,
            "files": [file.path for file in self.files],
        }
        return {name: value for name, value in values.items() if value}

    def restore(self, values: Mapping[str, Any]) -> None:
        """Put back what ``values`` returned; files are put back by whoever can open them."""
        self.category.value = Category(values["category"]) if values.get("category") else None
        self.impact.value = Impact(values["impact"]) if values.get("impact") else None
        self.confidential.value = bool(values.get("confidential"))
        self.description.load_text(str(values.get("description", "")))
        self.description.move_cursor(self.description.document.end)

    @on(ChoiceStrip.Changed, "#category")
    def category_changed(self) -> None:
        """A choice that was missing is there now."""
        if self.category.value is not None:
            self.query_one("#field-category", Field).problem("")

    @on(ChoiceStrip.Changed, "#impact")
    def impact_changed(self) -> None:
        """Say what the impact under the cursor means (rule 4)."""
        field = self.query_one("#field-impact", Field)
        if self.impact.value is not None:
            field.problem("")
        field.hint(self.impact.explanation)

    @on(TextBox.Full)
    def full(self, event: TextBox.Full) -> None:
        """Say that not everything fitted; what did is kept."""
        self.query_one("#field-description", Field).problem(event.sentence)

    @on(TextBox.Changed)
    def typed(self) -> None:
        """What was wrong with the description is being put right."""
        if len(self.description.text) < LONGEST_DESCRIPTION:
            self.query_one("#field-description", Field).problem("")
