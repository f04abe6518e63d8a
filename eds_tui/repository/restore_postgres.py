"""Puts a back-up in the place of a PostgreSQL database, and keeps the former tables beside it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine
from sqlalchemy import text as sql

from eds_tui.domain.errors import Conflict, OnlyReadable, SchemaMismatch, Unavailable
from eds_tui.domain.restoring import Restored
from eds_tui.repository import client_programs, pooler, postgres, schema, wall
from eds_tui.repository.carrying_over import Restoring, carry_over
from eds_tui.repository.engine import for_writing
from eds_tui.repository.former_database import FormerDatabase
from eds_tui.repository.outages import TAKES_NO_CHANGES
from eds_tui.repository.postgres_schemas import FORMER, STAGING, moving

_OTHERS = sql(
    "SELECT application_name, usename, client_addr::text AS address, count(*) AS number,"
    " min(backend_start) AS since FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend' GROUP BY 1, 2, 3 ORDER BY 5"
)
_HERE = sql("SELECT quote_ident(current_schema())")
_IS_THERE = sql("SELECT to_regnamespace(:name) IS NOT NULL")
_PATH = sql("SELECT set_config('search_path', :path, true)")
_PATIENCE = sql("SELECT set_config('lock_timeout', :milliseconds, true)")
_AHEAD = sql(
    "SELECT setval(format('%I.%I', n.schemaname, n.sequencename)::regclass,"
    " f.last_value) FROM pg_sequences n JOIN pg_sequences f USING (sequencename)"
    " WHERE n.schemaname = :new AND f.schemaname = :former"
    " AND f.last_value > coalesce(n.last_value, 0)"
)
_EVENTS = sql("SELECT setval(pg_get_serial_sequence('events', 'id'), max(id)) FROM events")
_TABLE = re.compile(r"(?m)^\d+; \d+ \d+ TABLE (\S+) (\S+) ")
_REVISION = re.compile(r"(?m)^COPY .*alembic_version.*\n(\S+)\n")


@dataclass(frozen=True, slots=True)
class _Programs:
    """PostgreSQL's own programs, and what leads them to the database."""

    pg_restore: str
    psql: str
    environment: dict[str, str]

    def read(self, file: Path, *arguments: str) -> str:
        """Return what ``pg_restore`` says of a back-up.

        Raises:
            Unavailable: It can't read it.
        """
        done = subprocess.run(
            [self.pg_restore, *arguments, str(file)], capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL, errors="replace",
        )  # fmt: skip
        if done.returncode != 0:
            raise _damaged(done.stderr)
        return done.stdout


def restore_database(engine: Engine, file: Path, asked: Restoring) -> Restored:
    """Put a back-up in the place of what is there, which stays in a schema of its own.

    It is read whole into another schema first, and takes its place in one transaction: whatever
    ends the program leaves the one or the other.

    Args:
        engine: Of the database.
        file: What ``pg_dump`` has written in its own format.
        asked: Who restores what.

    Raises:
        Conflict: Somebody works on the database, or the back-up is of another installation.
        SchemaMismatch: The back-up is not of this program, or of a newer one.
        Unavailable: It is damaged, or PostgreSQL's own programs are missing.
    """
    with for_writing(engine).begin() as connection:
        if postgres.is_standby(connection.connection):
            raise OnlyReadable(TAKES_NO_CHANGES)
        if pooler.is_pooled(connection.connection):
            raise pooler.refused("Restoring")
        _refuse_others(connection)
        version = postgres.major_version(connection.connection)
        programs = _Programs(
            client_programs.program_for("pg_restore", version),
            client_programs.program_for("psql", version),
            os.environ | client_programs.variables(engine),
        )
        here = connection.execute(_HERE).scalar_one()
        revision = _look_at(programs, file, here)
        postgres.ensure_school_role(connection)
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {STAGING} CASCADE")
    engine.dispose()
    try:
        _read_into_staging(programs, file, here)
        with for_writing(engine).begin() as connection:
            restored = _exchanged(connection, here, asked)
    finally:
        with for_writing(engine).begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {STAGING} CASCADE")
    return replace(restored, upgraded_from="" if revision == schema.REVISIONS[-1] else revision)


def _refuse_others(connection: Connection) -> None:
    """Refuse to go on while others are connected to the database, and say who."""
    rows = connection.execute(_OTHERS).all()
    if not rows:
        return
    who = ", ".join(
        f"{row.application_name or 'a program'} as {row.usename or 'somebody'} from"
        f" {row.address or 'the server itself'} ({row.number})"
        for row in rows
    )
    raise Conflict(
        f"The database is in use by {who}: kiosks, workers and other programs. End them first."
        " Nothing was changed."
    )


