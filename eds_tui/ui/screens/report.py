"""Reporting a fault: a school does it by itself (guide 2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from eds_tui.domain.incident import IncidentForm
from eds_tui.ui.commands.base import bindings
from eds_tui.ui.commands.everywhere import Back, FormHelp, Redraw
from eds_tui.ui.commands.forms import AttachFile, DropFile, EarlierDraft, StartAfresh, Submit
from eds_tui.ui.screens.form import FormScreen
from eds_tui.ui.styles import sheet
from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.incident_fields import IncidentFields
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.wording import CONFIDENTIAL_WARNING


class ReportScreen(FormScreen):
    """The school's form: name and school come from the login (rule 1)."""

    CSS_PATH = sheet("form")
    NAME = "Report a fault"
    DRAFT = "report"
    COMMANDS_HERE = (
        Submit,
        AttachFile,
        DropFile,
        EarlierDraft,
        StartAfresh,
        Back,
        Redraw,
        FormHelp,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def body(self) -> ComposeResult:
        """Draw the form."""
        hint = "Shared login: your name and a number" if self._account.generic else ""
        yield Field("telephone", "Telephone", LineInput(placeholder=hint, id="telephone"))
        yield IncidentFields(CONFIDENTIAL_WARNING)

    def on_mount(self) -> None:
        """Say who reports, and begin where the first choice is."""
        self.heading.right = self._account.name
        self.query_one("#telephone").focus()

    @property
    def telephone(self) -> LineInput:
        """The field for a number, and a name where the login is shared (rule 6)."""
        return self.query_one("#telephone", LineInput)

    @on(Input.Submitted)
    def go_on(self) -> None:
        """Enter goes on to the next field; it never sends the form."""
        self.focus_next()

    def form(self) -> IncidentForm:
        """Return what was typed."""
        fields = self.fields
        return IncidentForm(
            submission=self._submission,
            category=fields.category.value,
            impact=fields.impact.value,
            description=fields.description.text,
            confidential=fields.confidential.value,
            telephone=self.telephone.value,
            files=fields.files,
        )

    def snapshot(self) -> dict[str, Any]:
        """Return what is typed."""
        telephone = self.telephone.value
        values = super().snapshot()
        return values | {"telephone": telephone} if values or telephone else {}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put a draft back."""
        super().restore(draft)
        self.telephone.value = str(draft.get("telephone", ""))

    def outer_problems(self, problems: Mapping[str, str]) -> Widget | None:
        """Name what is wrong with the telephone field."""
        field = self.query_one("#field-telephone", Field)
        field.problem(problems.get("telephone", ""))
        return field.control if "telephone" in problems else None

    def action_submit(self) -> None:
        """Send the report."""
        self.submit()

    def another(self) -> Screen[None]:
        """Return a new report."""
        return self._screens.report()
