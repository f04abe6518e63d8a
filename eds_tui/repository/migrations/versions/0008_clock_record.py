"""How the clock of a machine goes, and what was at fault when an e-mail was not sent."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the table and the column."""
    op.create_table(
        "clock_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("era", sa.String(length=64), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("since", sa.Double(), nullable=False),
        sa.Column("doubted", MOMENT, nullable=True),
        sa.Column("doubted_since", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_record")),
    )
    op.add_column(
        "notifications",
        sa.Column("fault", sa.String(length=16), server_default="", nullable=False),
    )
