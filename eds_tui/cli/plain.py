"""Plain lines for people: columns that stay in place, and an incident from top to bottom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from eds_tui.domain.text import first_line, visible

if TYPE_CHECKING:
    from eds_tui.domain.views import IncidentDetail, IncidentRow

NOTHING = "–"
_LABEL_WIDTH = 14


def table(columns: Mapping[str, int | None], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a line of headings and a line for each row.

    Args:
        columns: Heading to width in characters; ``None`` for one, the last, that takes what it
            needs. What is wider is cut, so that every column starts at the same place.
        rows: Texts as they are stored.
    """
    widths = tuple(columns.values())
    yield _line(tuple(columns), widths)
    for row in rows:
        yield _line(row, widths)


def _line(cells: Sequence[str], widths: Sequence[int | None]) -> str:
    return "  ".join(map(_cell, cells, widths)).rstrip()


def _cell(text: str, width: int | None) -> str:
    text = first_line(text)
    if width is None:
        return text
    return text.ljust(width) if len(text) <= width else f"{text[: width - 1]}…"


def incident_line(row: IncidentRow) -> tuple[str, ...]:
    """Return the cells of an incident in a list, in the order of ``INCIDENT_COLUMNS``."""
    return (
        row.reference,
        row.state.short_label,
        str(row.priority.value),
        "confidential" if row.confidential else "",
        row.school,
        ", ".join(part for part in (row.contact_name, row.contact_telephone) if part.strip()),
        row.details,
    )


INCIDENT_COLUMNS = {
    "Reference": 10,
    "State": 11,
    "P": 1,
    "Confidential": 12,
    "School": 28,
    "Contact details": 28,
    "Incident details": None,
}


def incident_lines(detail: IncidentDetail) -> Iterator[str]:
    """Yield an incident with all that belongs to it (guide 3; rule 13).

    Texts of many lines are indented, so that nothing in them can pass for a line of ours.
    """
    from eds_tui.domain.clock import full_time

    row = detail.row
    contact = (row.contact_name, row.contact_telephone, row.contact_email)
    for label, text in (
        ("Number", row.reference),
        ("School", row.school),
        ("State", row.state.label),
        ("Priority", row.priority.label),
        ("SLA due date", full_time(row.sla_due) if row.sla_due else NOTHING),
        ("Category", row.category.label),
        ("Impact", f"{row.impact.value} {row.impact.label}"),
        ("Confidential", "yes" if row.confidential else "no"),
        ("Contact", ", ".join(part for part in contact if part.strip()) or NOTHING),
        ("Logged", f"{full_time(row.opened_at)} by {row.logged_for}"),
        ("Resolved", full_time(detail.resolved_at) if detail.resolved_at else NOTHING),
    ):
        yield f"{label:{_LABEL_WIDTH}}{visible(text)}"
    yield "Description"
    yield from _indented(detail.description)
    if detail.attachments:
        yield "Attachments"
    for file in detail.attachments:
        yield f"  {visible(file.name)} ({file.size:,} bytes)"
    if detail.comments:
        yield "Comments"
    for comment in detail.comments:
        first, *rest = visible(comment.body, lines=True).split("\n")
        yield f"  {visible(comment.author)}"
        yield f"  {full_time(comment.at)} - {first}"
        yield from (f"    {line}" for line in rest)
    if detail.feedback:
        yield f"Feedback      {detail.feedback.rating} of 5"
        yield from _indented(detail.feedback.words)


def _indented(text: str) -> Iterator[str]:
    for line in visible(text, lines=True).split("\n"):
        yield f"  {line}".rstrip()
