"""What is unread, by side; whatever there is counts as read. Whose terminal rings for it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

SIDES = ("centre", "school")


def upgrade() -> None:
    """Add the columns and their indexes; comments come only to what is not closed."""
    for side in SIDES:
        for name in ("news", "seen", "said"):
            op.add_column(
                "incidents",
                sa.Column(f"{side}_{name}", sa.BigInteger(), server_default="0", nullable=False),
            )
    op.execute(
        "UPDATE incidents SET centre_said = (SELECT coalesce(max(id), 0) FROM comments),"
        " school_said = (SELECT coalesce(max(id), 0) FROM comments) WHERE state != 'closed'"
    )
    for name, columns, side in (
        ("unread", ["opened_at", "number"], "centre"),
        ("school_unread", ["school_id"], "school"),
    ):
        condition = sa.text(f"{side}_news > {side}_seen")
        op.create_index(
            f"ix_incidents_{name}",
            "incidents",
            columns,
            unique=False,
            sqlite_where=condition,
            postgresql_where=condition,
        )
    op.add_column(
        "accounts", sa.Column("bell", sa.Boolean(), nullable=False, server_default=sa.false())
    )
