"""When an attached file was taken back, whose bytes are then gone."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add the column; nothing has been taken back so far."""
    op.add_column("attachments", sa.Column("taken_back_at", sa.DateTime(timezone=True)))
