"""The words that a school is found by, and which of them somebody meant who mistyped (rule 31)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum

from eds_tui.domain.folding import school_name
from eds_tui.domain.school import NewSchool, dfe_digits, found_by

MOST_COUNTED = 500
"""Schools up to which those that have a word are counted; there may be more."""
_SURE = 4
"""Letters from which on a slip is forgiven: of fewer, every word would be another's slip."""
LONG = 8
"""Letters from which on two are."""


class Place(IntEnum):
    """Where a word of a school stands; what is more likely meant comes first."""

    FIRST = 0
    """Its name begins with it."""
    NAMED = 1
    """It is in its name or town."""
    OTHER = 2
    """It is of another spelling, or of a contact's name."""
    NUMBER = 3
    """It is one of its numbers."""


def found_count(total: int) -> str:
    """Return how many schools were found; of very many it is only said that there are so many."""
    return f"{total:,}" if total < MOST_COUNTED else f"{MOST_COUNTED:,} or more"


def words_of(school: NewSchool) -> dict[tuple[str, Place], None]:
    """Return every word that a school is found by, with each place where it stands.

    A portal number is found without its zeros in front as well.
    """
    named = school_name(f"{school.name} {school.town}").split()
    number = school.portal_number
    numbers = (number, number.lstrip("0"), dfe_digits(school.dfe_number), school.urn)
    places: list[tuple[str, Place]] = [
        *((word, Place.FIRST) for word in named[:1]),
        *((word, Place.NAMED) for word in named[1:]),
        *((word, Place.OTHER) for word in found_by(school).split() if word not in named),
        *((each, Place.NUMBER) for each in numbers if each),
    ]
    return dict.fromkeys(places)


def takes_slips(typed: str) -> bool:
    """Return whether a word may be the slip of another one: not a short one, and no number."""
    return len(typed) >= _SURE and not typed.isdigit()


def meant(typed: str, words: Iterable[str]) -> frozenset[str]:
    """Return the words that somebody may have meant who mistyped the beginning of one.

    Args:
        typed: What was typed, folded.
        words: Those that there are.
    """
    return fewest(slips(typed, words))


def slips(typed: str, words: Iterable[str]) -> dict[str, int]:
    """Return how many slips make what was typed of the beginning of each word that they may.

    A slip is a letter too many, one that is missing or another one, or two that are swapped; there
    is one in a word, or two in one of eight letters and more.

    Args:
        typed: What was typed, folded.
        words: Those that there are.
    """
    if not takes_slips(typed):
        return {}
    # Loaded once somebody mistypes: most look-ups need none of it.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    most = 2 if len(typed) >= LONG else 1
    near = [word for word in words if len(word) >= len(typed) - most]
    found: dict[str, int] = {}
    # What was typed is the beginning of a word, as long as that is without the slips.
    for length in range(len(typed) - most, len(typed) + most + 1):
        beginnings = [word[:length] for word in near]
        for _, number, place in process.extract(
            typed, beginnings, scorer=OSA.distance, score_cutoff=most, limit=None
        ):
            word = near[place]
            found[word] = min(number, found.get(word, number))
    return found


def fewest(found: Mapping[str, int]) -> frozenset[str]:
    """Return the words with the fewest slips."""
    least = min(found.values(), default=0)
    return frozenset(word for word, each in found.items() if each == least)
