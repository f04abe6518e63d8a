"""Texts that refer to another incident, with its number for those who may see it (rule 24)."""

from __future__ import annotations

import re
from collections.abc import Collection

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.incident import LARGEST_NUMBER, format_number


def dealt_with(number: int | None = None) -> str:
    """Return what is said on an incident that is closed as a duplicate (rule 24).

    It is stored without a number, beside the incident that it points to: whether a reader learns
    the number is decided each time that it is read, since that incident may be hidden later.

    Args:
        number: The number of the incident that it points to, where the reader may see that one.
    """
    pointer = f" as {format_number(number)}" if number is not None else ""
    return f"This fault is being dealt with{pointer}, so this incident is closed."


_NUMBER = re.compile(r"\bINC(\d+|\s\d{7,})\b", re.IGNORECASE | re.ASCII)


def numbers_in(text: str) -> frozenset[int]:
    """Return the numbers of incidents that a text names: ``INC0123456``, ``inc123456``."""
    found = (int(match) for match in _NUMBER.findall(text))
    return frozenset(number for number in found if 0 < number < LARGEST_NUMBER)


_INSTEAD = {"description": "make this one confidential as well"}


def check_public(field: str, confidential: Collection[int]) -> None:
    """Refuse what the service centre writes to a school if it names a confidential incident.

    A school's own words are never refused so: the refusal would tell it what it must not learn.

    Args:
        field: Where it was typed.
        confidential: The numbers of the confidential incidents among those that it names.

    Raises:
        InvalidInput: There is one.
    """
    if confidential:
        reference = format_number(min(confidential))
        instead = _INSTEAD.get(field, "write a work note")
        sentence = (
            f"{reference} is confidential, and the school would read of it here."
            f" Leave the number out, or {instead}."
        )
        raise InvalidInput({field: sentence})
