"""Finds schools by the words they are kept under, without reading all schools for a key (rule 31).

What begins a word comes from an index. Only where that gives less than a list of them it is looked
for what is inside a word; and only where that gives nothing, for a slip. Which words there are is
known beforehand: an absent one costs the database nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from eds_tui.domain.school import SchoolLookup
from eds_tui.domain.school_words import MOST_COUNTED
from eds_tui.repository.engine import is_postgres
from eds_tui.repository.school_statement import Found, SchoolStatement, Word
from eds_tui.repository.school_vocabulary import vocabulary_of

_MANY = 1_000
"""Schools with a word inside another from which on they are gone through by name."""
_FEW = 1_500
"""Schools with a word up to which each of them is looked at for the others that were typed."""
_MANY_BEGUN = 200
"""Schools with a word from which on it is looked first whether names that begin with it do."""


class SchoolFinding:
    """Finds schools by one text.

    Args:
        connection: Of the transaction.
        lookup: What is looked for.
        closed: Whether closed schools are among what is found.
    """

    def __init__(self, connection: Connection, lookup: SchoolLookup, *, closed: bool) -> None:
        self._connection = connection
        self._lookup = lookup
        self._closed = closed
        self._vocabulary = vocabulary_of(connection)

    def found(self, limit: int) -> Found:
        """Return the schools that are found: best first, ``limit`` at most."""
        ids, total = self._likeliest(limit) or self._begun(limit)
        if len(ids) < limit and self._lookup.words:
            more, further = self._held_inside(ids, limit - len(ids))
            ids, total = ids + more, total + further
        return (ids, total) if ids else self._by_slips(limit)

    def _statement(
        self, limit: int, known: Sequence[int] = (), *, few: bool = False
    ) -> SchoolStatement:
        on_postgres = is_postgres(self._connection)
        return SchoolStatement(self._lookup, limit, self._closed, known, on_postgres, few)

    def _typed(self, text: str) -> Word:
        whole = text in self._lookup.whole
        return Word(text, begins=not whole, whole=whole)

    def _count(self, text: str) -> int:
        """Return how many schools have what was typed; of numbers it is not known."""
        if text.isdigit():
            return 1
        whole = text in self._lookup.whole
        return self._vocabulary.count_of([text]) if whole else self._vocabulary.count(text)

    def _likeliest(self, limit: int) -> Found | None:
        """Return those whose names begin with the one word, where these fill the list."""
        lookup = self._lookup
        if len(lookup.words) != 1 or lookup.number or lookup.telephone:
            return None
        word = self._typed(lookup.words[0])
        if self._count(word.text) < _MANY_BEGUN:
            return None
        ids, total = self._statement(limit).named_first(word).run(self._connection)
        if len(ids) < limit:
            return None
        if total < MOST_COUNTED:
            total = self._statement(limit).having([word], numbers=False).count(self._connection)
        return ids, total

    def _begun(self, limit: int) -> Found:
        """Return those that have what was typed at the beginning of words, or are so numbered."""
        lookup = self._lookup
        known = sorted(lookup.words, key=self._count) if all(map(self._count, lookup.words)) else []
        if not (known or lookup.number or lookup.telephone or lookup.literal):
            return (), 0
        words = [self._typed(text) for text in known]
        few = len(known) > 1 and self._count(known[0]) <= _FEW
        statement = self._statement(limit, few=few)
        return statement.having(words, numbers=True).run(self._connection)

    def _held_inside(self, known: Sequence[int], limit: int) -> Found:
        """Return those that have every word anywhere, and one inside another."""
        texts, whole = self._lookup.words, self._lookup.whole
        if len(texts) > 1 and all(map(str.isdigit, texts)):
            return (), 0  # A telephone number in its parts, none of which is inside a name.
        holding = {
            text: frozenset() if text in whole else self._vocabulary.holding(text) for text in texts
        }
        if not any(holding.values()):
            return (), 0
        counts = {
            text: self._vocabulary.count_of(holding[text])
            + (self._count(text) if len(texts) > 1 else 0)
            for text in texts
        }
        if not all(counts.values()):
            return (), 0
        words = [
            Word(text, begins=len(texts) > 1 and text not in whole, whole=text in whole,
                 named=holding[text])
            for text in sorted(texts, key=counts.__getitem__)
        ]  # fmt: skip
        statement = self._statement(limit, known)
        if min(counts.values()) >= _MANY:
            return statement.along_names(words).run(self._connection, counted=False)
        return statement.having(words, numbers=False).run(self._connection)

    def _by_slips(self, limit: int) -> Found:
        """Return those that were meant by somebody who mistyped, the likeliest reading first."""
        for words in self._readings():
            words.sort(key=self._size)
            found = self._statement(limit).having(words, numbers=False).run(self._connection)
            if found[1]:
                return found
        return (), 0

    def _readings(self) -> Iterator[list[Word]]:
        """Yield the words that may have been meant.

        First what there is no such word of is a slip, then what there is as well; at last two words
        have been typed as one.
        """
        vocabulary, texts = self._vocabulary, self._lookup.words
        absent = [text for text in texts if not self._count(text)]
        near = {text: vocabulary.near(text) for text in absent}
        if absent and all(near.values()):
            for reading in range(max(map(len, near.values()))):
                yield [
                    Word(text, meant=near[text][min(reading, len(near[text]) - 1)])
                    if text in absent
                    else self._typed(text)
                    for text in texts
                ]
        if all(near.values()):
            near |= {text: vocabulary.near(text) for text in texts if text not in absent}
            if any(near.values()):
                yield [
                    replace(self._typed(text), meant=frozenset[str]().union(*near[text]))
                    for text in texts
                ]
        parted = {text: vocabulary.parted(text) for text in absent}
        if parted and all(parted.values()):
            yield [word for text in texts for word in self._one_or_two(text, parted.get(text))]

    def _one_or_two(self, text: str, parted: tuple[str, str] | None) -> tuple[Word, ...]:
        if parted is None:
            return (self._typed(text),)
        return Word(parted[0], whole=True), Word(parted[1], begins=True)

    def _size(self, word: Word) -> int:
        """Return how many schools a word is of, about."""
        size = self._count(word.text) if word.begins or word.whole else 0
        return size + self._vocabulary.count_of(word.meant | word.named)
