"""Who somebody is: what slows guessing down, and which password a session was begun with."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the table and the column; a lock of before is none any more."""
    op.create_table(
        "sign_in_counts",
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("empty_at", MOMENT, nullable=False),
        sa.Column("turn_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_counts")),
    )
    op.add_column(
        "accounts",
        sa.Column("password_version", sa.Integer(), server_default="0", nullable=False),
    )
    op.execute("UPDATE accounts SET wrong_in_a_row = 0, locked_until = NULL")
