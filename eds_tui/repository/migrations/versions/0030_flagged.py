"""The index of what is flagged holds all that tells whether it is: no row is read for that."""

from alembic import op
from sqlalchemy import text

revision = "0030"
down_revision = "0029"

_NAME = "ix_incidents_flagged"
_COLUMNS = ("opened_at", "number", "flag", "deferred_until", "closes_at", "state")
_CONDITION = text("flag != '' OR state = 'on_hold_deferral'")


def upgrade() -> None:
    """Make the index anew."""
    op.drop_index(_NAME, "incidents")
    op.create_index(
        _NAME, "incidents", list(_COLUMNS), sqlite_where=_CONDITION, postgresql_where=_CONDITION
    )
