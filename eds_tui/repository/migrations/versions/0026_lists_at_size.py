"""Indexes that hold just what a list of the queue shows, or what is counted of it."""

from alembic import op
from sqlalchemy import text

revision = "0026"
down_revision = "0025"

_NEWEST = ("opened_at", "number")
_OPEN = "state != 'closed'"
_UNRESOLVED = f"{_OPEN} AND state != 'resolved'"
_HELD = "state IN ('on_hold_change', 'on_hold_customer', 'on_hold_deferral')"
_INDEXES = {
    "mine": (("assigned_to_id", *_NEWEST, "state"), _OPEN),
    "team": (("team", *_NEWEST, "state"), _OPEN),
    "unread": ((*_NEWEST, "assigned_to_id"), "centre_news > centre_seen"),
    "held": ((*_NEWEST, "deferred_until"), _HELD),
    "running": (
        ("sla_due",),
        "state IN ('awaiting_triage', 'in_progress', 'new') AND paused_since IS NULL",
    ),
    "late_when_held": (
        ("sla_due",),
        f"{_UNRESOLVED} AND paused_since IS NOT NULL AND sla_due < paused_since",
    ),
    "flagged": (
        (*_NEWEST, "flag", "deferred_until", "closes_at"),
        "flag != '' OR state = 'on_hold_deferral'",
    ),
    "resolved": ((*_NEWEST, "closes_at"), "state = 'resolved'"),
}
_REPLACED = ("mine", "team", "unread")


def upgrade() -> None:
    """Make the indexes; on PostgreSQL what changes is noted soon enough for them to do alone."""
    for name in _REPLACED:
        op.drop_index(f"ix_incidents_{name}", "incidents")
    for name, (columns, condition) in _INDEXES.items():
        op.create_index(
            f"ix_incidents_{name}",
            "incidents",
            list(columns),
            sqlite_where=text(condition),
            postgresql_where=text(condition),
        )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "ALTER TABLE incidents SET (autovacuum_vacuum_scale_factor = 0.005,"
            " autovacuum_vacuum_insert_scale_factor = 0.005)"
        )
