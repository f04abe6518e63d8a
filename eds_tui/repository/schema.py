"""Checks the version of the schema at every start, and upgrades it with Alembic."""

from __future__ import annotations

from pathlib import Path
from warnings import catch_warnings, filterwarnings

from sqlalchemy import Connection, Engine, MetaData

from eds_tui import __version__
from eds_tui.domain.errors import OutOfReach, SchemaMismatch
from eds_tui.repository import postgres, wall
from eds_tui.repository.engine import for_writing, is_postgres
from eds_tui.repository.outages import in_words
from eds_tui.repository.tables import metadata
from eds_tui.repository.unit_of_work import Database

REVISIONS = (
    "0001", "0002", "0003", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012", "0013",
    "0014", "0015", "0016", "0017", "0018", "0020", "0021", "0022", "0024", "0025", "0026", "0027",
    "0028", "0029", "0030",
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
        revision = work.facts.schema_revision()
        if revision is None and work.facts.is_anything_there():
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
        empty = not work.facts.is_anything_there()
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
    with in_words(), for_writing(engine).connect() as connection, connection.begin():
        upgrade_within(connection, revision)


def upgrade_within(connection: Connection, revision: str = _NEWEST) -> None:
    """Bring the schema up to date as a part of the transaction of a connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    if is_postgres(connection):
        postgres.hold_alone(connection)
        postgres.ensure_school_role(connection)
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    if is_postgres(connection) and revision in {_NEWEST, REVISIONS[-1]}:
        wall.build(connection)


def require_known(revision: str | None) -> None:
    """Refuse a back-up that this program can't restore.

    Args:
        revision: The back-up's schema revision; ``None`` where it has none.

    Raises:
        SchemaMismatch: It is not of this program, or of a newer one.
    """
    if revision is None:
        raise SchemaMismatch("The back-up is of another program than this. Nothing was changed.")
    if revision not in REVISIONS:
        raise SchemaMismatch(
            f"The back-up is of schema version {revision}. This program, {__version__}, knows them"
            f" up to {REVISIONS[-1]}. Nothing was changed. Restore it with the program that made"
            " it, or with a newer one."
        )


def bring_up(database: Database) -> str:
    """Bring a restored database up to date, and return the older revision, if it was of one.

    Raises:
        SchemaMismatch: It is not of this program, or of a newer one.
    """
    with database.reading() as work:
        revision = work.facts.schema_revision() if work.facts.is_of_this_program() else None
    require_known(revision)
    if revision == REVISIONS[-1]:
        return ""
    upgrade(database.engine)
    return revision or ""


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