def _look_at(programs: _Programs, file: Path, here: str) -> str:
    """Return the schema revision of a back-up, having looked whether it can be restored."""
    tables = {name: where for where, name in _TABLE.findall(programs.read(file, "--list"))}
    if not {"alembic_version", "incidents", "events", "sequences"} <= set(tables):
        schema.require_known(None)
    if (where := tables["incidents"]) != here:
        raise SchemaMismatch(
            f"The tables of the back-up are in the schema {where}, and those of the database in"
            f" {here}. Nothing was changed."
        )
    only = ("--data-only", "--table=alembic_version", "--file=-")
    found = _REVISION.search(programs.read(file, *only))
    revision = found[1] if found else None
    schema.require_known(revision)
    return revision or ""


def _read_into_staging(programs: _Programs, file: Path, here: str) -> None:
    """Read a back-up into a schema of its own, all of it or nothing.

    The tables that are there make way for those of the back-up, and come back, in one transaction.
    """
    aside = f"{STAGING}_aside"
    before = (
        f"BEGIN;\nSET lock_timeout = {postgres.LOCK_MS};\nCREATE SCHEMA {aside};\n"
        f"CREATE SCHEMA {STAGING};\n{moving(here, aside)}"
    )
    after = f"{moving(here, STAGING)}{moving(aside, here)}DROP SCHEMA {aside};\nCOMMIT;\n"
    reading = [programs.pg_restore, "--no-owner", "--no-acl", "--file=-", str(file)]
    writing = [programs.psql, "--no-psqlrc", "--quiet", "--no-password", "--output=/dev/null"]
    with (
        tempfile.TemporaryFile() as wrong_reading,
        tempfile.TemporaryFile() as wrong_writing,
        subprocess.Popen(
            [*writing, "--set=ON_ERROR_STOP=1"], stdin=subprocess.PIPE, stderr=wrong_writing,
            env=programs.environment,
        ) as psql,
        subprocess.Popen(
            reading, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=wrong_reading
        ) as pg_restore,
    ):  # fmt: skip
        assert psql.stdin is not None
        assert pg_restore.stdout is not None
        with suppress(BrokenPipeError):
            psql.stdin.write(before.encode())
            shutil.copyfileobj(pg_restore.stdout, psql.stdin)
        pg_restore.stdout.close()
        # What ends without a COMMIT is undone.
        is_read = pg_restore.wait() == 0
        with suppress(BrokenPipeError):
            psql.stdin.write(after.encode() if is_read else b"")
            psql.stdin.close()
        if psql.wait() != 0:
            raise Unavailable(f"PostgreSQL gave up: {_said(wrong_writing)} Nothing was changed.")
        if not is_read:
            raise _damaged(_said(wrong_reading))


def _exchanged(connection: Connection, here: str, asked: Restoring) -> Restored:
    """Put what was read in the place of what is there, as a part of one transaction."""
    postgres.hold_alone(connection)
    connection.execute(_PATIENCE, {"milliseconds": str(postgres.LOCK_MS)})
    former = _free_name(connection, asked.at)
    is_anything_there = wall.parties(connection) is not None
    if is_anything_there:
        wall.take_down(connection)
        connection.exec_driver_sql(f"CREATE SCHEMA {former}")
        connection.execute(sql(moving(here, former)))
        for what in ("TABLES", "SEQUENCES"):
            connection.exec_driver_sql(
                f"REVOKE ALL ON ALL {what} IN SCHEMA {former} FROM PUBLIC, {postgres.SCHOOL_ROLE}"
            )
    # Nobody else reaches the former tables from here on; who came meanwhile is seen.
    _refuse_others(connection)
    connection.execute(sql(moving(STAGING, here)))
    schema.upgrade_within(connection)

    def side(path: str) -> Connection:
        connection.execute(_PATH, {"path": path})
        return connection

    asks = FormerDatabase(lambda: side(former)) if is_anything_there else None
    restored = carry_over(lambda: side(here), asks, asked)
    connection.execute(_AHEAD, {"new": here, "former": former})
    side(here).execute(_EVENTS)
    kept = f"the schema {former} of the database" if is_anything_there else ""
    return replace(restored, former=kept)


def _free_name(connection: Connection, at: datetime) -> str:
    name = first = f"{FORMER}{at:%Y%m%d_%H%M%S}"
    number = 1
    while connection.execute(_IS_THERE, {"name": name}).scalar_one():
        number += 1
        name = f"{first}_{number}"
    return name


def _said(errors: IO[bytes]) -> str:
    errors.seek(0)
    return errors.read().decode(errors="replace")


def _damaged(said: str) -> Unavailable:
    return Unavailable(f"The back-up can't be read ({_first(said)}). Nothing was changed.")


def _first(said: str) -> str:
    return next(iter(said.strip().splitlines()), "no reason given")
