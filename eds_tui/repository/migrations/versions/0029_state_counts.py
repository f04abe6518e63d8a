"""How many incidents are in each state is kept: the lists are not counted row by row."""

import sqlalchemy as sa
from alembic import op

from eds_tui.repository import state_counts

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Add the numbers, and count them."""
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "state_counts",
        sa.Column("id", row_id, nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_counts")),
    )
    state_counts.fill(op.get_bind())
