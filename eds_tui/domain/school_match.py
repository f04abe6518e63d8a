"""Where in a text stands what a look-up of schools has found it by (rule 31)."""

from __future__ import annotations

import re

from eds_tui.domain.folding import fold, school_name
from eds_tui.domain.school import School, SchoolLookup
from eds_tui.domain.school_words import meant

Span = tuple[int, int]
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def matched(text: str, lookup: SchoolLookup) -> tuple[Span, ...]:
    """Return the parts of a text that a look-up found, from where to where, in their order.

    Of a word that begins with what was typed it is as much of it; of one that only reads like it,
    or is another spelling, the whole.

    Args:
        text: A name and town, or the name of a contact.
        lookup: What was looked for.
    """
    words = [(match.start(), match.end(), _folded(match[0])) for match in _WORD.finditer(text)]
    spans: set[Span] = set()
    for typed in lookup.words:
        found = {_begun(text, *word, typed, lookup) for word in words} - {None}
        found = found or {_inside(text, *word, typed) for word in words} - {None}
        if not found:
            likely = meant(typed, [folded for _, _, folded in words])
            found = {(start, end) for start, end, folded in words if folded in likely}
        spans.update(span for span in found if span)
    return tuple(sorted(spans))


def contact_found(school: School, lookup: SchoolLookup) -> str:
    """Return the name of the contact by whom a school is found, or ``""``.

    Where its own name has all that was typed, that is what it is found by.
    """
    title = school_name(school.title)
    missing = [word for word in lookup.words if word not in title]
    for contact in school.contacts if missing else ():
        names = fold(contact.name).split()
        if all(any(name.startswith(word) for name in names) for word in missing):
            return contact.name
    return ""


def _folded(word: str) -> str:
    return school_name(word).replace(" ", "")


def _begun(
    text: str, start: int, end: int, folded: str, typed: str, lookup: SchoolLookup
) -> Span | None:
    if typed in lookup.whole or folded == typed:
        return (start, end) if folded == typed else None
    return (start, _until(text, start, end, len(typed))) if folded.startswith(typed) else None


def _inside(text: str, start: int, end: int, folded: str, typed: str) -> Span | None:
    at = folded.find(typed)
    if at < 0:
        return None
    return _until(text, start, end, at), _until(text, start, end, at + len(typed))


def _until(text: str, start: int, end: int, letters: int) -> int:
    """Return the place behind so many letters of a word, whatever apostrophes are in between."""
    for place in range(start, end):
        if not letters:
            return place
        letters -= text[place] not in "'’"
    return end
