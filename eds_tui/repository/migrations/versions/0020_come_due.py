"""What comes true by the clock has indexes of its own: nothing else is looked through for it."""

from alembic import op
from sqlalchemy import text

revision = "0020"
down_revision = "0018"

_CLOCK_RUNS = "state != 'closed' AND state != 'resolved' AND paused_since IS NULL"
_INDEXES = {
    "auto_close": ("closes_at", "state = 'resolved'"),
    "deferral": ("deferred_until", "state = 'on_hold_deferral'"),
    "warning": ("warn_at", f"{_CLOCK_RUNS} AND warned < 1"),
    "breach": ("sla_due", f"{_CLOCK_RUNS} AND warned < 2"),
}


def upgrade() -> None:
    """Make the indexes, in place of the one that only warnings were found by."""
    for name, (moment, condition) in _INDEXES.items():
        op.create_index(
            f"ix_incidents_come_due_{name}",
            "incidents",
            [moment],
            sqlite_where=text(condition),
            postgresql_where=text(condition),
        )
    op.drop_index("ix_incidents_warn", "incidents")
