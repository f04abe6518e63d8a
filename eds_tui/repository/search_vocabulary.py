"""Keeps the words of the full text, so that what begins a word becomes whole ones (rule 35).

A full text puts what all words with a beginning have found together before it gives the first; of
whole words it gives one incident after the other. Numbers are not kept: there are as many of them
as incidents, each in one, and these the full text finds soon enough by their beginnings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, select
from sqlalchemy import text as sql

from eds_tui.repository.engine import is_postgres
from eds_tui.repository.tables import search_words

MOST = 1_000
"""Words with a beginning that are looked for one by one."""
SHORTEST = 3
"""Letters from which on it is done: what begins with fewer has an index of its own."""

_NUMBER = re.compile(r"(?:inc)?\d+")
_PAST = "\U0010ffff"
_KEEP = "INSERT INTO search_words (word) {words} ON CONFLICT (word) DO NOTHING"
_KEEP_ON_SQLITE = sql(_KEEP.format(words="SELECT value FROM json_each(:words) WHERE true"))
_KEEP_ON_POSTGRES = sql(_KEEP.format(words="SELECT unnest(CAST(:words AS text[]))"))
_BEGINNING = (
    select(search_words.c.word)
    .where(search_words.c.word >= bindparam("first"), search_words.c.word < bindparam("past"))
    .limit(MOST + 1)
)


def ensure(connection: Connection) -> None:
    """Make the table of the words, unless it is there."""
    search_words.create(connection, checkfirst=True)


def is_kept(word: str) -> bool:
    """Return whether a word is kept: not a number, nor the number of an incident."""
    return _NUMBER.fullmatch(word) is None


def keep(connection: Connection, words: Iterable[str]) -> None:
    """Keep words of a text; those that nobody has any more stay, and find nothing."""
    # In one order, so that no two writers wait for each other.
    wanted = sorted({word for word in words if is_kept(word.lower())})
    if is_postgres(connection):
        connection.execute(_KEEP_ON_POSTGRES, {"words": wanted})
    else:
        connection.execute(_KEEP_ON_SQLITE, {"words": json.dumps(wanted)})


def spelled_out(connection: Connection, words: Sequence[str]) -> list[tuple[str, ...]] | None:
    """Return the sequences of whole words that begin with some, or ``None`` where it can't be said.

    Args:
        connection: Of the transaction.
        words: What follows one another; the last may go on.
    """
    *before, last = words
    # Every number begins with what may be the beginning of one.
    if len(last) < SHORTEST or not is_kept(last) or "inc".startswith(last):
        return None
    values = {"first": last, "past": last + _PAST}
    found = connection.execute(_BEGINNING, values).scalars().all()
    return [(*before, word) for word in found] if len(found) <= MOST else None
