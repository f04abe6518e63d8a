"""Drafts belong to a session and a school."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns; what was typed until now was typed for the school of the account."""
    for column in (
        sa.Column("session", sa.String(length=32), server_default="", nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("school_id", ID, nullable=True),
    ):
        op.add_column("drafts", column)
    op.execute(
        "UPDATE drafts SET school_id ="
        " (SELECT COALESCE(school_id, 0) FROM accounts WHERE accounts.id = drafts.account_id)"
    )
