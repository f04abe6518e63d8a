"""How texts are compared in every look-up: of schools, people and incidents (rules 31 and 35).

Text from people is kept as it came; what is compared is folded here, on both sides, so that one
table says which spellings are one, whichever database looks for them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

_APOSTROPHES = frozenset(
    "'`"
    "\N{ACUTE ACCENT}\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
    "\N{SINGLE HIGH-REVERSED-9 QUOTATION MARK}\N{PRIME}\N{FULLWIDTH APOSTROPHE}"
    "\N{MODIFIER LETTER PRIME}\N{MODIFIER LETTER TURNED COMMA}\N{MODIFIER LETTER APOSTROPHE}"
    "\N{MODIFIER LETTER REVERSED COMMA}\N{MODIFIER LETTER RIGHT HALF RING}"
    "\N{MODIFIER LETTER LEFT HALF RING}\N{MODIFIER LETTER VERTICAL LINE}"
    "\N{LATIN SMALL LETTER SALTILLO}"
)
_LETTERS = str.maketrans(
    {
        "ø": "o", "œ": "oe", "æ": "ae", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h",
        "ŧ": "t", "ŋ": "n", "ĸ": "k", "ŀ": "l", "ɨ": "i", "ʉ": "u",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    }
)  # fmt: skip
"""Letters that Unicode takes apart into nothing, as people type them who have no such key."""
_NOT_COMPARED = frozenset({"Mn", "Me", "Cf"})
"""Categories of marks over letters, and of what nobody sees."""
_SIGNS = str.maketrans({"_": "\ue001"})
"""What counts in a full text though it is no letter: a letter of the private area, not typed."""
_COMPOUND = re.compile(r"[^\W_]+(?:[-'][^\W_]+)+|[^\W\d_](?:\.[^\W\d_])+")
"""Words that one sign holds together, and letters with full stops between, once folded."""


def fold_letters(text: str) -> str:
    """Return a text without case, accents, invisible characters and forms of width.

    Every apostrophe becomes ``'``, every dash ``-``, every blank one space; signs stay.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    text = "".join("'" if char in _APOSTROPHES else char for char in text)
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    text = text.translate(_LETTERS)
    kept = (char for char in text if unicodedata.category(char) not in _NOT_COMPARED)
    return "".join(_sign(char) for char in kept)


def _sign(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Pd" or char == "\N{MINUS SIGN}":
        return "-"
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    return "'" if char in _APOSTROPHES else char


def plain(text: str) -> str:
    """Return a text as a number is read from it: usual digits, dashes and blanks, case kept."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    return "".join(_sign(char) for char in text if unicodedata.category(char) != "Cf")


def is_of_word(char: str) -> bool:
    """Return whether a character is part of a word: a letter, a digit, or one of private use."""
    category = unicodedata.category(char)
    return category[0] in "LN" or category == "Co"


def split_words(text: str) -> list[str]:
    """Return the words of a text, with every sign between them: ``Wi-Fi`` is ``wi``, ``fi``."""
    folded = fold_letters(text).replace("&", " and ")
    if folded.isascii():
        return re.findall(r"[a-z0-9]+", folded)
    return "".join(char if is_of_word(char) else " " for char in folded).split()


def join_compounds(text: str) -> str:
    """Return a text in which what one sign holds together is one word: ``Wi-Fi`` is ``wifi``.

    So is ``O'Brien`` ``obrien`` and ``C.E.`` ``ce``.
    """
    return _COMPOUND.sub(lambda match: re.sub(r"['.-]", "", match[0]), fold_letters(text))


def joined_words(text: str) -> list[str]:
    """Return the words of a text, with what one sign holds together as one word."""
    return split_words(join_compounds(text))


def indexed_words(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words that a full text keeps of a text, line by line.

    A line with compounds is kept once more with these joined, and one with underscores once more
    with them, so that it is found, phrases too, by every spelling.
    """
    for line in text.splitlines():
        signs = (_with_signs(line),) if _has_signs(line) else ()
        yield from dict.fromkeys(filter(None, (*_both(line), *signs)))


def spellings(term: str) -> tuple[tuple[str, ...], ...]:
    """Return the sequences of words any of which a full text is to hold for a term, or none.

    An underscore must be there: ``100_`` does not find ``100 %``.
    """
    found = _both(term)
    if _has_signs(term):
        found = (_with_signs(term),) if any(map(str.isalnum, term)) else ()
    return tuple(dict.fromkeys(filter(None, found)))


def _both(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(split_words(text)), tuple(joined_words(text))


def _has_signs(text: str) -> bool:
    return "_" in text


def _with_signs(text: str) -> tuple[str, ...]:
    return tuple(split_words(text.translate(_SIGNS)))


def fold(text: str) -> str:
    """Return text as names are compared: words with single blanks between.

    Case, accents, apostrophes and punctuation do not count, ``&`` is ``and`` and ``Saint`` is
    ``St``: ``St Mary's``, ``st marys`` and ``SAINT MARY’S`` are one.
    """
    words = split_words(fold_letters(text).replace("'", ""))
    return " ".join("st" if word == "saint" else word for word in words)


_SYNONYMS: dict[str, tuple[str, ...]] = {
    "ce": ("church of england", "c of e", "cofe", "c e"),
    "rc": ("roman catholic", "r c"),
    "va": ("voluntary aided", "v a"),
    "vc": ("voluntary controlled", "v c"),
    "jmi": (
        "junior mixed and infants", "junior mixed and infant", "junior mixed infants",
        "junior mixed infant", "junior and mixed infant", "j m i", "jm i", "j m and i",
    ),
    "st": ("saint",),
    "sts": ("saints", "ss"),
}  # fmt: skip
"""What schools call themselves by, and the other spellings of it."""
_SPELLED = sorted(
    ((tuple(spelling.split()), short) for short, many in _SYNONYMS.items() for spelling in many),
    key=lambda pair: -len(pair[0]),
)


def school_words(text: str) -> list[tuple[str, bool]]:
    """Return the words of a school's name, what has several spellings in the short one.

    Returns:
        Each word, and whether it stands for another spelling: it is meant as it is then, and not
        as the beginning of a longer word.
    """
    words = split_words(fold_letters(text).replace("'", ""))
    found: list[tuple[str, bool]] = []
    while words:
        for spelled, short in _SPELLED:
            if tuple(words[: len(spelled)]) == spelled:
                found.append((short, True))
                del words[: len(spelled)]
                break
        else:
            found.append((words.pop(0), False))
    return found


def school_name(text: str) -> str:
    """Return a school's name as it is compared and sorted by."""
    return " ".join(word for word, _ in school_words(text))


def findable(name: str, others: Sequence[str] = ()) -> str:
    """Return all words by which a school is found, between single blanks, with one at each end.

    Args:
        name: Its name and town.
        others: Whatever else it is found by, as the names of its contacts.
    """
    words = school_name(name).split()
    spelled = [each for word in words for each in _SYNONYMS.get(word, ())]
    texts = [" ".join(words), *spelled, " ".join(joined_words(name)), *map(fold, others)]
    return f" {' '.join(dict.fromkeys(texts))} "
