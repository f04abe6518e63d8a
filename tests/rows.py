"""Rows of lists of which only some of what they hold tells anything."""

from __future__ import annotations

from datetime import datetime, timedelta

from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.views import IncidentRow
from tests.factories import START


def row(
    number: int, priority: int = 4, due: datetime | None = None, school: str = "A"
) -> IncidentRow:
    """Return a row of which only what lists are sorted by tells anything."""
    return IncidentRow(
        number=number, school_id=1, school=school, details="", contact_name="",
        contact_telephone="", contact_email="", logged_by="", channel=Channel.PHONE,
        category=Category.DATA, impact=Impact.SITE, confidential=False, state=State.NEW,
        priority=Priority(priority), sla_due=due, opened_at=START + timedelta(hours=number),
        closes_at=None,
    )  # fmt: skip
