"""A school that was found, in one line, with what it was found by in bold (rule 31)."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from eds_tui.domain.school import School, SchoolLookup, dfe_digits
from eds_tui.domain.school_match import Span, contact_found, matched
from eds_tui.domain.text import one_line
from eds_tui.ui.presentation.cells import fit

_NUMBERS = 16
_NARROWEST = 10


def school_line(school: School, lookup: SchoolLookup, width: int) -> Content:
    """Return a school in one line: name and town, the contact it is found by, two numbers.

    Args:
        school: What was found.
        lookup: By what.
        width: Cells that there are.
    """
    title = one_line(school.title)
    spans = [*matched(title, lookup)]
    if contact := one_line(contact_found(school, lookup)):
        title += " · "
        spans += [(len(title) + start, len(title) + end) for start, end in matched(contact, lookup)]
        title += contact
    title = fit(title, max(_NARROWEST, width - _NUMBERS - 2))
    dfe = school.dfe_number or " " * 8
    numbers = Content(f" {school.portal_number}  {dfe}")
    return _bold(Content(title), spans) + _bold(numbers, _found_numbers(school, lookup.number))


def _found_numbers(school: School, number: str) -> list[Span]:
    spans = []
    portal = school.portal_number
    zeros = len(portal) - len(portal.lstrip("0"))
    if number:
        start = 0 if portal.startswith(number) else zeros
        if portal[start:].startswith(number):
            spans.append((1 + start, 1 + start + len(number)))
        if dfe_digits(school.dfe_number).startswith(number):
            spans.append((8, 8 + len(number) + (len(number) > 3)))
    return spans


def _bold(content: Content, spans: Iterable[Span]) -> Content:
    for start, end in spans:
        content = content.stylize("bold", start, min(end, len(content.plain)))
    return content
