"""What schools and incidents are found by is folded anew, in one way for every look-up."""

import sqlalchemy as sa
from alembic import op

from eds_tui.domain.folding import school_name
from eds_tui.domain.school import Contact, NewSchool, found_by
from eds_tui.repository import search_vocabulary
from eds_tui.repository.full_text import full_text_of
from eds_tui.repository.migrations.columns import ensure
from eds_tui.repository.schools import telephone_rows

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add what a school is found by, and fill it and the full text from what there is."""
    connection = op.get_bind()
    op.add_column("schools", sa.Column("findable", sa.Text(), nullable=False, server_default=""))
    people: dict[int, list[Contact]] = {}
    for row in connection.execute(sa.text("SELECT school_id, name, telephone FROM contacts")):
        people.setdefault(row.school_id, []).append(Contact(name=row.name, telephone=row.telephone))
    connection.execute(sa.text("DELETE FROM telephones"))
    schools = connection.execute(sa.text("SELECT id, name, town, telephone FROM schools")).all()
    for row in schools:
        contacts = tuple(people.get(row.id, ()))
        school = NewSchool(
            portal_number="",
            name=row.name,
            town=row.town,
            telephone=row.telephone,
            contacts=contacts,
        )
        connection.execute(
            sa.text("UPDATE schools SET folded = :folded, findable = :findable WHERE id = :id"),
            {
                "id": row.id,
                "folded": school_name(f"{row.name} {row.town}"),
                "findable": found_by(school),
            },
        )
        texts = (row.telephone, *(contact.telephone for contact in contacts))
        if telephones := telephone_rows(row.id, texts):
            connection.execute(
                sa.text(
                    "INSERT INTO telephones (school_id, digits, reversed)"
                    " VALUES (:school_id, :digits, :reversed)"
                ),
                telephones,
            )
    ensure("comments", "former_school_id")  # which the full text reads
    _fold_full_text(connection)


def _fold_full_text(connection: sa.Connection) -> None:
    search_vocabulary.ensure(connection)
    full_text = full_text_of(connection)
    if connection.dialect.name == "postgresql":
        for incident_id in connection.execute(sa.text("SELECT id FROM incidents")).scalars().all():
            full_text.index(connection, incident_id)
    else:
        full_text.create(connection)
