"""How incidents are put into words on the screens."""

from __future__ import annotations

from textual.content import Content

from eds_tui.domain.clock import age, full_time
from eds_tui.domain.file_names import by_comment, said_lines, shown_names
from eds_tui.domain.incident import format_number
from eds_tui.domain.incident_detail import AttachmentView, CommentView, IncidentDetail
from eds_tui.domain.row_in_words import (
    PLEASE_ANSWER,
    due_at_a_glance,
    ended_as,
    how_late,
    listed_state,
    rang_in_words,
    state_in_full,
    state_label,
    until_at_a_glance,
)
from eds_tui.domain.text import first_line, one_line, visible
from eds_tui.domain.triage_fields import DEFERRAL_ENDED, REPLIED
from eds_tui.domain.views import IncidentRow
from eds_tui.domain.when import dated, past_at_a_glance

CONFIDENTIAL_WARNING = (
    "Hidden from the school, you too. The school can't change it back. Updates by phone."
)
"""Beside the tick box of a school's report (guide 2.2)."""

CONFIDENTIAL_CALL = (
    "Hidden from the school, caller too. The school can't change it back. Updates by phone."
)
"""Beside the tick box of a call, to be read out."""


def details(row: IncidentRow) -> str:
    """Return what an incident is about, and how many hang on it."""
    text = first_line(row.details)
    if row.question:
        return f"{PLEASE_ANSWER} {first_line(row.question)}"
    if row.children:
        text = f"[+{row.children}] {text}"
    return f"[rang {row.chases}] {text}" if row.chases else text


def named(row: IncidentRow) -> str:
    """Return the same for a list that is read while its school is on the telephone.

    Marked in words when it is confidential (rule 26); elsewhere the preview has the word.
    """
    return f"CONFIDENTIAL {details(row)}" if row.confidential else details(row)


def contact(row: IncidentRow) -> str:
    """Return who to speak to, with number and address as far as they are known."""
    telephone = f"({row.contact_telephone})" if row.contact_telephone else ""
    return " ".join(part for part in (row.contact_name, telephone, row.contact_email) if part)


def due_text(row: IncidentRow) -> str:
    """Return how an incident's clock stands, in at most 12 characters."""
    if row.sla_due is None:
        return "–"
    return how_late(row) or ("paused" if row.paused else due_at_a_glance(row))


def due_cell(row: IncidentRow) -> str:
    """Return what stands beside :func:`state_text`: the end of a deferral, else the due date."""
    return due_text(row) if row.flag else until_at_a_glance(row) or due_text(row)


def state_text(row: IncidentRow) -> str:
    """Return a row's state, or the flag that somebody should deal with, in 11 characters."""
    return _FLAGS.get(row.flag, "Deferred to" if row.deferred_until else row.state.short_label)


_FLAGS = {REPLIED: "Replied !", DEFERRAL_ENDED: "Put off end"}


def preview(row: IncidentRow, *, internal: bool = True) -> tuple[str, ...]:
    """Return three lines about the incident under the cursor.

    Args:
        row: The incident.
        internal: Whether the reader is of the service centre, and sees who has it and whether its
            school does.
    """
    mark = "CONFIDENTIAL" if row.confidential else "not confidential"
    whose = row.assignment if internal else ""
    first = (row.reference, row.category.label, row.impact.label, row.logged_for)
    above = f"under {format_number(row.parent)}" if row.parent else ""
    # What must not be missed comes first: a long name or number at the end is cut.
    second = (
        mark if internal else "", row.flag, listed_state(row), ended_as(row), rang_in_words(row),
        whose, above,
        past_at_a_glance(row.opened_at, row.as_of), row.contact_telephone,
    )  # fmt: skip
    lines = (" · ".join(part for part in parts if part) for parts in (first, second))
    return (*map(one_line, lines), first_line(row.details))


