"""Compares telephone numbers by their digits, however they are written (rule 31)."""

from __future__ import annotations

import re

from eds_tui.domain.folding import plain

_SHORTEST = 4
_UK = 44
_LABEL = re.compile(
    r"^\s*(?:tel(?:ephone)?|phone|mob(?:ile)?|fax|t|m|f)\b\s*[.:]*\s*", re.IGNORECASE
)
_EXTENSION = re.compile(r"[\s,;]*(?:extension|extn|ext|x|#)\s*[.:]?\s*\d+\s*$", re.IGNORECASE)
_FROM_ABROAD = re.compile(r"\s*(?:\+|00)\s*44[\s.-]*(?:\(0\))?")
_FROM_ABROAD_BARE = re.compile(r"\s*44(?=(?:[\s().-]*\d){9,10}[\s().-]*$)(?:[\s.-]*\(0\))?")


def telephone_numbers(text: str) -> tuple[str, ...]:
    """Return the national digits of every telephone number in a text, in its order.

    ``+44 (0)1772 123456``, ``44 1772 123456`` and ``Head (01772) 123456 ext 4`` all give
    ``01772123456``; an extension does not count, and a fax machine's number does.
    """
    import phonenumbers  # takes longer to load than all else here, and is seldom needed

    text = _FROM_ABROAD_BARE.sub("+44 ", plain(text), count=1)
    matches = phonenumbers.PhoneNumberMatcher(text, "GB", phonenumbers.Leniency.POSSIBLE)
    numbers = [match.number for match in matches]
    for candidate in () if numbers else (text, text[_first_digit(text) :]):
        try:
            numbers = [phonenumbers.parse(candidate, "GB")]
        except phonenumbers.NumberParseException:
            continue
        break
    return tuple(
        dict.fromkeys(
            "0" * (number.country_code == _UK) + phonenumbers.national_significant_number(number)
            for number in numbers
        )
    )


def _first_digit(text: str) -> int:
    return next((place for place, char in enumerate(text) if char.isdigit() or char == "+"), 0)


def dialled_digits(text: str) -> str:
    """Return the digits of a number, or of part of one, as they are dialled in this country.

    What a look-up text that can't be a number gives is ``""``: fewer than four digits, or letters
    that are no label and no extension.
    """
    rest = _EXTENSION.sub("", _LABEL.sub("", plain(text), count=1)).strip(" ,;.:")
    rest = _FROM_ABROAD_BARE.sub("0", _FROM_ABROAD.sub("0", rest, count=1), count=1)
    digits = re.sub(r"\D", "", rest, flags=re.ASCII)
    is_number = all(char in "0123456789+()-. /" for char in rest)
    return digits if is_number and len(digits) >= _SHORTEST else ""


def behind(digits: str) -> str:
    """Return the first digits, as text, behind all that begin so; none are behind nines."""
    kept = digits.rstrip("9")
    return kept and kept[:-1] + str(int(kept[-1]) + 1)
