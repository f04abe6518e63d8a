"""Compares telephone numbers by their digits, however they are written (rule 31)."""

from __future__ import annotations

import re

_SHORTEST = 4


def telephone_digits(text: str) -> str:
    """Return the national digits of the first telephone number in a text.

    ``+44 (0)1772 123456``, ``0044 1772 123456`` and ``Head (01772) 123456 ext 4`` all give
    ``01772123456``; an extension does not count. A text without a number gives ``""``.
    """
    import phonenumbers  # takes longer to load than all else here, and is seldom needed

    for candidate in (text, text[_first_digit(text) :]):
        try:
            number = phonenumbers.parse(candidate, "GB")
        except phonenumbers.NumberParseException:
            continue
        return "0" * (number.country_code == _UK) + phonenumbers.national_significant_number(number)
    return ""


_UK = 44
_EXTENSION = re.compile(r"(ext|extn|extension|x)\.?\s*\d+\s*$", re.IGNORECASE)


def _first_digit(text: str) -> int:
    return next((place for place, char in enumerate(text) if char.isdigit() or char == "+"), 0)


def is_telephone_query(text: str) -> bool:
    """Return whether a look-up text is to be read as (part of) a telephone number."""
    rest = _EXTENSION.sub("", text).strip()
    digits = sum(char.isdigit() for char in rest)
    return digits >= _SHORTEST and all(char.isdigit() or char in "+()-. /" for char in rest)


_FROM_ABROAD = re.compile(r"\s*(\+|00)\s*44[\s.-]*(\(0\))?")


def dialled_digits(text: str) -> str:
    """Return the digits of a number, or of part of one, as they are dialled in this country."""
    return re.sub(r"\D", "", _FROM_ABROAD.sub("0", _EXTENSION.sub("", text), count=1))
