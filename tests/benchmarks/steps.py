"""What is sent to a database by an action, as text for another process."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

NUMBER, ROW_ID, KEY = 7_000_001, 8_000_001, "submission-of-the-recording"
"""Values in recorded statements in whose place the bare program puts its own."""

BEGIN_READING, BEGIN_WRITING, COMMIT, ROLLBACK = "begin reading", "begin writing", "commit", "undo"


HOLDS = "pg_advisory_xact_lock"
"""Stands in the statement after which a form is this writer's alone."""
DRAWN, COUNTED = "SELECT nextval('incident_numbers')", "UPDATE sequences"
"""How the statement begins that takes a number, from PostgreSQL's sequence and from a counter."""
_AS_JSON, _MOMENT = "sent as JSON", "a moment"


@dataclass(frozen=True)
class Step:
    """A statement as the product sent it, or the begin or the end of a transaction."""

    statement: str
    values: Any = None


@dataclass(frozen=True)
class AsJson:
    """A value that the driver is to send as JSON."""

    value: Any


Steps = Mapping[str, Sequence[Step]]
"""What each action sends."""


def text_of(steps: Steps) -> str:
    """Return steps as text, for another process."""
    return json.dumps(
        {
            action: [(step.statement, step.values) for step in sent]
            for action, sent in steps.items()
        },
        default=_told,
    )


def steps_from(text: str) -> Steps:
    """Return the steps of a text."""
    return {
        action: [Step(statement, values) for statement, values in sent]
        for action, sent in json.loads(text, object_hook=_understood).items()
    }


def _told(value: object) -> dict[str, object]:
    if isinstance(value, AsJson):
        return {_AS_JSON: value.value}
    assert isinstance(value, datetime)
    return {_MOMENT: value.isoformat()}


def _understood(found: dict[str, Any]) -> object:
    if _AS_JSON in found:
        return AsJson(found[_AS_JSON])
    return datetime.fromisoformat(found[_MOMENT]) if _MOMENT in found else found
