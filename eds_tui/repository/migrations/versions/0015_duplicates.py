"""The duplicates of an incident are found from the incident that they are duplicates of."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the index; few incidents are duplicates, and the others are not in it."""
    condition = sa.text("duplicate_of_id IS NOT NULL")
    op.create_index(
        "ix_incidents_duplicates",
        "incidents",
        ["duplicate_of_id"],
        sqlite_where=condition,
        postgresql_where=condition,
    )
