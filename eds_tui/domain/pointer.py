"""Sentences of the program's own that point to another incident, as each reader reads them."""

from __future__ import annotations

from eds_tui.domain.incident import format_number


def dealt_with(number: int | None = None) -> str:
    """Return what is said on an incident that is closed as a duplicate (rule 24).

    It is stored without a number, beside the incident that it points to: whether a reader is told
    the number is decided each time that it is read, since that incident may be hidden later.

    Args:
        number: The number of the incident that it points to, where the reader may see that one.
    """
    pointer = f" as {format_number(number)}" if number is not None else ""
    return f"This fault is being dealt with{pointer}, so this incident is closed."
