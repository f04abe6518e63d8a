"""What stands beside a list of the incident under its cursor (rule 46)."""

from __future__ import annotations

from datetime import datetime

from textual.content import Content

from eds_tui.domain.incident_detail import CommentView, IncidentDetail
from eds_tui.domain.priority import Priority
from eds_tui.domain.row_in_words import state_label
from eds_tui.domain.text import one_line, visible
from eds_tui.domain.views import IncidentRow
from eds_tui.domain.when import past_at_a_glance
from eds_tui.ui.commands.incidents import OpenIncident
from eds_tui.ui.presentation.incident_text import due_text

_COMMENTS = 5
"""The latest that are shown."""
_DESCRIPTION = 600
"""Characters that are shown of a description."""
_COMMENT = 300


def beside(detail: IncidentDetail) -> Content:
    """Return an incident in short: how it stands, what it is about, what was said, latest first."""
    row = detail.row
    parts = [
        *_heading(row),
        _line(f"{row.category.label} · {row.impact.label}"),
        _line(" · ".join(filter(None, (row.contact_name, row.contact_telephone)))),
        _line(f"Logged {past_at_a_glance(row.opened_at, row.as_of)} by {row.logged_for}"),
        Content(""),
        Content(_short(detail.description, _DESCRIPTION)),
    ]
    if detail.attachments:
        parts.append(_line(f"Files: {', '.join(file.name for file in detail.attachments)}"))
    for comment in detail.comments[: -_COMMENTS - 1 : -1]:
        parts += [Content(""), *_said(comment, row.as_of)]
    return Content("\n").join(part for part in parts if part is not None)


def beside_confidential(row: IncidentRow) -> Content:
    """Return what is shown of a confidential one: no word of it before it is opened (rule 26)."""
    sentence = f"CONFIDENTIAL. {OpenIncident.key()} opens it, and that is recorded."
    return Content("\n").join([*_heading(row), Content(""), Content.styled(sentence, "bold")])


def beside_unread(row: IncidentRow, sentence: str) -> Content:
    """Return what is shown of one that can't be read, or is there no more."""
    return Content("\n").join([*_heading(row), Content(""), Content(visible(sentence))])


def _heading(row: IncidentRow) -> list[Content]:
    urgent = "!" if row.priority is Priority.CRITICAL else ""
    due = f"due {due_text(row)}" if row.sla_due and not (row.late or row.paused) else ""
    stands = (f"P{row.priority.value}{urgent}", state_label(row), row.flag, due or _how(row))
    return [
        Content.styled(one_line(f"{row.reference}  {row.school}"), "bold"),
        _line(" · ".join(filter(None, (*stands, row.assignment or "with nobody")))),
    ]


def _how(row: IncidentRow) -> str:
    return due_text(row) if row.sla_due else ""


def _line(text: str) -> Content:
    return Content(one_line(text))


def _said(comment: CommentView, now: datetime | None) -> list[Content]:
    note = ", work note" if comment.internal else ""
    who = f"{past_at_a_glance(comment.at, now)} {comment.author}{note}"
    return [Content.styled(one_line(who), "bold"), Content(_short(comment.body, _COMMENT))]


def _short(text: str, most: int) -> str:
    shown = visible(text, lines=True).strip()
    return shown if len(shown) <= most else f"{shown[: most - 1]}…"
