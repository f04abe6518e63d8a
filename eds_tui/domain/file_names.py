"""Names of files: those of one name are numbered, so that each has its own (rules 7 and 50)."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eds_tui.domain.text import one_line, storable, visible

if TYPE_CHECKING:
    from eds_tui.domain.incident_detail import AttachmentView


TAKEN_BACK = "A file that was taken back."
"""Stands for a comment that was files alone, none of which is there any more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in a folder that files are chosen from."""

    name: str
    is_folder: bool
    size: int
    """Bytes; 0 for a folder."""


def stored_name(name: str) -> str:
    """Return a file's name as it is kept: as text, whatever bytes it has where it came from.

    A byte that is not UTF-8 is read as Windows has named files in the west of Europe; one of those
    few that mean nothing there is written as ``%81``.

    Args:
        name: As the file system gives it, in Python's spelling of such bytes.
    """
    return storable("".join(_OF_BYTES.get(letter, letter) for letter in name))


def shown_name(name: str) -> str:
    """Return a file's name as it is shown in a sentence."""
    return visible(stored_name(name))


def _of_byte(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return f"%{byte:02X}"


_OF_BYTES = {chr(0xDC00 + byte): _of_byte(byte) for byte in range(0x80, 0x100)}
"""What stands for each byte that is not UTF-8, by the letter that stands for it in Python."""


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


def in_a_row(names: Iterable[str]) -> str:
    """Return the names of files that came together in one line, as they are shown."""
    return ", ".join(shown_names(names))


def said_with(text: str, names: Iterable[str]) -> str:
    """Return a comment with the names of its files behind its words (rule 50)."""
    attached = in_a_row(names)
    return "\n\n".join(part for part in (text, f"Attached: {attached}" if attached else "") if part)


def said_lines(text: str, shown: Iterable[str]) -> list[str]:
    """Return a comment as lines to be shown, with the names of its files in the last (rule 50).

    Args:
        text: Its words; empty for files alone.
        shown: The names of its files, as they are shown.
    """
    words = visible(text, lines=True).split("\n") if text.strip() else []
    attached = ", ".join(shown)
    return [*words, f"Attached: {attached}"] if attached else words or [TAKEN_BACK]


def by_comment(files: Iterable[AttachmentView]) -> dict[int | None, list[str]]:
    """Return the shown names of an incident's files by the comment that they came with.

    Args:
        files: All of them, in the order in which they came: each has its name among all.
    """
    files = tuple(files)
    names: dict[int | None, list[str]] = {}
    for name, file in zip(shown_names(file.name for file in files), files, strict=True):
        names.setdefault(file.comment_id, []).append(name)
    return names


def positions_of(wanted: str, names: Iterable[str]) -> tuple[int, ...]:
    """Return the places, from 0, of the files that a name may mean.

    Args:
        wanted: A name as it was attached, or as it is shown.
        names: Of the files, in the order in which they came.
    """
    names = tuple(names)
    # As it is kept, and as it was before bytes that are not UTF-8 were read.
    meant = {_as_shown(wanted), _as_shown(storable(wanted))}
    return tuple(
        place
        for place, (name, shown) in enumerate(zip(names, shown_names(names), strict=True))
        if meant & {shown, _as_shown(name), _as_shown(visible(name))}
    )


def _as_shown(name: str) -> str:
    return unicodedata.normalize("NFC", one_line(stored_name(name)))


def _numbered(name: str) -> Iterator[str]:
    yield name
    stem, suffix = os.path.splitext(name)
    count = 2
    while True:
        yield f"{stem} ({count}){suffix}"
        count += 1
