"""PostgreSQL: connections, roles, and what its errors mean."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, PoolProxiedConnection
from sqlalchemy import text as sql
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, ProgrammingError

from eds_tui.domain.errors import ServerTooOld, Unavailable, UnfitDatabase
from eds_tui.repository import pooler

LEAST_VERSION = 15
"""The oldest major version of the server that the program works with."""

ENCODING = "UTF8"
"""The encoding that a database has to have."""

CONNECTIONS = 1
"""Connections of a session: work goes through it, and in between it waits for changes."""
PROGRAM = "eds-tui"
"""By which name the server knows a connection of this program."""
CONNECT_SECONDS = 5
"""How long a server may take to answer a new connection; a host that is away never does."""
LOCK_MS = 5_000
"""How long a writer waits for another one's transaction."""
STATEMENT_MS = 30_000
"""How long one statement may take."""
IDLE_MS = 60_000
"""After how long the server ends a transaction in which nothing happens."""

PLANNING = {"plan_cache_mode": "force_custom_plan"}
"""A prepared statement is planned for its values: which window, which word, whose incidents."""

SCHOOL_ROLE = "eds_tui_school"
"""The role that reads on behalf of a school account: it sees no confidential row (rule 24)."""

WALLED = "eds_walled"
"""Execution option of a connection whose transaction reads behind the wall."""

_SCHOOL = "eds_tui.school_id"
PLAN_ONCE = "SELECT set_config('plan_cache_mode', 'auto', true)"
"""Lets the rest of a transaction plan a prepared statement once, not for its values each time.

That is for what is read by its key: there is one way to it, whatever the key.
"""
_MAY_TAKE_ROLE = sql("SELECT 1 FROM pg_roles WHERE rolname = :role AND pg_has_role(oid, :how)")
_ROLE_THERE = sql("SELECT to_regrole(:role) IS NOT NULL")
_TAKES_SET = 16
"""From this version on a membership may come without the right to ``SET ROLE``."""
_NO_HURRY = sql(
    "SELECT set_config('lock_timeout', '0', true), set_config('statement_timeout', '0', true)"
)
_ALONE = 0x0ED5_7000
_SIGNING_IN = 0x0ED5_7001
_KEEPING_HOUSE = 0x0ED5_7002
_LOGGING = 0x0ED5_7003
_LOCK = sql("SELECT pg_advisory_xact_lock(:key)")
_TRY_LOCK = sql("SELECT pg_try_advisory_xact_lock(:key)")
_LOCK_SUBMISSION = sql(
    f"SELECT pg_advisory_xact_lock({_LOGGING}, hashtext(CAST(:submission AS text)))"
)

BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
"""Begins a transaction that reads a consistent snapshot."""
BEGIN_WRITING = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
"""Begins one that writes: what it locks, it then reads as it is now."""
WRITES = {"isolation_level": "READ COMMITTED", "postgresql_readonly": False}
"""The same as execution options, for whoever has the driver begin it."""


_BUSY = frozenset({"55P03", "40P01", "40001", "57014"})
"""Lock not available, deadlock, serialization failure, statement timeout."""


def is_busy(error: Exception) -> bool:
    """Return whether the same may succeed once others are done."""
    return _sqlstate(error) in _BUSY


def is_out_of_reach(error: Exception) -> bool:
    """Return whether the server did not answer, or ended the connection."""
    cause = getattr(error, "orig", None)
    state = _sqlstate(error)
    return hasattr(cause, "sqlstate") and (state == "" or state[:2] in {"08", "53", "57"})


def is_read_only(error: Exception) -> bool:
    """Return whether the server takes no changes: a standby, or one that is set so."""
    state = _sqlstate(error)
    return state == "25006" or (state == "0A000" and "recovery" in str(error))


def _sqlstate(error: Exception) -> str:
    return getattr(getattr(error, "orig", None), "sqlstate", None) or ""


def connect_args(given: Mapping[str, Any], program: str = PROGRAM) -> dict[str, Any]:
    """Return how a connection is made, but for what the URL says itself.

    A line that has dropped without a word is noticed within half a minute.

    Args:
        given: What the URL says.
        program: By which name the server knows it.
    """
    wanted: dict[str, Any] = {
        "connect_timeout": CONNECT_SECONDS,
        "application_name": program,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 30_000,
    }
    chosen = {name: value for name, value in wanted.items() if name not in given}
    # Whatever the environment or the URL says: no text is to be changed on its way.
    return chosen | {"client_encoding": ENCODING}


def settings() -> dict[str, str]:
    """Return what the server is to go by in every transaction, each by its name."""
    return {
        "lock_timeout": str(LOCK_MS),
        "statement_timeout": str(STATEMENT_MS),
        "idle_in_transaction_session_timeout": str(IDLE_MS),
        "timezone": "UTC",
        # To compile a statement takes it longer than to read the few rows of a window.
        "jit": "off",
        # What is worked on lies in memory, where a row by its id costs no more than others.
        "random_page_cost": "1.1",
    } | PLANNING


