"""What stands in the form that puts an incident right, and what of it was changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from textual.widget import Widget

from eds_tui.domain.correction import Correction, Telling
from eds_tui.domain.incident_detail import IncidentDetail
from eds_tui.domain.priority import Category, Impact
from eds_tui.ui.features.known_callers import KnownCallers
from eds_tui.ui.features.school_finder import SchoolFinder
from eds_tui.ui.widgets.caller_fields import CallerFields, offered_in, put_back
from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.incident_fields import IncidentFields
from eds_tui.ui.widgets.line_input import LineInput

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

    who: CallerFields
    """Which school, and who rang from there."""
    email: LineInput
    email_field: Field
    fields: IncidentFields
    """Category, impact and description; what can't be put right is not shown."""


class CorrectionContents:
    """The fields of one incident, and which of them read otherwise than when it was read.

    Args:
        widgets: What one types in.
        finder: Has the school.
        callers: Offer who is known there.
    """

    def __init__(
        self, *, widgets: CorrectionWidgets, finder: SchoolFinder, callers: KnownCallers
    ) -> None:
        self._widgets = widgets
        self._finder = finder
        self._callers = callers
        self._lines = widgets.who.lines | {"email": widgets.email}
        self._offered_at: int | None = None
        """The row id of the school whose people are offered."""
        self._untouched: Collection[str] = ()
        """The lines that read as the incident does, of the school that it is of."""
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
            typed: What :meth:`typed` returned.
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
        self._offered_at = values["school_id"]
        moved = self._offered_at != row.school_id
        self._untouched = () if moved else [name for name in self._lines if name not in typed]
        widgets.fields.restore(values)
        put_back(self._lines, values)
        self._finder.restore(values)

    def school_changed(self) -> None:
        """Offer the people of another school in the place of those of the former one (rule 42)."""
        school = self._finder.school
        if school is None or not self.is_there:
            return
        if school.id == self._offered_at:
            self._callers.recognise([self._lines[name] for name in self._untouched])
        else:
            self._callers.school_changed()
        self._offered_at, self._untouched = school.id, ()

    def _values(self) -> dict[str, Any]:
        widgets = self._widgets
        category, impact = widgets.fields.category.value, widgets.fields.impact.value
        return {
            "school_id": self._finder.school_id,
            **{name: line.value for name, line in self._lines.items()},
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

    def typed(self) -> dict[str, Any]:
        """Return what a draft keeps: what was changed, and what of it was only offered."""
        made = self.changed()
        lines = {name: line for name, line in self._lines.items() if name in made}
        return made | offered_in(lines) if made else {}

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
        first = widgets.who.problems(problems)
        widgets.email_field.problem(problems.get("email", ""))
        inner = widgets.fields.problems(problems)
        return first or (widgets.email if "email" in problems else inner)
