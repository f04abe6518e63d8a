"""Checks passwords: one spelling, a length, and not easy to guess."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from enum import Enum
from itertools import groupby

from eds_tui.domain.folding import fold

SHORTEST_PASSWORD = 12
"""Characters that a password has at least."""

LONGEST_PASSWORD = 1024
"""Characters that a password has at most; more is work for the hash and no gain."""

TOO_LONG = f"A password has at most {LONGEST_PASSWORD:,} characters. Nothing of it was cut off."
"""What is said of a longer one, wherever it is typed."""

NOT_UTF8 = "The password is not in UTF-8."
"""What is said of bytes that spell no text."""

CONTROLS = "A password can't have control characters: they can't be typed at the sign-in."
"""What is said of one with a tab or the like."""

_SHORTEST_PERIOD = 8
"""Characters that repeat: fewer make a password that is no better than they are alone."""
_SHORTEST_WORD = 3
_FEWEST_OWN = 5
"""Letters and digits of its own without which a password is a name and a year."""
_MASKS = str.maketrans("013457@$", "oleastas")
"""Digits and signs that stand for letters."""
_TYPED_PER_COMPOSED = 4
"""Characters that are typed for one in its composed spelling, and more than any script needs."""


class Weakness(Enum):
    """Why a password is easy to guess; the value is what the person is told."""

    NAME = (
        "That is too close to a name that belongs to this account: its own, the person's or the"
        " school's. Three or four words that have nothing to do with one another are good."
    )
    RUN = (
        "That is a run, like abcdef, 123456 or keys that lie side by side, and is guessed at once."
        " Three or four words that have nothing to do with one another are good."
    )
    REPEAT = (
        "That repeats a few characters, and is guessed as soon as these are."
        " Three or four words that have nothing to do with one another are good."
    )
    COMMON = (
        "That is a password or a word that many people use, or close to one, and is among the"
        " first that are tried. Three or four words that have nothing to do with one another are"
        " good."
    )


def normal(password: str) -> str:
    """Return the one spelling that is hashed: keyboards differ in how they compose a letter."""
    return unicodedata.normalize("NFC", password)


def spellings(password: str) -> tuple[str, ...]:
    """Return what is compared: the one spelling, and where that differs what was typed.

    Hashes from before passwords were brought into one spelling were made of what was typed.
    """
    return tuple(dict.fromkeys((normal(password), password)))


def is_too_long(password: str) -> bool:
    """Return whether a password has more characters than any may have."""
    # Composing takes its time, and so long a text is none whatever comes of it.
    too_much = len(password) > LONGEST_PASSWORD * _TYPED_PER_COMPOSED
    return too_much or len(normal(password)) > LONGEST_PASSWORD


def form_problem(password: str) -> str | None:
    """Return what is wrong with the form of a new password, or ``None``."""
    if is_too_long(password):
        return TOO_LONG
    if len(normal(password)) < SHORTEST_PASSWORD:
        return f"A password has at least {SHORTEST_PASSWORD} characters."
    kinds = set(map(unicodedata.category, password))
    if "Cs" in kinds:
        return NOT_UTF8
    if "Cc" in kinds:
        return CONTROLS
    return None


def is_made_of(password: str, words: Iterable[str]) -> bool:
    """Return whether hardly anything is left of a password without some words."""
    words = (*words,)
    return any(
        _is_made_of(folded(password), [*map(folded, words)]) for folded in (_folded, _unmasked)
    )


def is_repeated(password: str) -> bool:
    """Return whether a password is a few characters over and over."""
    periods = range(1, min(_SHORTEST_PERIOD, len(password)))
    return any(password[period:] == password[:-period] for period in periods)


def names_of(*texts: str) -> tuple[str, ...]:
    """Return texts that belong to an account, each whole and each word of it."""
    words = (word for text in texts for word in (text, *fold(text).split()))
    return tuple(dict.fromkeys(word for word in words if len(word) >= _SHORTEST_WORD))


def without_doubles(password: str) -> str:
    """Return a password with every character that is the one before it left out."""
    return "".join(char for char, _ in groupby(password))


def _is_made_of(password: str, words: Iterable[str]) -> bool:
    left = password
    for word in sorted(words, key=len, reverse=True):
        if len(word) >= _SHORTEST_WORD:
            left = left.replace(word, "")
    return left != password and len(left) < _FEWEST_OWN


def _folded(text: str) -> str:
    return "".join(fold(text).split())


def _unmasked(text: str) -> str:
    return _folded(text.translate(_MASKS))
