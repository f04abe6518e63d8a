"""The telling words of what is open are kept: what reads alike is found among all of it."""

import sqlalchemy as sa
from alembic import op

from eds_tui.repository import open_words

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Add the words, and fill them from what is open."""
    bytewise = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    row_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "open_words",
        sa.Column("word", bytewise, nullable=False),
        sa.Column("incident_id", row_id, nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_open_words_incident_id_incidents")
        ),
        sa.PrimaryKeyConstraint("word", "incident_id", name=op.f("pk_open_words")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_open_words_incident_id"), "open_words", ["incident_id"])
    open_words.fill(op.get_bind())
