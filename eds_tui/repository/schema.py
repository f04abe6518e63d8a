"""Checks the version of the schema at every start, and upgrades it with Alembic."""

from __future__ import annotations

from pathlib import Path
from warnings import catch_warnings, filterwarnings

from sqlalchemy import Engine, MetaData

from eds_tui.domain.errors import OutOfReach, SchemaMismatch
from eds_tui.repository import postgres, wall
from eds_tui.repository.engine import for_writing, is_postgres
from eds_tui.repository.outages import in_words
from eds_tui.repository.tables import metadata
from eds_tui.repository.unit_of_work import Database

REVISIONS = (
    "0001", "0002", "0003", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012", "0013",
    "0014", "0015", "0016", "0017", "0018", "0020", "0024", "0025",
)  # fmt: skip
"""Every schema revision this program knows, oldest first; the last is the one it works with."""

_NEWEST = "head"


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


def refuse_empty_file(database: Database) -> None:
    """Refuse a SQLite file without any table: something has emptied it, or it was never filled.

    Raises:
        OutOfReach: It is one.
    """
    if is_postgres(database.engine):
        return
    with database.reading() as work:
        empty = not work.is_anything_there()
    if empty:
        raise OutOfReach(
            f"The file {database.engine.url.database} is empty, and none is filled in passing. To"
            " make a new database there: eds-tui db upgrade"
        )


def take_down(engine: Engine) -> None:
    """Drop every table of this program with all that is in it; of a demonstration alone."""
    with in_words(), for_writing(engine).begin() as connection:
        found = MetaData()
        ours = {
            *metadata.tables, "incident_search", "incident_search_confidential", "alembic_version",
        }  # fmt: skip
        if is_postgres(connection):
            wall.take_down(connection)
        with catch_warnings():
            # An index goes with its table, also one that SQLAlchemy can't make out.
            filterwarnings("ignore", "Skipped unsupported reflection of expression-based index")
            found.reflect(connection, only=lambda name, _: name in ours)
        found.drop_all(connection)


def upgrade(engine: Engine, revision: str = _NEWEST) -> None:
    """Bring the schema up to date in one transaction; several programs may try at once.

    On PostgreSQL what a school's reads reach is made anew with it, from its one declaration.

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
        for_writing(engine).connect() as connection,
        connection.begin(),
    ):
        if is_postgres(connection):
            postgres.hold_alone(connection)
            postgres.ensure_school_role(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        if is_postgres(connection) and revision in {_NEWEST, REVISIONS[-1]}:
            wall.build(connection)


def put_right(database: Database) -> list[str]:
    """Make the wall before schools anew where it is not whole; return what is still wrong then.

    What is wrong with the role itself only the administrator of the server can change.
    """
    with database.reading() as work:
        if not work.wall_problems():
            return []
    upgrade(database.engine)
    with database.reading() as work:
        return work.wall_problems()
