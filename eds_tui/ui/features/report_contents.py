"""What stands in a school's form: as a draft, as a form to be logged, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.widget import Widget

from eds_tui.domain.incident import IncidentForm
from eds_tui.ui.features.form_contents import IncidentContents
from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.line_input import LineInput


class ReportContents:
    """A telephone, and the fields that every form has.

    Args:
        incident: The fields that every form has.
        telephone: A number, and a name where the login is shared (rule 6).
        telephone_field: Names what is wrong with it.
    """

    def __init__(
        self, *, incident: IncidentContents, telephone: LineInput, telephone_field: Field
    ) -> None:
        self._incident = incident
        self._telephone = telephone
        self._field = telephone_field

    def snapshot(self) -> dict[str, Any]:
        """Return what is typed, as values that JSON has; empty when nothing is."""
        telephone = self._telephone.value
        values = self._incident.snapshot()
        return values | {"telephone": telephone} if values or telephone else {}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put back what ``snapshot`` returned; an empty one empties the form."""
        self._incident.restore(draft)
        self._telephone.value = str(draft.get("telephone", ""))

    def form(self) -> IncidentForm:
        """Return what was typed, ready to be logged."""
        return self._incident.form(telephone=self._telephone.value)

    def show_problems(self, problems: Mapping[str, str]) -> Widget | None:
        """Name what is wrong beside each field, and return the first of these controls."""
        self._field.problem(problems.get("telephone", ""))
        inner = self._incident.fields.problems(problems)
        return self._field.control if "telephone" in problems else inner
