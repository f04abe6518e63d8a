"""Indexes along which open incidents are read by due date and by priority."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0011"


def upgrade() -> None:
    """Add them; what has no due date or no priority stands behind all that has one."""
    never = "'9999-12-30 00:00:00.000000'"
    if op.get_bind().dialect.name == "postgresql":
        never = "'9999-12-30 00:00:00+00'::timestamp with time zone"
    not_closed = sa.text("state != 'closed'")
    for name, place in {
        "by_due": f"coalesce(sla_due, {never})",
        "by_priority": "coalesce(nullif(priority, 0), 9)",
    }.items():
        op.create_index(
            f"ix_incidents_{name}",
            "incidents",
            [sa.text(place), "number"],
            sqlite_where=not_closed,
            postgresql_where=not_closed,
        )
