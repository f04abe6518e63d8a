"""Triage fields that several tests look at: of a new incident, and each with a value of its own."""

from __future__ import annotations

from datetime import timedelta

from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.triage_fields import ClockPause, TriageFields
from tests.factories import START

LATER = START + timedelta(hours=3)
UNTIL = START + timedelta(days=2)
FRESH = TriageFields(State.NEW, Priority.NONE)
FULL = TriageFields(
    state=State.ON_HOLD_DEFERRAL,
    priority=Priority.HIGH,
    confidential=True,
    assigned_to_id=7,
    assigned_to="A. Handler",
    team="Networks",
    pauses=(ClockPause(began=START, ended=UNTIL, state=State.ON_HOLD_DEFERRAL),),
    paused_since=START,
    deferred_until=UNTIL,
    waiting_for="The upgrade",
    flag="customer replied",
    resolution_code="fixed",
    resolved_at=LATER,
    closes_at=UNTIL,
    late_when_resolved=True,
    sla_due=LATER,
    warn_at=START,
    warned=2,
    parent_id=3,
    duplicate_of_id=4,
    category=Category.DATA,
    impact=Impact.SITE,
    school_id=2,
    contact_name="Mrs Testing",
    contact_telephone="01772 654321",
    contact_email="head@test-school.example",
    description="It prints nothing at all.",
    channel=Channel.PHONE,
    logged_by="S. Lead",
)
"""Every field with a value of its own."""
