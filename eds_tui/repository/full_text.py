"""Chooses the full-text index of the incidents for the kind of database (rule 35)."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Protocol

from sqlalchemy import Connection, Select
from sqlalchemy.sql.elements import ColumnElement

_WAITING = "eds_texts_to_be_read"
_LAST = 2**62
"""A row id behind all that there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is looked for in the full text, and where."""

    terms: tuple[str, ...]
    """At least one, each known to the full text. The words of a term follow one another, and the
    last may go on; nothing in a term has a meaning to a query language."""
    internal: bool
    """Whether work notes are searched as well (rule 27)."""
    confidential: bool
    """Whether confidential incidents are searched as well (rule 24)."""
    school_ids: tuple[int, ...] = ()
    """Of these schools' incidents only; of all where there is none."""
    or_schools: tuple[int, ...] = ()
    """Or any incident of these schools, which are found by the same text themselves."""
    ids: Select[int] | None = None
    """Selects the row ids of the only incidents that count, where not all do."""
    between: tuple[int, int] | None = None
    """The first and the last row id that count, where not all do."""

    is_near: bool = False
    """Whether those alone count that are between: no index is asked for all of them."""

    def down_to(self, row_id: int) -> Words:
        """Return the same, of incidents from a row id on."""
        first, last = self.between or (row_id, _LAST)
        return replace(self, between=(max(first, row_id), last), is_near=True)


@dataclass(frozen=True, slots=True)
class Walk:
    """Which way to go through the row ids, and from where."""

    start: int | None = None
    """The row id to begin at; ``None`` is the end that the walk leads away from."""
    newer: bool = False
    """Whether the ids go up."""
    inclusive: bool = False
    """Whether the one at the start counts."""


class FullText(Protocol):
    """Keeps the words of each incident, and proposes the incidents that hold some."""

    reach: int
    """Incidents that are looked through at a time for words that follow one another."""
    most: int
    """Incidents that it proposes at a time, where only some of them may be meant."""

    def create(self, connection: Connection) -> None:
        """Make the full text of the incidents anew, and fill it from those that there are."""

    def index(self, connection: Connection, incident_id: int) -> None:
        """Read an incident's texts anew, with comments, work notes and the number it points to."""

    def knows(self, term: str) -> bool:
        """Return whether a term has a letter or digit that the full text keeps."""

    def holding(self, term: str, *, internal: bool, confidential: bool) -> ColumnElement[bool]:
        """Return the condition on incidents that their text holds a term to the letter.

        Each incident that is asked about is read: no index helps.

        Args:
            term: What to look for.
            internal: Whether in work notes as well.
            confidential: Whether in confidential incidents as well.
        """

    def propose(self, connection: Connection, words: Words, walk: Walk) -> Generator[int]:
        """Yield the row ids of the incidents that hold words, in order, each read when wanted."""


@contextmanager
def read_once(connection: Connection) -> Iterator[None]:
    """Read the texts of what is written meanwhile into the full text at its end, each once.

    Until then they are not found by their words.
    """
    connection.info[_WAITING] = waiting = set[int]()
    try:
        yield
    finally:
        del connection.info[_WAITING]
    for incident_id in sorted(waiting):
        full_text_of(connection).index(connection, incident_id)


def index(connection: Connection, incident_id: int) -> None:
    """Read an incident's texts anew: now, or later together with those of others."""
    waiting: set[int] | None = connection.info.get(_WAITING)
    if waiting is None:
        full_text_of(connection).index(connection, incident_id)
    else:
        waiting.add(incident_id)


def full_text_of(connection: Connection) -> FullText:
    """Return the full text as the database of a connection keeps it."""
    # Each brings in the types of its database, which are much to load and to hold.
    if connection.dialect.name == "postgresql":
        from eds_tui.repository.postgres_text import PostgresText

        return PostgresText()
    from eds_tui.repository.sqlite_text import SqliteText

    return SqliteText()
