"""Numbers files of the same name, so that each is shown under a name of its own (rule 7)."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from eds_tui.domain.text import one_line, storable, visible


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in a folder that files are chosen from."""

    name: str
    is_folder: bool
    size: int
    """Bytes; 0 for a folder."""


def shown_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return how files are named where they stand together, each name once.

    Names are equal when they are shown alike: composed letters or not (NFC), blanks and invisible
    characters do not count, capitals do. The first keeps its name, and the next is
    ``photo (2).jpg``. A name that a file has it keeps, whatever files come after it.

    Args:
        names: In the order in which the files came.
    """
    shown: list[str] = []
    taken: set[str] = set()
    for name in names:
        free = next(each for each in _numbered(_as_shown(name)) if each not in taken)
        taken.add(free)
        shown.append(free)
    return tuple(shown)


def positions_of(wanted: str, names: Iterable[str]) -> tuple[int, ...]:
    """Return the places, from 0, of the files that a name may mean.

    Args:
        wanted: A name as it was attached, or as it is shown.
        names: Of the files, in the order in which they came.
    """
    names = tuple(names)
    meant = _as_shown(wanted)
    return tuple(
        place
        for place, (name, shown) in enumerate(zip(names, shown_names(names), strict=True))
        if meant in {shown, _as_shown(name), _as_shown(visible(name))}
    )


def _as_shown(name: str) -> str:
    return unicodedata.normalize("NFC", one_line(storable(name)))


def _numbered(name: str) -> Iterator[str]:
    yield name
    stem, suffix = os.path.splitext(name)
    count = 2
    while True:
        yield f"{stem} ({count}){suffix}"
        count += 1
