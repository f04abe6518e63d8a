"""Works on PostgreSQL by way of a pooler as well: PgBouncer, in session or in transaction mode.

A pooler in transaction mode lends a server's connection for one transaction. What is set for a
connection is then set in each transaction anew, statements are not prepared, and nobody listens.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, Engine, PoolProxiedConnection, event
from sqlalchemy import text as sql

from eds_tui.domain.errors import Unavailable
from eds_tui.domain.pool_mode import PoolMode

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy.pool import ConnectionPoolEntry

POOL_MODE = "pool_mode"
"""The parameter of a URL that names the mode; without it the safe one is taken behind a pooler."""

_POOLED = "eds_pooled"
_SHARED = "eds_shared"
_IN_RECOVERY = "eds_in_recovery"

# A pooler gives out process ids of its own, by which it knows what is to be cancelled.
_SET = (
    "SELECT its_own, CASE WHEN its_own OR for_good THEN set_config(name, value, false) END"
    " FROM (SELECT pg_backend_pid() = %(pid)s AS its_own, %(for_good)s::bool AS for_good) AS line,"
    " unnest(%(names)s::text[], %(values)s::text[]) AS given (name, value)"
)
_SET_FOR_TRANSACTION = sql(
    "SELECT pg_is_in_recovery(), set_config(name, value, true)"
    " FROM unnest(CAST(:names AS text[]), CAST(:values AS text[])) AS given (name, value)"
)


def split(url: URL) -> tuple[URL, PoolMode | None]:
    """Return a URL without the mode that it names, and that mode.

    Raises:
        Unavailable: There is no such mode.
    """
    named = url.normalized_query.get(POOL_MODE)
    if named is None:
        return url, None
    try:
        mode = PoolMode(named[-1])
    except ValueError:
        modes = " or ".join(PoolMode)
        raise Unavailable(f"{POOL_MODE} in the database URL is {modes}, not {named[-1]}.") from None
    return url.difference_update_query([POOL_MODE]), mode


def is_pooled(connection: PoolProxiedConnection) -> bool:
    """Return whether a connection leads to a pooler."""
    return bool(connection.info.get(_POOLED))


def is_shared(connection: PoolProxiedConnection | ConnectionPoolEntry) -> bool:
    """Return whether the server's end of a connection is another's as soon as a transaction ends.

    It is also taken to be so where a pooler's mode is not known.
    """
    return bool(connection.info.get(_SHARED))


def mode_of(connection: PoolProxiedConnection) -> PoolMode | None:
    """Return how a pooler hands a connection on; ``None`` where it leads to the server itself."""
    if not is_pooled(connection):
        return None
    return PoolMode.TRANSACTION if is_shared(connection) else PoolMode.SESSION


def is_in_recovery(connection: PoolProxiedConnection) -> bool | None:
    """Return whether the server of the last transaction follows another; ``None``: not asked."""
    found: bool | None = connection.info.get(_IN_RECOVERY)
    return found


class ConnectionSettings:
    """Sets what the server is to go by: once for a connection, or in each of its transactions.

    Args:
        settings: Values by name; none changes nothing.
        mode: How a pooler hands connections on; ``None``: that is not known.
    """

    def __init__(self, settings: Mapping[str, str], mode: PoolMode | None) -> None:
        self._names, self._values = list(settings), list(settings.values())
        self._mode = mode

    def attach(self, engine: Engine) -> None:
        """Set them on every connection that an engine makes from now on."""
        event.listen(engine, "connect", self._connected)
        event.listen(engine, "begin", self._begun)

    def _connected(self, connection: psycopg.Connection, record: ConnectionPoolEntry) -> None:
        pooled = self._mode is PoolMode.TRANSACTION or not self._is_its_own(connection)
        record.info[_POOLED] = pooled
        record.info[_SHARED] = pooled and self._mode is not PoolMode.SESSION
        if record.info[_SHARED]:
            # The server whom the next transaction is sent to knows of no such statement.
            connection.prepare_threshold = None

    def _is_its_own(self, connection: psycopg.Connection) -> bool:
        """Set them for good where that is right; return whether the server itself is at the end."""
        given = {
            "pid": connection.info.backend_pid,
            "for_good": self._mode is PoolMode.SESSION,
            "names": self._names,
            "values": self._values,
        }
        connection.autocommit = True
        rows = connection.execute(_SET, given).fetchall()
        connection.autocommit = False
        return all(its_own for its_own, _ in rows)

    def _begun(self, connection: Connection) -> None:
        line = connection.connection
        if is_shared(line):
            given = {"names": self._names, "values": self._values}
            rows = connection.execute(_SET_FOR_TRANSACTION, given).all()
            line.info[_IN_RECOVERY] = any(row[0] for row in rows)


def refused(what: str) -> Unavailable:
    """Return the refusal of what has to be done on the server itself."""
    return Unavailable(
        f"{what} is not possible by way of PgBouncer or another pooler. Give the server's own"
        " address: --database postgresql://USER@HOST/DATABASE. Nothing was changed."
    )
