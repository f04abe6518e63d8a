"""The words of all schools are counted: by them absent words and slips are known."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0022"


def upgrade() -> None:
    """Add the vocabulary of the schools with its version, and fill it from their words."""
    bytewise = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "school_vocabulary",
        sa.Column("word", bytewise, nullable=False),
        sa.Column("named", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_school_vocabulary")),
    )
    op.execute(
        "INSERT INTO sequences (name, value) VALUES ('school words', 0) ON CONFLICT DO NOTHING"
    )
    op.execute(
        "INSERT INTO school_vocabulary (word, named, held)"
        " SELECT word, count(DISTINCT CASE WHEN place < 2 THEN school_id END),"
        " count(DISTINCT school_id) FROM school_words WHERE place < 3 GROUP BY word"
    )
    op.create_index("ix_schools_named", "schools", ["folded", "portal_number"])
    closed = sa.text("closed")
    op.create_index(
        "ix_schools_closed", "schools", ["id"], sqlite_where=closed, postgresql_where=closed
    )
