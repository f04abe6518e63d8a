"""What a database is, whatever is stored in it: its schema, where it leads, what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, column, inspect, select, table

from eds_tui.repository import pooler, postgres
from eds_tui.repository.engine import is_postgres
from eds_tui.repository.sqlite_file import is_opened_to_read

if TYPE_CHECKING:
    from eds_tui.domain.pool_mode import PoolMode

_OURS = {"alembic_version", "sequences", "incidents", "events", "accounts"}
_VERSION = table("alembic_version", column("version_num"))


class DatabaseFacts:
    """Tells what the database at the end of a connection is.

    Args:
        connection: In a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def schema_revision(self) -> str | None:
        """Return the schema revision of the database, or ``None`` for an empty one."""
        if not inspect(self._connection).has_table(_VERSION.name):
            return None
        return self._connection.execute(select(_VERSION.c.version_num)).scalar_one_or_none()

    def is_read_only(self) -> bool:
        """Return whether nothing can be changed: on a standby, or in a file not to be written."""
        connection = self._connection.connection
        if is_postgres(self._connection):
            return postgres.is_standby(connection)
        return is_opened_to_read(connection.driver_connection)

    def pool_mode(self) -> PoolMode | None:
        """Return how a pooler hands connections on; ``None`` where there is none in between."""
        return pooler.mode_of(self._connection.connection)

    def is_anything_there(self) -> bool:
        """Return whether the database has any table at all."""
        return bool(inspect(self._connection).get_table_names())

    def is_of_this_program(self) -> bool:
        """Return whether the database has the tables that every version of the program has."""
        return set(inspect(self._connection).get_table_names()) >= _OURS
