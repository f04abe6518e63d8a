"""Opens units of work: one transaction per ``with``, undone unless it is committed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from datetime import datetime, timedelta
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import OutcomeUnknown, OutOfReach, ShutOut
from eds_tui.domain.idempotency import Request
from eds_tui.domain.progress import Progress, untold
from eds_tui.domain.session import why_ended
from eds_tui.domain.superseding import Cancellation
from eds_tui.host.clocks import SystemClock
from eds_tui.repository import full_text, postgres, wall_check
from eds_tui.repository.cancelling import cancelled_by
from eds_tui.repository.database_facts import DatabaseFacts
from eds_tui.repository.engine import (
    POOL_SECONDS,
    connections,
    for_reading,
    for_units_that_write,
    is_outcome_unknown,
    is_postgres,
    open_engine,
)  # fmt: skip
from eds_tui.repository.finding import Finding
from eds_tui.repository.listening import ChangeSignals
from eds_tui.repository.opening import Opening, Openings, account_on
from eds_tui.repository.outages import (
    LOST,
    NOT_KNOWN,
    OUT_OF_REACH,
    TAKES_NO_CHANGES,
    away_from_standbys,
    in_words,
)  # fmt: skip
from eds_tui.repository.reachability import Reachability
from eds_tui.repository.repositories import Repositories
from eds_tui.repository.server_clock import ServerClock

_log = logging.getLogger(__name__)


class UnitOfWork(Repositories):
    """The repositories over one open transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        super().__init__(connection, clock)
        self.facts = DatabaseFacts(connection)
        self._connection = connection
        self._actor: Account | None = None
        self._request: Request | None = None

    @property
    def actor(self) -> Account:
        """The account that this is done for, as it is now."""
        assert self._actor is not None, "This unit of work is done for nobody."
        return self._actor

    def alone(self) -> None:
        """Let nobody else in who asks for the same, until this unit of work ends."""
        if is_postgres(self._connection):
            postgres.hold_alone(self._connection)

    def try_keep_house(self) -> bool:
        """Take the housekeeping, which SQLite's writer has; return whether nobody else has it."""
        return not is_postgres(self._connection) or postgres.try_keep_house(self._connection)

    def texts_read_once(self) -> AbstractContextManager[None]:
        """Return a context at the end of which what was written in it is found by its words."""
        return full_text.read_once(self._connection)

    def wall_problems(self) -> list[str]:
        """Return what is wrong with the database's own wall before schools, a sentence each."""
        return wall_check.problems(self._connection) if is_postgres(self._connection) else []

    def do_once(self, request: Request, at: datetime) -> None:
        """Do what follows once under a key, which is kept with it.

        Raises:
            DoneBefore: It was done.
            KeyTaken: Something else was.
        """
        self.idempotency.claim(request, at)
        self._request = request

    def commit(self, result: dict[str, Any] | None = None) -> None:
        """Keep all that was done in this unit of work.

        Args:
            result: What is answered, for whoever asks for the same again under its key.

        Raises:
            OutcomeUnknown: The answer was lost; it may have been kept or not.
        """
        if self._request is not None:
            self.idempotency.answered(self._request, result or {})
        try:
            self._connection.commit()
        except DBAPIError as error:
            if not is_outcome_unknown(error):
                raise
            _log.info("the database, asked to commit: %s", error.orig)
            raise OutcomeUnknown(f"{LOST} {NOT_KNOWN}", LOST) from error