def end_reading(connection: Connection) -> None:
    """End a transaction that has only read so that the statements stay prepared.

    The driver forgets them all at a rollback, and the server takes an incident's apart anew, which
    is most of what it has to do for one. What has been read is not lost if this fails.
    """
    with suppress(DBAPIError):
        connection.commit()


def confining(school_id: int) -> str:
    """Return the statement that lets a transaction read nothing that a school may not know.

    It is a wall behind the conditions of the queries themselves: row-level security (rule 24).
    """
    return (
        f"SELECT set_config('role', '{SCHOOL_ROLE}', true),"
        f" set_config('{_SCHOOL}', '{school_id:d}', true)"
    )


def ensure_school_role(connection: Connection) -> None:
    """Make the role that reads on behalf of schools, where it is not there for this user.

    Raises:
        Unavailable: It has to be made by somebody with more rights; the sentence says how.
    """
    if may_take_school_role(connection):
        return
    try:
        with connection.begin_nested():
            if not connection.execute(_ROLE_THERE, {"role": SCHOOL_ROLE}).scalar_one():
                connection.exec_driver_sql(f"CREATE ROLE {SCHOOL_ROLE} NOLOGIN")
            connection.exec_driver_sql(f"GRANT {SCHOOL_ROLE} TO CURRENT_USER")
    except ProgrammingError as error:
        user = connection.exec_driver_sql("SELECT current_user").scalar_one()
        if connection.execute(_ROLE_THERE, {"role": SCHOOL_ROLE}).scalar_one():
            lacking, make = "does not let this user have", ""
        else:
            lacking, make = "lacks", f"CREATE ROLE {SCHOOL_ROLE} NOLOGIN; "
        raise Unavailable(
            f"The database {lacking} the role that reads for schools. Its administrator puts that"
            f" right with: {make}GRANT {SCHOOL_ROLE} TO {user};"
        ) from error


def may_take_school_role(connection: Connection) -> bool:
    """Return whether this user may read as the role that reads on behalf of schools."""
    how = "SET" if major_version(connection.connection) >= _TAKES_SET else "MEMBER"
    found = connection.execute(_MAY_TAKE_ROLE, {"role": SCHOOL_ROLE, "how": how})
    return found.first() is not None


def require_fit(connection: DBAPIConnection | PoolProxiedConnection, _record: object) -> None:
    """Refuse a server or database the program can't work with, as soon as it is connected to.

    Raises:
        ServerTooOld: The sentence says which version is needed.
        UnfitDatabase: Not every text can be stored in it; the sentence says what to do.
    """
    major = major_version(connection)
    if major < LEAST_VERSION:
        raise ServerTooOld(
            f"The database server is PostgreSQL {major}, which is too old for this program."
            f" It needs PostgreSQL {LEAST_VERSION} or newer. Nothing was changed."
        )
    encoding = _parameter(connection, "server_encoding")
    if encoding != ENCODING:
        raise UnfitDatabase(
            f"The encoding of the database is {encoding}, in which not every text can be kept."
            f" It has to be {ENCODING}: make one with CREATE DATABASE ... ENCODING '{ENCODING}'"
            " TEMPLATE template0. Nothing was changed."
        )


def is_standby(connection: PoolProxiedConnection) -> bool:
    """Return whether the server follows another one and takes no changes itself."""
    asked = pooler.is_in_recovery(connection)
    # What a pooler says of that is what it once was told.
    return _parameter(connection, "in_hot_standby") == "on" if asked is None else asked


def _parameter(connection: DBAPIConnection | PoolProxiedConnection, name: str) -> str:
    driver: Any = getattr(connection, "driver_connection", connection)
    return driver.info.parameter_status(name) or ""


def major_version(connection: DBAPIConnection | PoolProxiedConnection) -> int:
    """Return the server's major version."""
    driver: Any = getattr(connection, "driver_connection", connection)
    return int(driver.info.server_version) // 10_000


def hold_sign_ins(connection: Connection) -> None:
    """Let one sign-in at a time count, until its transaction ends."""
    connection.execute(_LOCK, {"key": _SIGNING_IN})


def hold_submission(connection: Connection, submission: str) -> None:
    """Let one form of a submission key be logged at a time, until its transaction ends."""
    connection.execute(_LOCK_SUBMISSION, {"submission": submission})


def try_keep_house(connection: Connection) -> bool:
    """Take the housekeeping until the transaction ends; return whether nobody else has it."""
    return bool(connection.execute(_TRY_LOCK, {"key": _KEEPING_HOUSE}).scalar_one())


def take_time(connection: Connection) -> None:
    """Let the statements of a transaction take as long as they take."""
    connection.execute(_NO_HURRY)


def hold_alone(connection: Connection) -> None:
    """Let one program at a time do something large, until its transaction ends.

    The others wait for it as long as it takes, and it may take its time.
    """
    take_time(connection)
    connection.execute(_LOCK, {"key": _ALONE})
