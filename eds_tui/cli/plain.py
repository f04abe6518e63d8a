"""Writes incidents as plain lines for people: aligned columns, and one incident whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, tee
from typing import TYPE_CHECKING

from eds_tui.domain.clock import full_time
from eds_tui.domain.file_names import by_comment, said_lines, shown_names
from eds_tui.domain.incident import format_number
from eds_tui.domain.row_in_words import (
    PLEASE_ANSWER,
    ended_as,
    how_late,
    listed_state,
    rang_in_words,
    state_in_full,
    state_label,
)
from eds_tui.domain.text import first_line, visible
from eds_tui.domain.unread import MARK
from eds_tui.domain.when import dated, new_since

if TYPE_CHECKING:
    from eds_tui.domain.incident_detail import CommentView, IncidentDetail
    from eds_tui.domain.views import IncidentRow

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


def incident_table(rows: Iterable[IncidentRow], *, internal: bool) -> Iterator[str]:
    """Yield a list of incidents as lines, what is unread with its mark before the number.

    Args:
        rows: The incidents.
        internal: Whether the reader is of the service centre, and sees who has each.
    """
    columns = [each for each in _INCIDENT_COLUMNS if internal or not each.internal]
    to_mark, to_write = tee(rows)
    marks = chain(" ", (MARK if row.unread else " " for row in to_mark))
    cells = ([column.text(row) for column in columns] for row in to_write)
    lines = table({column.heading: column.width for column in columns}, cells)
    # The lines first: of a list that is read page by page each row is then asked for once.
    return (f"{mark}{line}" for line, mark in zip(lines, marks, strict=True))


def _due_cell(row: IncidentRow) -> str:
    if row.sla_due is None:
        return NOTHING
    mark = how_late(row) or ("paused" if row.paused else "")
    return f"{full_time(row.sla_due)[:-3]} {mark}"


def _details(row: IncidentRow) -> str:
    return f"{PLEASE_ANSWER} {row.question}" if row.question else row.details


@dataclass(frozen=True, slots=True)
class _Column:
    heading: str
    width: int | None
    text: Callable[[IncidentRow], str]
    internal: bool = False


_INCIDENT_COLUMNS = (
    _Column("Reference", 10, lambda row: row.reference),
    _Column("State", 23, listed_state),
    _Column("P", 1, lambda row: str(row.priority.value)),
    _Column("Due", 28, _due_cell),
    _Column("Assigned", 16, lambda row: row.assignment, internal=True),
    _Column("Confidential", 12, lambda row: "confidential" if row.confidential else ""),
    _Column("School", 28, lambda row: row.school),
    _Column("Contact details", 28, lambda row: _listed(row.contact_name, row.contact_telephone)),
    _Column("Incident details", None, _details),
)


def _marks(row: IncidentRow) -> str:
    """Return in brackets how the clock of an incident that has a due date stands."""
    marks = _listed(how_late(row), "paused" if row.paused else "")
    return f" ({marks})" if row.sla_due and marks else ""


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part.strip())


def outcome(row: IncidentRow) -> str:
    """Return an incident as a decision left it, in one line."""
    due = f"due {dated(row.sla_due)}{_marks(row)}" if row.sla_due else "no due date"
    parts = (
        row.reference,
        row.priority.label,
        state_label(row),
        due,
        _assigned(row) or "assigned to nobody",
        "confidential" if row.confidential else "",
        row.flag,
        rang_in_words(row),
        _links(row),
    )
    return visible("  ".join(part for part in parts if part))


def _assigned(row: IncidentRow) -> str:
    return _listed(row.assigned_to, f"team {row.team}" if row.team else "")


def _links(row: IncidentRow) -> str:
    return _listed(
        f"under {format_number(row.parent)}" if row.parent else "",
        f"{row.children} under it" if row.children else "",
    )


def incident_lines(detail: IncidentDetail, *, internal: bool) -> Iterator[str]:
    """Yield an incident with all that belongs to it (guide 3; rule 13).

    Texts of many lines are indented, so that nothing in them can pass for a line of ours.

    Args:
        detail: The incident.
        internal: Whether the reader is of the service centre, and sees how it is dealt with.
    """
    for label, text in _facts(detail):
        yield f"{label:{_LABEL_WIDTH}}{visible(text)}"
    for label, text in _internal_facts(detail) if internal else ():
        yield f"{label:{_LABEL_WIDTH}}{visible(text)}"
    yield "Description"
    yield from indented(detail.description)
    if detail.attachments:
        yield "Attachments"
    names = shown_names(file.name for file in detail.attachments)
    for name, file in zip(names, detail.attachments, strict=True):
        aside = ", not seen by this school" if file.kept_back else ""
        yield f"  {name} ({file.size:,} bytes){aside}"
    if detail.comments:
        yield "Comments"
    news = detail.news
    attached = by_comment(detail.attachments)
    for comment in detail.comments:
        if news is not None and comment.id == news.first:
            yield f"  {new_since(news.since, detail.row.as_of)}"
        first, *rest = said_lines(comment.body, attached.get(comment.id, ()))
        yield f"  {visible(comment.author)}{_aside(comment)}"
        yield f"  {full_time(comment.at)} - {first}"
        yield from (f"    {line}" for line in rest)
    if detail.feedback:
        yield f"Feedback      {detail.feedback.rating} of 5"
        yield from indented(detail.feedback.words)


def _aside(comment: CommentView) -> str:
    """Return what is said behind the author of what the school does not see; else nothing."""
    former = visible(comment.former_school)
    return (", work note" if comment.internal else "") + (
        f", with {former}: not seen by this school" if former else ""
    )


def _facts(detail: IncidentDetail) -> Iterator[tuple[str, str]]:
    row = detail.row
    contact = _listed(row.contact_name, row.contact_telephone, row.contact_email)
    yield "Number", row.reference
    yield "School", row.school
    yield "State", " · ".join(part for part in (state_in_full(row), ended_as(row)) if part)
    yield "Priority", row.priority.label
    yield "SLA due date", full_time(row.sla_due) + _marks(row) if row.sla_due else NOTHING
    yield "Category", row.category.label
    yield "Impact", f"{row.impact.value} {row.impact.label}"
    yield "Confidential", "yes" if row.confidential else "no"
    yield "Contact", contact or NOTHING
    yield "Logged", f"{full_time(row.opened_at)} by {row.logged_for}"
    yield "Resolved", full_time(detail.resolved_at) if detail.resolved_at else NOTHING


def _internal_facts(detail: IncidentDetail) -> Iterator[tuple[str, str]]:
    row = detail.row
    yield "Assigned", _assigned(row) or NOTHING
    if detail.waiting_for:
        yield "Waits for", detail.waiting_for
    if row.flag:
        yield "Flag", row.flag
    if row.chases:
        yield "Rang", rang_in_words(row).removeprefix("rang ")
    same = f"duplicate of {format_number(detail.duplicate_of)}" if detail.duplicate_of else ""
    if links := _listed(_links(row), same):
        yield "Linked", links
    if detail.above is not None:
        yield "Hangs on", f"{detail.above.reference} {detail.above.school}: {detail.above.details}"
    for label, rows in (("Under it", detail.below), ("Duplicate", detail.duplicates)):
        for row in rows:
            who = _listed(row.school, row.contact_name, row.contact_telephone)
            yield label, f"{row.reference} {state_label(row)}, {who}"


def indented(text: str) -> Iterator[str]:
    """Yield a text of many lines, so that none of them can pass for a line of ours."""
    for line in visible(text, lines=True).split("\n"):
        yield f"  {line}".rstrip()
