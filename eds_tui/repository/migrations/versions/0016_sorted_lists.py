"""Indexes for lists by due date and by priority; telephones in the full text by their digits."""

import sqlalchemy as sa
from alembic import op

from eds_tui.repository import search_vocabulary
from eds_tui.repository.full_text import full_text_of

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the indexes, and fill the full text anew.

    What has no due date or no priority stands behind all that has one.
    """
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
    _fill_full_text(op.get_bind())


def _fill_full_text(connection: sa.Connection) -> None:
    search_vocabulary.ensure(connection)
    full_text = full_text_of(connection)
    if connection.dialect.name == "postgresql":
        for incident_id in connection.execute(sa.text("SELECT id FROM incidents")).scalars().all():
            full_text.index(connection, incident_id)
    else:
        full_text.create(connection)
