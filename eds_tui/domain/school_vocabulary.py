"""All words that schools are found by, and which of them were meant by what was typed (rule 31)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from string import ascii_lowercase, digits

from eds_tui.domain.school_words import LONG, fewest, slips, takes_slips

_PAST = "\U0010ffff"
_BETWEEN = "\n"
_LETTERS = ascii_lowercase + digits
_PIECES = 3
"""Pieces of a long word: two slips leave one of them as it is."""
_SHORTEST_HALF = 2
"""Letters of a word that was typed together with the next."""


class Vocabulary:
    """The words of all schools' names, towns and contacts; numbers are none of them.

    Args:
        words: Each with the schools that have it in name or town, and those that have it at all.
    """

    def __init__(self, words: Iterable[tuple[str, int, int]]) -> None:
        kept = sorted(words)
        self._words = [word for word, _, _ in kept]
        self._named = frozenset(word for word, named, _ in kept if named)
        self._held = {word: held for word, _, held in kept}
        self._counts = [0, *accumulate(held for _, _, held in kept)]
        self._text = _BETWEEN + _BETWEEN.join(self._words) + _BETWEEN

    def count(self, typed: str) -> int:
        """Return how many schools have a word that begins so, at most."""
        first, last = self._range(typed)
        return self._counts[last] - self._counts[first]

    def count_of(self, words: Iterable[str]) -> int:
        """Return how many schools have any of some words, at most."""
        return sum(self._held.get(word, 0) for word in words)

    def holding(self, part: str) -> frozenset[str]:
        """Return the words of names and towns that hold something inside, not at the beginning."""
        return frozenset(word for word in self.parts(part) if not word.startswith(part))

    def parts(self, part: str) -> frozenset[str]:
        """Return the words of names and towns that begin with something, or hold it inside."""
        return self._named & self._with(part)

    def near(self, typed: str) -> tuple[frozenset[str], ...]:
        """Return the words that were meant by one that was mistyped, in sets, the likeliest first.

        The first letters are seldom the wrong ones.
        """
        if not takes_slips(typed):
            return ()
        near = slips(typed, self._one_slip_away(typed))
        if not near and len(typed) >= LONG:
            near = slips(typed, self._with_a_piece_of(typed))
        found = []
        for beginning in (typed[:3], typed[:1], typed[1:2], ""):
            begun = {
                word: each for word, each in near.items() if each and word.startswith(beginning)
            }
            if begun:
                found.append(fewest(begun))
        return tuple(dict.fromkeys(found))

    def parted(self, typed: str) -> tuple[str, str] | None:
        """Return the two words that were typed as one, or ``None``; the second may go on."""
        places = range(len(typed) - _SHORTEST_HALF, _SHORTEST_HALF - 1, -1)
        halves = ((typed[:place], typed[place:]) for place in places)
        return next((two for two in halves if two[0] in self._held and self.count(two[1])), None)

    def _range(self, beginning: str) -> tuple[int, int]:
        first = bisect_left(self._words, beginning)
        return first, bisect_left(self._words, beginning + _PAST, first)

    def _begins(self, typed: str) -> bool:
        at = bisect_left(self._words, typed)
        return at < len(self._words) and self._words[at].startswith(typed)

    def _with(self, part: str) -> set[str]:
        found, text, at = set(), self._text, self._text.find(part)
        while at >= 0:
            end = text.index(_BETWEEN, at)
            found.add(text[text.rindex(_BETWEEN, 0, at) + 1 : end])
            at = text.find(part, end)
        return found

    def _one_slip_away(self, typed: str) -> set[str]:
        found: set[str] = set()
        for spelling in self._spelled_otherwise(typed):
            first, last = self._range(spelling)
            found.update(self._words[first:last])
        return found

    def _with_a_piece_of(self, typed: str) -> set[str]:
        size = len(typed) // _PIECES
        first, last = self._range(typed[:size])
        found = {*self._words[first:last]}
        return found | self._with(typed[size : 2 * size]) | self._with(typed[2 * size :])

    def _spelled_otherwise(self, typed: str) -> Iterator[str]:
        """Yield the beginnings that are one slip away, of those that some word has."""
        for place in range(len(typed) + 1):
            before, after = typed[:place], typed[place:]
            if not self._begins(before):
                return
            ways = [after[1:], *(letter + after[1:] for letter in _LETTERS)]
            ways += [letter + after for letter in _LETTERS]
            ways.append(after[1:2] + after[:1] + after[2:])
            yield from filter(self._begins, (before + way for way in ways))
