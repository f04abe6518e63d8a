"""Decides what words a full text keeps, and by which it is asked: telephones by their digits.

A telephone number is found however it is written, as the look-up of schools finds it (rule 31).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from eds_tui.domain.folding import indexed_words, plain, spellings
from eds_tui.domain.telephone import dialled_digits

_WRITTEN = re.compile(r'(?<![\w+:"/-])(?:\+|00)?\(?\d[\d ().-]{7,20}\d(?![\w/"])', re.ASCII)
_LENGTHS = (10, 11)
"""Digits of a national number, with the 0 before it."""
_LOCAL = 6
"""Digits that are dialled in the same town."""


def kept_words(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words that a full text keeps of a text, line by line, telephones by digits too."""
    for line in text.splitlines():
        yield from indexed_words(line)
        for digits in filter(None, map(_dialled, _WRITTEN.findall(plain(line)))):
            yield (digits,)
            yield (digits[-_LOCAL:],)


def asked_words(term: str) -> tuple[tuple[str, ...], ...]:
    """Return the sequences of words any of which is to be held for a term, or none."""
    digits = _dialled(plain(term)) if any(map(str.isdigit, term)) else ""
    return tuple(dict.fromkeys((*spellings(term), *([(digits,)] if digits else ()))))


def with_numbers_together(text: str) -> str:
    """Return a text to search for in which each telephone number is one term, in quotes."""
    if '"' in text:
        return text
    return _WRITTEN.sub(lambda found: f'"{found[0]}"' if _dialled(found[0]) else found[0], text)


def _dialled(written: str) -> str:
    """Return the digits of a telephone number, or nothing where it is none."""
    digits = dialled_digits(written)
    return digits if digits[:1] == "0" and len(digits) in _LENGTHS else ""
