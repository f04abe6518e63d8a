"""Reads files to their end before the database is written to, however slow their disk is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile

from eds_tui.domain.errors import InvalidInput, Unavailable
from eds_tui.domain.incident import LARGEST_ATTACHMENT, ChosenFile, too_large

IN_MEMORY = LARGEST_ATTACHMENT
"""Bytes of all files of a form that are held in memory; what is beyond goes to a nameless file."""


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file that has been read: its name, and its bytes piece by piece, once."""

    name: str
    pieces: Iterator[bytes]


@contextmanager
def staged(files: tuple[ChosenFile, ...]) -> Iterator[tuple[StagedFile, ...]]:
    """Read files and give their bytes from a quick place; nobody else waits for a slow one.

    Raises:
        InvalidInput: A file turned out larger than a file may be.
        Unavailable: A file can't be read, or there is no room for a copy.
    """
    with SpooledTemporaryFile(max_size=IN_MEMORY) as copy:
        read = []
        for file in files:
            start, lengths = copy.tell(), []
            with file.open() as contents:
                for data in contents.chunks:
                    lengths.append(len(data))
                    if sum(lengths) > LARGEST_ATTACHMENT:
                        raise InvalidInput({"files": too_large(file.name)})
                    _write(copy, data)
            read.append(StagedFile(file.name, _pieces(copy, start, lengths)))
        yield tuple(read)


def _write(copy: SpooledTemporaryFile[bytes], data: bytes) -> None:
    try:
        copy.write(data)
    except OSError as error:
        sentence = f"There is no room to read the files into ({error.strerror})."
        raise Unavailable(sentence) from error


def _pieces(copy: SpooledTemporaryFile[bytes], start: int, lengths: list[int]) -> Iterator[bytes]:
    copy.seek(start)
    for length in lengths:
        yield copy.read(length)
