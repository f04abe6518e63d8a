"""Opens the full-screen kiosk; the database and its libraries are loaded after the first paint."""

from __future__ import annotations

import os
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from eds_tui.domain.errors import Unavailable
from eds_tui.host.logs import log_to_file
from eds_tui.host.terminals import MODERN, here
from eds_tui.settings import Settings
from eds_tui.ssh.identity import came_from
from eds_tui.ui.app import Kiosk

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from eds_tui.services.container import Services


def run_kiosk(
    settings: Settings, *, demo: bool = False, may_leave: bool = True, login: str = ""
) -> int:
    """Open the kiosk and return its exit code.

    Args:
        settings: Where the database is, and how the kiosk looks.
        demo: Make the demonstration data where it is missing, and show its accounts at sign-in.
        may_leave: Whether leaving at the sign-in ends the program.
        login: Who it is, where that has been proven already.
    """
    log_to_file()
    kind = here(settings.characters, settings.colours)
    hints = _hints() if demo else ()
    # Closed at the end, SQLite's database is one file again, which a back-up can replace.
    with ExitStack() as opened:
        connect = partial(_connect, settings, demo, opened)
        kiosk = Kiosk(
            settings=settings,
            connect=connect,
            hints=hints,
            kind=kind,
            may_leave=may_leave,
            login=login,
        )
        kiosk.run(mouse=False)
    return kiosk.return_code or 0


def rehearse(settings: Settings) -> None:
    """Paint the sign-in where nobody sees it, so that what is worked out once is worked out.

    Args:
        settings: How the kiosk looks.
    """

    def connect() -> Services:
        raise Unavailable("There is no database in a rehearsal.")

    async def look(pilot: Pilot[object]) -> None:
        await pilot.pause()
        pilot.app.exit()

    kiosk = Kiosk(settings=settings, connect=connect, kind=MODERN, look_every=0)
    kiosk.run(headless=True, size=(80, 24), mouse=False, auto_pilot=look)


def run_key_test(settings: Settings) -> int:
    """Let somebody try the keys of the terminal, and return the exit code."""
    from eds_tui.ui.key_test import KeyTest

    trial = KeyTest(settings.theme, here(settings.characters, settings.colours))
    trial.run(mouse=False)
    return trial.return_code or 0


def _connect(settings: Settings, demo: bool, opened: ExitStack) -> Services:
    from eds_tui import bootstrap

    # Of several that begin a demonstration at a time one makes it, and all others wait for it.
    database = bootstrap.open_chosen(settings, make=demo, program="eds-tui kiosk")
    opened.callback(database.close)
    if demo:
        from eds_tui.demo.built import is_built

        if not is_built(database):
            from eds_tui.demo.build import build

            build(database, database.clock())
    return bootstrap.open_services(
        database,
        service_centre_email=settings.service_centre_email,
        drafts=settings.drafts,
        source=came_from(os.environ),
    )


def _hints() -> tuple[str, ...]:
    from eds_tui.demo.accounts import ACCOUNTS, PASSWORD

    lines = [f"{account.login:<10} {account.purpose}" for account in ACCOUNTS]
    return (f"Demonstration accounts, password {PASSWORD}:", *lines)
