"""Reads the texts of incidents as PostgreSQL's full text keeps them, many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from eds_tui.domain.incident import format_number
from eds_tui.domain.search_words import kept_words
from eds_tui.repository.tables import comments, incidents, schools

_original = incidents.alias("original")
_between = incidents.c.id.between(bindparam("first"), bindparam("last"))
_LOGGED = (
    select(
        incidents.c.id, incidents.c.number, incidents.c.school_id, incidents.c.description,
        incidents.c.contact_name, incidents.c.contact_telephone, schools.c.name, schools.c.town,
        _original.c.number.label("original"),
    )
    .join(schools, schools.c.id == incidents.c.school_id)
    .outerjoin(_original, _original.c.id == incidents.c.duplicate_of_id)
    .where(_between)
)  # fmt: skip
# What was between the service centre and a former school is not for this one (rule 40).
_SAID = (
    select(
        comments.c.incident_id, comments.c.body,
        or_(comments.c.internal, comments.c.former_school_id.is_not(None)).label("internal"),
    )
    .where(comments.c.incident_id.between(bindparam("first"), bindparam("last")))
    .order_by(comments.c.incident_id, comments.c.id)
)  # fmt: skip
LONGEST_WORD = 500
"""Characters of a word that count; the database takes words of 2,046 bytes at most."""
_LARGEST_VECTOR = 900_000
"""Bytes of words that are kept of an incident; the database takes a million at most."""
_LAST_PLACE, _MOST_PLACES = 16_383, 255
"""The last place in a text that the database keeps apart, and how many it keeps of a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentText:
    """All that is found in an incident."""

    id: int
    """Its row id."""
    school_id: int
    public: str
    """What its school may see of it."""
    internal: str
    """What is kept from it."""
    public_words: str
    """The words of the first, as the database reads a vector."""
    all_words: str
    words: frozenset[str]
    """The words of both, each as far as it counts."""


def incident_texts(connection: Connection, first: int, last: int) -> Iterator[IncidentText]:
    """Yield the texts of the incidents between two row ids, with all that was said."""
    ends = {"first": first, "last": last}
    said = connection.execute(_SAID, ends).all()
    spoken = {row_id: list(own) for row_id, own in groupby(said, lambda one: one.incident_id)}
    for row in connection.execute(_LOGGED, ends).all():
        yield _of(row, spoken.get(row.id, ()))


def _of(row: Any, said: Iterable[Any]) -> IncidentText:
    texts = (row.description, row.contact_name, row.contact_telephone, row.name, row.town)
    spoken = list(said)
    public = "\n".join(
        (_spellings(row.number), *texts, *(one.body for one in spoken if not one.internal))
    )
    notes = [one.body for one in spoken if one.internal]
    # Its school may not be allowed to know what it is a duplicate of.
    internal = "\n".join([*notes, *([_spellings(row.original)] if row.original else [])])
    open_words, own_words = _cut(public), _cut(internal)
    return IncidentText(
        id=row.id,
        school_id=row.school_id,
        public=public,
        internal=internal,
        public_words=_vector(open_words),
        all_words=_vector([*open_words, *own_words]),
        words=frozenset([*open_words, *own_words]),
    )


def _spellings(number: int) -> str:
    return f"{format_number(number)} INC{number} {number:07d} {number}"


def _cut(text: str) -> list[str]:
    """Return the words of a text in their order, each as far as it counts."""
    return [word[:LONGEST_WORD] for line in kept_words(text) for word in line]


def _vector(words: Sequence[str]) -> str:
    """Return words and their places, as the database reads a vector.

    No word needs a sign to be taken for itself: there are letters and digits in it alone.
    """
    places: dict[str, list[int]] = {}
    size = 0
    for place, word in enumerate(words, 1):
        known = places.setdefault(word, [])
        size += 2 if known else len(word.encode()) + 8
        if size > _LARGEST_VECTOR:
            break
        if len(known) < _MOST_PLACES:
            known.append(min(place, _LAST_PLACE))
    return " ".join(
        f"'{word}':{','.join(map(str, known))}" for word, known in places.items() if known
    )
