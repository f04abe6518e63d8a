"""What stands in the form that puts an incident right, and what of it was changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from textual.widget import Widget

from eds_tui.domain.correction import Correction, Telling
from eds_tui.domain.incident_detail import IncidentDetail
from eds_tui.domain.priority import Category, Impact
from eds_tui.ui.features.school_finder import SchoolFinder, SchoolWidgets
from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.incident_fields import IncidentFields
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.school_picker import CallerInput

FIELD_NAMES = {
    "School": "school",
    "Caller": "caller",
    "Telephone": "telephone",
    "E-mail": "email",
    "Category": "category",
    "Impact": "impact",
    "Description": "description",
}
"""What a version conflict calls each field to what the form does."""


@dataclass(frozen=True, kw_only=True)
class CorrectionWidgets:
    """What the form is made of, from its top down."""

    school: SchoolWidgets
    caller: CallerInput
    telephone: LineInput
    caller_field: Field
    """Has both."""
    email: LineInput
    email_field: Field
    fields: IncidentFields
    """Category, impact and description; what can't be put right is not shown."""


class CorrectionContents:
    """The fields of one incident, and which of them read otherwise than when it was read.

    Args:
        widgets: What one types in.
        finder: Has the school.
    """

    def __init__(self, *, widgets: CorrectionWidgets, finder: SchoolFinder) -> None:
        self._widgets = widgets
        self._finder = finder
        self._as_read: dict[str, Any] = {}
        self._detail: IncidentDetail | None = None

    @property
    def is_there(self) -> bool:
        """Whether the incident has been read."""
        return self._detail is not None

    def begin(self, detail: IncidentDetail, typed: Mapping[str, Any]) -> None:
        """Show an incident as it is, with what was typed over it.

        Args:
            detail: The incident.
            typed: What :meth:`changed` returned.
        """
        row, widgets = detail.row, self._widgets
        self._detail = detail
        self._as_read = {
            "school_id": row.school_id,
            "caller": row.contact_name,
            "telephone": row.contact_telephone,
            "email": row.contact_email,
            "category": row.category.value,
            "impact": row.impact.value,
            "description": detail.description,
        }
        values = self._as_read | {"school": row.school} | dict(typed)
        widgets.fields.restore(values)
        widgets.caller.value = str(values["caller"])
        widgets.telephone.value = str(values["telephone"])
        widgets.email.value = str(values["email"])
        self._finder.restore(values)

    def _values(self) -> dict[str, Any]:
        widgets = self._widgets
        category, impact = widgets.fields.category.value, widgets.fields.impact.value
        return {
            "school_id": self._finder.school_id,
            "caller": widgets.caller.value,
            "telephone": widgets.telephone.value,
            "email": widgets.email.value,
            "category": category.value if category else None,
            "impact": impact.value if impact else None,
            "description": widgets.fields.description.text,
        }

    def changed(self) -> dict[str, Any]:
        """Return what reads otherwise than it was read, as values that JSON has."""
        if not self.is_there:
            return {}
        values = self._values()
        made = {name: value for name, value in values.items() if value != self._as_read[name]}
        if "school_id" in made:
            made["school"] = self._finder.text
        return made

    def correction(self) -> Correction:
        """Return what is to be put right, a school that was not taken left out."""
        made = self.changed()
        return Correction(
            category=Category(made["category"]) if made.get("category") else None,
            impact=Impact(made["impact"]) if made.get("impact") else None,
            school_id=made.get("school_id"),
            caller=made.get("caller"),
            telephone=made.get("telephone"),
            email=made.get("email"),
            description=made.get("description"),
        )

    @property
    def lacks_school(self) -> bool:
        """Whether something is typed for the school and none was taken."""
        return self.is_there and self._finder.school_id is None

    def without(self, typed: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
        """Return what was typed without the fields of some names."""
        dropped = set(names) | ({"school_id"} if "school" in names else set())
        return {name: value for name, value in typed.items() if name not in dropped}

    def telling(self) -> Telling | None:
        """Return what is to be known of who is told; ``None`` while that is not known."""
        if self._detail is None or self.lacks_school:
            return None
        row, school = self._detail.row, self._finder.school
        moves = school is not None and school.id != row.school_id
        return Telling(
            former=row.school,
            confidential=row.confidential,
            new=school.title if school and moves else "",
            email=school.email if school else "",
            closed=bool(school and moves and school.closed),
        )

    def show_problems(self, problems: Mapping[str, str]) -> Widget | None:
        """Name what is wrong beside each field, and return the first of these controls."""
        widgets = self._widgets
        widgets.school.field.problem(problems.get("school", ""))
        widgets.caller_field.problem(problems.get("caller", "") or problems.get("telephone", ""))
        widgets.email_field.problem(problems.get("email", ""))
        inner = widgets.fields.problems(problems)
        controls = {
            "school": widgets.school.line,
            "caller": widgets.caller,
            "telephone": widgets.telephone,
            "email": widgets.email,
        }
        return next((control for name, control in controls.items() if name in problems), inner)
