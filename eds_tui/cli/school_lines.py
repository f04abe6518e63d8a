"""Writes schools as plain lines for people, and as JSON for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from eds_tui.cli.plain import NOTHING, table
from eds_tui.domain.clock import full_time
from eds_tui.domain.known_caller import KnownCaller
from eds_tui.domain.school import Contact, School
from eds_tui.domain.school_change import contact_text
from eds_tui.domain.text import visible

_LABEL_WIDTH = 17
_COLUMNS = {
    "Portal": 6, "DfE": 8, "URN": 6, "Telephone": 20, "State": 6, "School": None,
}  # fmt: skip
_FACTS = {
    "portal_number": "Portal number", "name": "Name", "town": "Town", "la_number": "LA number",
    "dfe_number": "DfE number", "urn": "URN", "telephone": "Telephone",
    "email": "Notified address", "connection_type": "Connection type", "bandwidth": "Bandwidth",
}  # fmt: skip


def school_table(schools: Iterable[School]) -> Iterator[str]:
    """Yield a list of schools as lines."""
    return table(_COLUMNS, map(_cells, schools))


def _cells(school: School) -> tuple[str, ...]:
    return (
        school.portal_number, school.dfe_number, school.urn, school.telephone,
        "closed" if school.closed else "", school.title,
    )  # fmt: skip


def school_lines(school: School) -> Iterator[str]:
    """Yield a school with all that is on record of it."""
    for name, label in _FACTS.items():
        yield f"{label:{_LABEL_WIDTH}}{visible(getattr(school, name)) or NOTHING}"
    yield f"{'State':{_LABEL_WIDTH}}{_state(school)}"
    yield "Contacts"
    yield from (f"  {visible(contact_text(contact))}" for contact in school.contacts)
    if not school.contacts:
        yield "  none"


def _state(school: School) -> str:
    return "closed: it takes no new incident" if school.closed else "open"


def school_json(school: School) -> str:
    """Return a school as one line."""
    return json.dumps(school_data(school))


def school_data(school: School) -> dict[str, Any]:
    """Return a school as JSON has it."""
    return {name: getattr(school, name) for name in _FACTS} | {
        "closed": school.closed,
        "contacts": [_contact_data(contact) for contact in school.contacts],
    }


def _contact_data(contact: Contact) -> dict[str, Any]:
    names = ("name", "job", "telephone", "email", "main")
    return {name: getattr(contact, name) for name in names}


def caller_line(caller: KnownCaller) -> str:
    """Return somebody who has rung in one line."""
    rang = f"rang {full_time(caller.called_at)}"
    return visible("  ".join(filter(None, (caller.name, caller.telephone, rang))))


def caller_json(caller: KnownCaller) -> str:
    """Return somebody who has rung as one line of JSON."""
    return json.dumps(
        {
            "name": caller.name,
            "telephone": caller.telephone,
            "called_at": caller.called_at.isoformat(),
        }
    )
