"""Files of comments, and what was handed over with which note, and who has read it."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the comment of a file, and the tables of hand-overs, of which no school reads any."""
    _add_comment_of_file()
    op.create_table(
        "hand_overs",
        sa.Column("id", ID, nullable=False),
        sa.Column("submission", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(f"{side}_id", ID, nullable=side != "author") for side in SIDES),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("from_name", sa.Text(), nullable=False),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("to_team", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [f"{side}_id"], ["accounts.id"], name=op.f(f"fk_hand_overs_{side}_id_accounts")
            )
            for side in SIDES
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_overs")),
        sa.UniqueConstraint("submission", name=op.f("uq_hand_overs_submission")),
    )
    _link("hand_over_incidents", "incident", "incidents")
    _link("hand_over_readers", "account", "accounts", sa.Column("at", UTC, nullable=False))


SIDES = ("author", "from", "to")
UTC = sa.DateTime(timezone=True)


def _link(name: str, what: str, other: str, *more: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("hand_over_id", ID, nullable=False),
        sa.Column(f"{what}_id", ID, nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["hand_over_id"], ["hand_overs.id"], name=op.f(f"fk_{name}_hand_over_id_hand_overs")
        ),
        sa.ForeignKeyConstraint(
            [f"{what}_id"], [f"{other}.id"], name=op.f(f"fk_{name}_{what}_id_{other}")
        ),
        sa.PrimaryKeyConstraint("hand_over_id", f"{what}_id", name=op.f(f"pk_{name}")),
    )


def _add_comment_of_file() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.add_column("attachments", sa.Column("comment_id", ID, nullable=True))
        op.create_foreign_key(
            op.f("fk_attachments_comment_id_comments"),
            "attachments", "comments", ["comment_id"], ["id"],
        )  # fmt: skip
    else:
        # SQLite takes the reference with the column or never.
        connection.execute(
            sa.text("ALTER TABLE attachments ADD COLUMN comment_id INTEGER REFERENCES comments(id)")
        )
