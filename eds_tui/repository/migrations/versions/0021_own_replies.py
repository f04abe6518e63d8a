"""Replies that somebody keeps for themselves."""

import sqlalchemy as sa
from alembic import op

from eds_tui.repository.column_types import Id

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Add the table, of which no school reads any."""
    op.create_table(
        "own_replies",
        sa.Column("account_id", Id, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_own_replies_account_id_accounts")
        ),
        sa.PrimaryKeyConstraint("account_id", "title", name=op.f("pk_own_replies")),
    )
