"""Whether a school is closed."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column; every school that there is is open."""
    op.add_column(
        "schools",
        sa.Column("closed", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
