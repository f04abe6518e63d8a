"""The rows of a form for the school, the caller and the telephone (rules 31 and 42)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from textual.widget import Widget
from textual.widgets import Label

from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.school_picker import CallerInput, SchoolInput, SchoolResults

OFFERED = "offered"
"""Under which a draft names the lines whose text was only offered."""


@dataclass(frozen=True, kw_only=True)
class SchoolWidgets:
    """Where a school is typed, and what is found is shown."""

    line: SchoolInput
    """What is typed in."""
    field: Field
    """Has that line, and a place for what is wrong."""
    results: SchoolResults
    """What was found."""


@dataclass(frozen=True, kw_only=True)
class CallerFields:
    """Which school, who rings from there, and under which number."""

    school: SchoolWidgets
    """Where the school is found."""
    caller: CallerInput
    """The caller's name."""
    telephone: LineInput
    """Under which the caller is reached."""
    row: Field
    """Has both, and a place for what is wrong with them."""

    @classmethod
    def new(cls) -> CallerFields:
        """Make the widgets, which are mounted once."""
        line = SchoolInput(placeholder="name, town or number", id="school")
        caller, telephone = CallerInput(id="caller"), LineInput(id="telephone")
        before = Label("Telephone ", markup=False)
        return cls(
            school=SchoolWidgets(
                line=line, field=Field("school", "School", line), results=SchoolResults()
            ),
            caller=caller,
            telephone=telephone,
            row=Field("caller", "Caller", caller, before, telephone),
        )

    @property
    def rows(self) -> tuple[Widget, ...]:
        """The rows from the top down, to be mounted."""
        return (self.school.field, self.school.results, self.row)

    @property
    def lines(self) -> dict[str, LineInput]:
        """What is typed in beside the school, by name."""
        return {"caller": self.caller, "telephone": self.telephone}

    def problems(self, problems: Mapping[str, str]) -> Widget | None:
        """Name what is wrong beside each field, and return the first of these controls."""
        self.school.field.problem(problems.get("school", ""))
        self.row.problem(problems.get("caller", "") or problems.get("telephone", ""))
        controls: dict[str, LineInput] = {"school": self.school.line} | self.lines
        return next((each for name, each in controls.items() if name in problems), None)


def offered_in(lines: Mapping[str, LineInput]) -> dict[str, Any]:
    """Return what a draft keeps of lines whose text was only offered; empty where none was."""
    names = [name for name, line in lines.items() if line.is_offered]
    return {OFFERED: names} if names else {}


def put_back(lines: Mapping[str, LineInput], values: Mapping[str, Any]) -> None:
    """Put values into lines, each as it was typed or offered."""
    for name, line in lines.items():
        line.take_back()
        value = str(values.get(name, ""))
        if name in values.get(OFFERED, ()):
            line.offer(value)
        else:
            line.value = value
