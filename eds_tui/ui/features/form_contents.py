"""What stands in a form for an incident: as a draft, as a form to be logged, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from textual.widget import Widget

from eds_tui.domain.incident import IncidentForm
from eds_tui.ui.features.file_attachments import FileAttachments
from eds_tui.ui.features.submission import Submission
from eds_tui.ui.widgets.incident_fields import IncidentFields


class FormContents(Protocol):
    """The fields of one form, as far as its draft and its logging know them."""

    def snapshot(self) -> dict[str, Any]:
        """Return what is typed, as values that JSON has; empty when nothing is."""

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put back what ``snapshot`` returned; an empty one empties the form."""

    def form(self) -> IncidentForm:
        """Return what was typed, ready to be logged."""

    def show_problems(self, problems: Mapping[str, str]) -> Widget | None:
        """Name what is wrong beside each field, and return the first of these controls."""


class IncidentContents:
    """What stands in the fields that every form for an incident has.

    Args:
        fields: The fields.
        attachments: The files that are chosen.
    """

    def __init__(self, *, fields: IncidentFields, attachments: FileAttachments) -> None:
        self.fields = fields
        """Category, impact, confidential, files and description."""
        self.attachments = attachments
        """The files that are chosen."""
        self.submission = Submission()
        """Under which the form is logged, once."""

    def snapshot(self) -> dict[str, Any]:
        """Return what is typed, with the key it is logged under; empty when nothing is."""
        values = self.fields.values() | self.attachments.still_to_come()
        return values | self.submission.values() if values else {}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put a draft back; its files are chosen again."""
        self.submission.restore(draft)
        self.fields.restore(draft)
        self.attachments.restore(tuple(map(str, draft.get("files", ()))))

    def form(self, *, telephone: str) -> IncidentForm:
        """Return what was typed, ready to be logged.

        Args:
            telephone: Under which the caller is reached.
        """
        fields = self.fields
        return IncidentForm(
            submission=self.submission.key,
            category=fields.category.value,
            impact=fields.impact.value,
            description=fields.description.text,
            confidential=fields.confidential.value,
            telephone=telephone,
            files=fields.files,
        )
