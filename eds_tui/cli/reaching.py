"""Checks database, mail server and prefork server for ``eds-tui doctor``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

from eds_tui.cli.findings import Finding
from eds_tui.domain.clock import LONDON, full_time, utc_now
from eds_tui.domain.clock_trust import MOST_SKEW
from eds_tui.domain.delivery import SendingFailed
from eds_tui.domain.errors import (
    AccessRefused,
    EdsError,
    SchemaMismatch,
    ServerTooOld,
    UnfitDatabase,
)
from eds_tui.domain.first_start import without_password
from eds_tui.domain.pool_mode import PoolMode
from eds_tui.host import first_use
from eds_tui.host.database_url import sqlite_file
from eds_tui.settings import Settings

_MOST_SKEW_SECONDS = 5
_MAIL_SECONDS = 5.0


def database_findings(settings: Settings) -> Iterator[Finding]:
    """Yield what there is to say of the database, which is left as it is, and of the clock."""
    from eds_tui.repository import schema
    from eds_tui.repository.unit_of_work import Database

    where = without_password(settings.database_url)
    file = sqlite_file(settings.database_url)
    if file is not None and not os.path.exists(file):
        yield _missing(where, settings.database_url)
        yield clock_finding(None)
        return
    clock = clock_finding(None)
    try:
        with closing(Database.at(settings.database_url)) as database:
            current = schema.is_current(database)
            with database.reading() as work:
                read_only, mode = work.facts.is_read_only(), work.facts.pool_mode()
                anybody = current and work.accounts.any()
                problems = work.wall_problems() if current else []
                skew = database.clock.skew()
                remark = work.clock.remark() if current else ""
                newest = work.events.latest_at() if current else None
                clock = clock_finding(skew, remark, newest)
        yield _database(
            where, problems, mode, current=current, anybody=anybody, read_only=read_only
        )
    except ServerTooOld as error:
        to_do = "Have its administrator bring the server up to date."
        yield Finding("database", f"{where}: {error.message}", to_do)
    except AccessRefused as error:
        to_do = "See that user, password and database in EDS_TUI_DATABASE_URL are right."
        yield Finding("database", f"{where}: {error.message}", to_do)
    except UnfitDatabase as error:
        to_do = "Have its administrator make one that is fit, and name it in EDS_TUI_DATABASE_URL."
        yield Finding("database", f"{where}: {error.message}", to_do)
    except SchemaMismatch as error:
        yield Finding("database", where, error.message)
    except EdsError as error:
        to_do = "See that EDS_TUI_DATABASE_URL is right and the server runs."
        yield Finding("database", f"{where}: {error.message}", to_do)
    yield clock


def _missing(where: str, database_url: str) -> Finding:
    if first_use.is_ahead(database_url):
        return Finding(
            "database", f"{where} is made at the first start", "Make it: eds-tui db upgrade"
        )
    used = first_use.was(database_url)
    found = "is not there, though one was used before" if used else "is not there"
    to_do = "See that its disk is; to make a new one: eds-tui db upgrade"
    return Finding("database", f"{where} {found}", to_do)


def _database(
    where: str, problems: Sequence[str], mode: PoolMode | None,
    *, current: bool, anybody: bool, read_only: bool,
) -> Finding:  # fmt: skip
    if read_only:
        to_do = "Name the server that takes changes, or let this account write to the file."
        return Finding("database", f"{where} can be read, and takes no changes from here", to_do)
    if not current:
        return Finding("database", f"{where} has an older schema", "Upgrade: eds-tui db upgrade")
    if problems:
        words = (
            f"{where}: schools may reach what they must not, or not what they may. {problems[0]}"
        )
        to_do = "Put it right: eds-tui db upgrade. All that is wrong: eds-tui db check"
        return Finding("database", words, to_do)
    if not anybody:
        to_do = "Make the first: eds-tui account add --help"
        return Finding("database", f"{where} answers and has no account", to_do)
    return Finding("database", f"{where} answers; its schema is up to date{_BY_WAY_OF[mode]}")


_BY_WAY_OF = {
    None: "",
    PoolMode.SESSION: "; by way of a pooler in session mode",
    PoolMode.TRANSACTION: (
        "; by way of a pooler in transaction mode, so that others' changes are looked for every"
        " second"
    ),
}


def clock_finding(
    skew: timedelta | None,
    remark: str = "",
    newest: datetime | None = None,
    now: datetime | None = None,
) -> Finding:
    """Return what there is to say of the clock.

    Args:
        skew: By how much the clock here is ahead of the database's, where that has one.
        remark: A sentence where it is too far off for anything to be done by it.
        newest: When the last thing happened that the database knows of.
        now: What the clock here says; the present moment.
    """
    now = now or utc_now()
    words = f"{now.astimezone(LONDON):%d-%m-%Y %H:%M} in London"
    if skew is not None:
        seconds = round(abs(skew.total_seconds()))
        off = seconds > _MOST_SKEW_SECONDS
        words = f"{words}, {f'{seconds} seconds off' if off else 'as'} the database's"
        remark = remark or (_SET_BOTH if off else "")
    elif newest is not None and newest - now > MOST_SKEW:
        to_do = f"What was stored last is of {full_time(newest)}: see that the clock is right."
        remark = remark or to_do
    return Finding("clock", words, remark)


_SET_BOTH = "Have both machines set by a time server; due dates depend on it."


def preload_findings(settings: Settings) -> Iterator[Finding]:
    """Yield what there is to say of the program that sessions over SSH begin from, if any."""
    from eds_tui.ssh.prefork_client import reach

    if settings.preload is None:
        return
    line = reach(str(settings.preload))
    if line is None:
        to_do = "Start eds-tui preload, or start it again if the program has been upgraded."
        words = (
            f"nothing of this program answers at {settings.preload}, so that sessions begin slowly"
        )
        yield Finding("preload", words, to_do)
    else:
        line.close()
        yield Finding("preload", f"sessions begin at {settings.preload}")


def mail_finding(settings: Settings) -> Finding:
    """Return what there is to say of the mail server, which is spoken to and sent nothing."""
    from eds_tui.mail.message import Sender
    from eds_tui.mail.transport import Smtp

    try:
        server = Smtp.of(settings)
        Sender.of(mail_from=settings.mail_from, reply_to=settings.service_centre_email)
    except EdsError as error:
        return Finding("mail", "the settings can't be used", error.message)
    if server is None:
        return Finding("mail", "no mail server is set, so that no e-mail is sent")
    try:
        replace(server, answer_seconds=_MAIL_SECONDS, all_seconds=_MAIL_SECONDS).reach()
    except SendingFailed as error:
        to_do = "See the settings whose names begin with EDS_TUI_SMTP_."
        return Finding("mail", str(error), to_do)
    return Finding("mail", f"{server.title} answers")
