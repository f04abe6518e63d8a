"""Which modules hold the rules that a survivor matters most in."""

from __future__ import annotations

from collections.abc import Mapping

RULES: Mapping[str, tuple[str, ...]] = {
    "visibility": (
        "eds_tui/domain/unread.py",
        "eds_tui/repository/incident_rows.py",
        "eds_tui/repository/incident_statements.py",
        "eds_tui/repository/search_filters.py",
        "eds_tui/repository/wall.py",
        "eds_tui/services/attachments.py",
        "eds_tui/services/core/lookup.py",
        "eds_tui/services/queue.py",
    ),
    "permissions": (
        "eds_tui/domain/account.py",
        "eds_tui/domain/decision_checks.py",
        "eds_tui/domain/session.py",
        "eds_tui/domain/throttle.py",
        "eds_tui/services/accounts.py",
        "eds_tui/services/history.py",
        "eds_tui/services/sign_in.py",
    ),
    "states": (
        "eds_tui/domain/decision.py",
        "eds_tui/domain/deferral.py",
        "eds_tui/domain/lifecycle.py",
        "eds_tui/domain/triage.py",
        "eds_tui/domain/triage_decisions.py",
        "eds_tui/domain/triage_fields.py",
        "eds_tui/domain/undo.py",
        "eds_tui/services/core/timed_transitions.py",
    ),
    "service hours": (
        "eds_tui/domain/calendar.py",
        "eds_tui/domain/london.py",
        "eds_tui/domain/service_hours.py",
        "eds_tui/domain/service_level.py",
        "eds_tui/domain/targets.py",
    ),
}
"""The modules of each group of rules, from the tree's folder."""


def group_of(path: str) -> str:
    """Return the group of rules that a module belongs to, or ""."""
    return next((name for name, paths in RULES.items() if path in paths), "")
