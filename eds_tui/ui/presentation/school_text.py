"""A school in words."""

from __future__ import annotations

from eds_tui.domain.school_card import SchoolCard
from eds_tui.domain.text import one_line


def card_lines(card: SchoolCard) -> list[str]:
    """Return a school's card: its numbers, how it is reached and connected, and its people.

    The first two lines have at 80 columns what is asked for most.
    """
    school = card.school
    numbers = (
        ("", "CLOSED" if school.closed else ""), ("Portal", school.portal_number),
        ("LA", school.la_number), ("DfE", school.dfe_number),
        ("URN", school.urn), ("Tel", school.telephone),
    )  # fmt: skip
    connection = " ".join(part for part in (school.connection_type, school.bandwidth) if part)
    reached = (("", connection), ("Notified", school.email))
    lines = [
        one_line(" · ".join(f"{label} {value}".strip() for label, value in pairs if value))
        for pairs in (numbers, reached)
    ]
    lines = [line for line in lines if line]
    for person in school.contacts:
        parts = (person.name, person.job, person.telephone, person.email)
        lines.append(one_line(" · ".join(part for part in parts if part)))
    if card.callers:
        names = ", ".join(caller.name for caller in card.callers)
        lines.append(one_line(f"Rang before: {names}"))
    return lines
