"""The schema's version: checked at every start, brought up to date by Alembic when it must be."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, MetaData

from eds_tui.domain.errors import SchemaMismatch
from eds_tui.repository import postgres
from eds_tui.repository.engine import WRITING, is_postgres
from eds_tui.repository.tables import metadata
from eds_tui.repository.unit_of_work import Database, in_words

REVISIONS = ("0001", "0002", "0006")
"""Every schema revision this program knows, oldest first; the last is the one it works with."""


def is_current(database: Database) -> bool:
    """Return whether the schema is the one this program works with. Imports no Alembic.

    Raises:
        SchemaMismatch: A newer program made it, or another one; nothing is touched.
        Unavailable: The database can't be read.
    """
    with database.reading() as work:
        revision = work.schema_revision()
        if revision is None and work.is_anything_there():
            raise SchemaMismatch(
                "The database holds tables of another program. Nothing was changed."
            )
    if revision is not None and revision not in REVISIONS:
        raise SchemaMismatch(
            f"The database is of version {revision}, which is newer than this program knows"
            f" ({REVISIONS[-1]}). Nothing was changed. Please use the newer program."
        )
    return revision == REVISIONS[-1]


def take_down(engine: Engine) -> None:
    """Drop every table of this program with all that is in it; of a demonstration alone."""
    with in_words(), engine.begin() as connection:
        found = MetaData()
        ours = {*metadata.tables, "incident_search", "alembic_version"}
        found.reflect(connection, only=lambda name, _: name in ours)
        found.drop_all(connection)


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up to date in one transaction; several programs may try at once.

    Args:
        engine: Of the database.
        revision: The revision to stop at.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    with (
        in_words(),
        engine.connect().execution_options(**{WRITING: True}) as connection,
        connection.begin(),
    ):
        if is_postgres(connection):
            postgres.hold_alone(connection)
            postgres.ensure_school_role(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