class Database:
    """Where units of work come from. Safe to use from several threads."""

    def __init__(self, engine: Engine, own_clock: Clock | None = None) -> None:
        self.engine = engine
        """For the schema and the back-up only; work goes through units of work."""
        own = own_clock or SystemClock()
        self.clock: Clock = own
        """By which everything is stored: one for all who share the database."""
        self._openings: Openings | None = None
        if is_postgres(engine):
            self.clock = ServerClock(own)
            self._openings = Openings(engine, self.clock)
        self.reachability = Reachability()
        """Whether it could be reached when anything was last asked of it."""
        self._turns = BoundedSemaphore(connections(engine))
        self._readers, self._writers = for_reading(engine), for_units_that_write(engine)
        self._once: tuple[Request, datetime] | None = None

    @classmethod
    def at(
        cls, database_url: str, own_clock: Clock | None = None, *, make: bool = False,
        program: str = postgres.PROGRAM,
    ) -> Database:  # fmt: skip
        """Return the database at a URL; nothing is connected yet.

        Args:
            database_url: Where it is.
            own_clock: The machine's clock, where it is not that of the system.
            make: Whether a SQLite file that is missing is made.
            program: By which name a server knows its connections.

        Raises:
            Unavailable: The URL can't be used.
        """
        return cls(open_engine(database_url, make=make, program=program), own_clock)

    @property
    def name(self) -> str:
        """The URL without its password: distinguishes one database from another."""
        return self.engine.url.render_as_string(hide_password=True)

    def reading(
        self,
        actor: Account | None = None,
        *,
        walled: bool = True,
        by_key: bool = False,
        cancellation: Cancellation | None = None,
    ) -> AbstractContextManager[UnitOfWork]:
        """Open a unit of work that reads a consistent snapshot and never waits for a writer.

        Args:
            actor: Who it is done for; ``None`` for the program's own work. A school's reads go
                through the database's own wall as well, where it has one (rule 24).
            walled: Whether they do; not for what never shows a school what it has read.
            by_key: Whether all of it is read by keys, for which a server need not plan each time.
            cancellation: By which it can be given up from another thread.

        Raises:
            ShutOut: The account has been disabled or changed since its person signed in.
            Superseded: It was given up.
        """
        return self._opened(Opening(actor=actor, walled=walled, by_key=by_key), cancellation)

    def patient(self, patience: timedelta) -> Database:
        """Return the same database, whose units of work that write wait so long for others."""
        same = copy(self)
        same._writers = for_units_that_write(self.engine, patience)
        return same

    def writing(self, actor: Account | None = None) -> AbstractContextManager[UnitOfWork]:
        """Open a unit of work that may write; call its ``commit`` or nothing is kept.

        Args:
            actor: Who it is done for; ``None`` for the program's own work.

        Raises:
            ShutOut: The account has been disabled or changed since its person signed in.
        """
        return self._opened(Opening(actor=actor, writing=True, by_key=True))

    def once(self, request: Request, at: datetime) -> Database:
        """Return the same database, whose units of work that write are done once under a key.

        Args:
            request: The key, and what is done under it.
            at: When it is asked for.

        Raises:
            DoneBefore: When such a unit of work is opened, or now: it was done.
            KeyTaken: Likewise: something else was.
        """
        with self.reading() as work:
            work.idempotency.look(request)
        same = copy(self)
        same._once = request, at
        return same

    def check(self, progress: Progress = untold) -> Iterator[Finding]:
        """Yield what is found of each part, when what is stored is compared with itself."""
        from eds_tui.repository.check import check  # A kiosk has no need of it.

        with self.reading() as work:
            yield from check(work._connection, progress)

    def back_up(self, file: Path, progress: Progress = untold) -> None:
        """Write a back-up of one moment while everybody works.

        Raises:
            Conflict: There is a file of that name.
            Unavailable: It can't be written.
        """
        from eds_tui.repository.backup import back_up  # Nor of this.

        with in_words():
            back_up(self.engine, file, progress)

    def change_signals(self) -> ChangeSignals | None:
        """Return the signals of what other programs change; ``None`` where it gives none."""
        return ChangeSignals(self.engine, self._turn) if is_postgres(self.engine) else None

    def close(self) -> None:
        """Close every idle connection."""
        self.engine.dispose()

    @contextmanager
    def _opened(
        self, opening: Opening, cancellation: Cancellation | None = None
    ) -> Iterator[UnitOfWork]:
        with (
            self.reachability.noting() as noted, in_words(), self._turn(),
            self._connected(opening) as connection, away_from_standbys(connection),
            cancelled_by(connection, cancellation),
        ):  # fmt: skip
            if is_postgres(connection) and postgres.is_standby(connection.connection):
                noted.why_no_changes = TAKES_NO_CHANGES
            work = UnitOfWork(connection, self.clock)
            if (actor := opening.actor) is not None:
                # Their account may have changed since they signed in with it.
                work._actor = (
                    account_on(connection) if self._openings else work.accounts.by_id(actor.id)
                )
                if reason := why_ended(actor, work._actor):
                    raise ShutOut(reason)
            if opening.writing and self._once is not None:
                work.do_once(*self._once)
            yield work
            if not opening.writing and is_postgres(connection):
                postgres.end_reading(connection)

    def _connected(self, opening: Opening) -> AbstractContextManager[Connection]:
        engine = self._writers if opening.writing else self._readers
        return self._openings.opened(engine, opening) if self._openings else engine.connect()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for a connection to be free.

        The pool's own queue hears only of connections that are returned, not of one not made.
        """
        if not self._turns.acquire(timeout=POOL_SECONDS):
            raise OutOfReach(OUT_OF_REACH)
        try:
            yield
        finally:
            self._turns.release()
