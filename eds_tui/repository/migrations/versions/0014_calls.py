"""The words that schools are found by, who has rung from them, how often about an incident."""

import sqlalchemy as sa
from alembic import op

from eds_tui.domain.school import Contact, NewSchool
from eds_tui.domain.school_words import words_of
from eds_tui.repository.column_types import Bytewise, Id

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the tables, and fill the words from the schools that there are."""
    op.create_table(
        "school_words",
        sa.Column("school_id", Id, nullable=False),
        sa.Column("word", Bytewise, nullable=False),
        sa.Column("place", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_school_words_school_id_schools")
        ),
        sa.PrimaryKeyConstraint("school_id", "word", "place", name=op.f("pk_school_words")),
    )
    op.add_column(
        "incidents", sa.Column("chases", sa.Integer(), nullable=False, server_default="0")
    )
    op.add_column("incidents", sa.Column("chased_at", sa.DateTime(timezone=True)))
    op.create_table(
        "known_callers",
        sa.Column("id", Id, nullable=False),
        sa.Column("school_id", Id, nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("telephone", sa.Text(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_known_callers_school_id_schools")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_callers")),
        sa.UniqueConstraint("school_id", "folded", name=op.f("uq_known_callers_school_id_folded")),
    )
    op.create_index("ix_school_words_found", "school_words", ["place", "word", "school_id"])
    _fill_words(op.get_bind())


def _fill_words(connection: sa.Connection) -> None:
    people: dict[int, list[Contact]] = {}
    for row in connection.execute(sa.text("SELECT school_id, name FROM contacts")):
        people.setdefault(row.school_id, []).append(Contact(name=row.name))
    found = connection.execute(
        sa.text("SELECT id, portal_number, name, town, dfe_number, urn FROM schools")
    ).all()
    for row in found:
        values = row._asdict()
        school_id = values.pop("id")
        school = NewSchool(**values, contacts=tuple(people.get(school_id, ())))
        connection.execute(
            sa.text(
                "INSERT INTO school_words (school_id, word, place)"
                " VALUES (:school_id, :word, :place)"
            ),
            [
                {"school_id": school_id, "word": word, "place": place.value}
                for word, place in words_of(school)
            ],
        )
