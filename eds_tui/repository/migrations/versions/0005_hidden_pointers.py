"""What points to an incident, and what finds it by its words, follows who may know of it."""

import re

import sqlalchemy as sa
from alembic import op

from eds_tui.repository import search_vocabulary
from eds_tui.repository.full_text import full_text_of
from eds_tui.repository.migrations.columns import ensure

revision = "0005"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WITH_NUMBER = re.compile(
    r"This fault is being dealt with as INC(\d+), so this incident is closed\."
)
WITHOUT = "This fault is being dealt with, so this incident is closed."


def upgrade() -> None:
    """Add the table of pointers, and take the numbers out of the texts into it."""
    op.create_table(
        "comment_pointers",
        sa.Column("comment_id", ID, nullable=False),
        sa.Column("incident_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comments.id"], name=op.f("fk_comment_pointers_comment_id_comments")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["incidents.id"],
            name=op.f("fk_comment_pointers_incident_id_incidents"),
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_comment_pointers")),
    )
    pointing = _take_numbers_out()
    ensure("comments", "former_school_id")  # which the full text reads
    connection = op.get_bind()
    search_vocabulary.ensure(connection)
    if connection.dialect.name == "postgresql":
        for incident_id in pointing:
            full_text_of(connection).index(connection, incident_id)
    else:
        # Confidential incidents get a full text of their own.
        full_text_of(connection).create(connection)


def _take_numbers_out() -> list[int]:
    """Return the row ids of the incidents whose comments have changed."""
    connection = op.get_bind()
    found = connection.execute(
        sa.text(
            "SELECT id, incident_id, body FROM comments"
            " WHERE NOT from_school AND NOT internal AND body LIKE :like"
        ),
        {"like": "This fault is being dealt with as INC%"},
    ).all()
    changed = []
    for comment_id, incident_id, body in found:
        if (match := WITH_NUMBER.fullmatch(body)) is None:
            continue
        pointed_to = connection.execute(
            sa.text("SELECT id FROM incidents WHERE number = :number"), {"number": int(match[1])}
        ).scalar_one_or_none()
        if pointed_to is None:
            continue
        values = {"comment": comment_id, "incident": pointed_to, "body": WITHOUT}
        connection.execute(
            sa.text("INSERT INTO comment_pointers VALUES (:comment, :incident)"), values
        )
        connection.execute(sa.text("UPDATE comments SET body = :body WHERE id = :comment"), values)
        changed.append(incident_id)
    return changed
