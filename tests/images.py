"""What a PostgreSQL database held, put back into it or a copy of it: quicker than a new copy."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import sql

from tests.servers import END_OTHERS

_TABLES = (
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    " ORDER BY relname"
)
_SEQUENCES = "SELECT sequencename, last_value, start_value FROM pg_sequences ORDER BY 1"
# All that a test may change besides rows: tables, rights, policies, triggers, settings, statistics.
_SHAPE = """
SELECT md5(string_agg(line, ';' ORDER BY line)) FROM (
    SELECT concat_ws(' ', relname, relkind, relacl, relrowsecurity, relforcerowsecurity, relowner)
        FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', attrelid::regclass, attname, atttypid, attnotnull, attacl)
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND attnum > 0
    UNION ALL SELECT concat_ws(' ', polrelid::regclass, polname, polcmd, polroles,
        pg_get_expr(polqual, polrelid)) FROM pg_policy
    UNION ALL SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled)
        FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', proname, prosrc)
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', setrole, setconfig) FROM pg_db_role_setting
        WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
    UNION ALL SELECT concat_ws(' ', starelid::regclass, staattnum) FROM pg_statistic
        JOIN pg_class ON pg_class.oid = starelid WHERE relnamespace = 'public'::regnamespace
) AS shape (line)
"""


@dataclass(frozen=True)
class Image:
    """The rows of every table of a database, and where its sequences stood."""

    shape: str
    rows: dict[str, bytes]
    sequences: tuple[tuple[str, int | None, int], ...]

    @classmethod
    def of(cls, database: psycopg.Connection) -> Image:
        """Return what a database holds.

        Args:
            database: A connection of an administrator.
        """
        rows = {}
        for (name,) in database.execute(_TABLES).fetchall():
            statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(name))
            with database.cursor().copy(statement) as copy:
                rows[name] = b"".join(bytes(piece) for piece in copy)
        found = tuple(database.execute(_SEQUENCES).fetchall())
        return cls(_shape_of(database), rows, found)

    def put_back(self, database: psycopg.Connection) -> bool:
        """Make a database hold just this, whoever is connected.

        Args:
            database: A connection of an administrator.

        Returns:
            Whether it could be: not, where more than rows has changed in it.
        """
        with database.transaction():
            database.execute(END_OTHERS)
            if _shape_of(database) != self.shape:
                return False
            # Rows are put back in any order, since they went together before.
            database.execute("SET LOCAL session_replication_role = replica")
            for name, rows in self.rows.items():
                table = sql.Identifier(name)
                database.execute(sql.SQL("DELETE FROM {}").format(table))
                if rows:
                    statement = sql.SQL("COPY {} FROM STDIN").format(table)
                    with database.cursor().copy(statement) as copy:
                        copy.write(rows)
            for name, last, first in self.sequences:
                values = (f'"{name}"', first if last is None else last, last is not None)
                database.execute("SELECT setval(%s::regclass, %s, %s)", values)
        return True


def _shape_of(database: psycopg.Connection) -> str:
    row = database.execute(_SHAPE).fetchone()
    assert row is not None
    return str(row[0])