def facts(detail: IncidentDetail, *, internal: bool) -> Content:
    """Return the block of facts over a conversation (rule 13).

    Args:
        detail: The incident.
        internal: Whether the reader is of the service centre, and sees who has it.
    """
    row = detail.row
    whose = f"with {one_line(row.assignment)}" if internal and row.assignment else ""
    stands = f" ({how_late(row)})" if row.late else " (paused)" if row.paused else ""
    due = f"{dated(row.sla_due)}{stands}" if row.sla_due else "none"
    telephone = f" ({one_line(row.contact_telephone)})" if row.contact_telephone else ""
    state = (state_in_full(row), ended_as(row), row.flag, whose)
    rows = [
        ("State", " · ".join(part for part in state if part)),
        ("Waits for", one_line(detail.waiting_for)),
        ("Priority", f"{row.priority.label}    SLA due {due}"),
        ("Contact", f"{one_line(row.contact_name)}{telephone}"),
        ("E-mail", one_line(row.contact_email)),
        ("Logged", f"{_logged(row)} by {one_line(row.logged_for)}"),
        ("Category", f"{row.category.label}    Impact {row.impact.value} {row.impact.label}"),
        ("Rang", rang_in_words(row).removeprefix("rang ")),
        ("Linked", _links(detail)),
    ]
    lines = [Content.assemble((name.ljust(10), "dim"), text) for name, text in rows if text]
    if row.confidential:
        lines.insert(0, Content.styled("CONFIDENTIAL: not seen by the school", "bold"))
    return Content("\n").join(lines)


_NAME = 40
"""Characters of what an incident that others hang on is about."""


def _logged(row: IncidentRow) -> str:
    """Return when it was logged and how long ago: ``Fri 27 Nov 2026 16:55 (2 d)``."""
    old = f" ({age(row.opened_at, row.as_of)})" if row.as_of else ""
    return f"{dated(row.opened_at)}{old}"


def _links(detail: IncidentDetail) -> str:
    row = detail.row
    above = f"under {format_number(row.parent)}" if row.parent else ""
    if detail.above is not None:
        name = first_line(detail.above.details, _NAME)
        above += f" {name} ({one_line(detail.above.school)})"
    same = f"duplicate of {format_number(detail.duplicate_of)}" if detail.duplicate_of else ""
    below = f"{row.children} hang on it" if row.children else ""
    return " · ".join(part for part in (above, same, below) if part)


def _pointing_to_it(detail: IncidentDetail) -> list[Content]:
    """Return a line for each incident that hangs on it or is a duplicate of it."""
    lines: list[Content] = []
    for title, rows in (("Hanging on it", detail.below), ("Duplicates of it", detail.duplicates)):
        if rows:
            lines += [Content(""), Content.styled(title, "bold")]
        lines += [
            Content(
                one_line(f"{row.reference} · {state_label(row)} · {row.school} · {contact(row)}")
            )
            for row in rows
        ]
    return lines


def aside(comment: CommentView) -> str:
    """Return what is said behind the author of what the school does not see; else nothing."""
    note = ", work note" if comment.internal else ""
    former = one_line(comment.former_school)
    return f"{note}, with {former}: not seen by this school" if former else note


def _kept_back(file: AttachmentView) -> str:
    return "  not seen by this school" if file.kept_back else ""


def thread(detail: IncidentDetail, new_from: int | None = None) -> tuple[Content, Content]:
    """Return the description, the files and all that was said, oldest first, in two parts.

    Args:
        detail: The incident.
        new_from: The comment with which the second part begins; without one it is empty.
    """
    parts = [
        Content.styled("Description", "bold"),
        Content(visible(detail.description, lines=True)),
    ]
    if detail.attachments:
        parts += [Content(""), Content.styled("Files", "bold")]
        parts += [
            Content(f"{name}  {file.size:,} bytes  {full_time(file.at)}{_kept_back(file)}")
            for name, file in zip(
                shown_names(file.name for file in detail.attachments),
                detail.attachments,
                strict=True,
            )
        ]
    parts += [*_pointing_to_it(detail), Content(""), Content.styled("Comments", "bold")]
    new: list[Content] = []
    attached = by_comment(detail.attachments)
    for comment in detail.comments:
        words = "\n".join(said_lines(comment.body, attached.get(comment.id, ())))
        said = f"{full_time(comment.at)} - {words}"
        who = f"    {one_line(comment.author)}{aside(comment)}"
        part = parts if new_from is None or comment.id < new_from else new
        part += [Content(said), Content.styled(who, "dim")]
    if not detail.comments:
        parts.append(Content.styled("none yet", "dim"))
    if detail.feedback is not None:
        words = visible(detail.feedback.words, lines=True)
        last = new or parts
        last += [Content(""), Content(f"Feedback: {detail.feedback.rating} of 5  {words}")]
    return Content("\n").join(parts), Content("\n").join(new)
