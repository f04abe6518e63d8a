"""Opens the full-screen kiosk: only in a terminal, and only where somebody could sign in."""

from __future__ import annotations

import gc
import os
import sys

import click

from eds_tui.cli.context import database_option, given_database_url, tell
from eds_tui.cli.environment import clean_start, is_own_connection
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.first_start import first_start_words
from eds_tui.host.database_url import sqlite_file
from eds_tui.host.terminals import UNUSABLE
from eds_tui.settings import CONFIG, Auth, Settings, read_settings
from eds_tui.ssh.identity import login_of

NO_TERMINAL = (
    "The kiosk needs a terminal for its screen and keyboard, and there is none here. Over SSH,"
    " connect without a command and without -T."
    " At the command line, eds-tui incidents does the same job: see eds-tui incidents --help."
)
"""What is said when the screen or the keyboard is a file or a pipe."""

NO_SCREEN = (
    "The kiosk needs to know the terminal, and TERM in the environment names none."
    " At the command line, eds-tui incidents does the same job: see eds-tui incidents --help."
)
"""What is said when TERM is dumb, unknown or not set."""


def require_terminal() -> None:
    """Refuse unless the program has a keyboard and a screen.

    Raises:
        Unavailable: One of the standard streams is no terminal, or one that can show no screen.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is None or not stream.isatty():
            raise Unavailable(NO_TERMINAL)
    if os.environ.get("TERM", "") in UNUSABLE:
        raise Unavailable(NO_SCREEN)


@click.command()
@click.option("--config", metavar="FILE", help="The settings; without it the account's own file.")
@database_option
@click.pass_context
def kiosk(ctx: click.Context, config: str | None) -> None:
    """Open the kiosk locked down, on a shared terminal or as the ForceCommand of sshd.

    Nothing in the environment counts as a setting. Logging out leads to the next sign-in. Over SSH
    Ctrl+Q at the sign-in hangs up, which ends the connection and nothing else; on a terminal of
    the house no key ends the program, since a shell may be behind it.
    """
    clean_start()
    environment = {CONFIG: config} if config else {}
    chosen = read_settings(environment, given_database_url(), shared=True)
    login = login_of(os.environ, chosen.ssh_keys) if chosen.auth is Auth.SSH else ""
    may_leave = is_own_connection(os.environ)
    ctx.exit(open_kiosk(chosen, may_leave=may_leave, login=login, waits=True))


def open_kiosk(
    settings: Settings, *, may_leave: bool = True, login: str = "", waits: bool = False
) -> int:
    """Open the kiosk on the configured database and return the exit code.

    At the first start on the default place the file is made, and how to go on from there is said
    instead. Whether a database has an account is looked up by the kiosk, after its first paint.

    Args:
        settings: Where the database is, and how the kiosk looks.
        may_leave: Whether leaving at the sign-in ends the program.
        login: Who it is, where that has been proven already.
        waits: Whether it opens while a SQLite file is away, as it does while a server is.

    Raises:
        Unavailable: There is no terminal, or no database, or it can't be made.
    """
    file = sqlite_file(settings.database_url)
    if file is not None and not os.path.exists(file):
        from eds_tui import bootstrap
        from eds_tui.host import first_use

        if first_use.is_ahead(settings.database_url) or not waits:
            bootstrap.open_chosen(settings).close()
            tell(first_start_words(settings.database_url))
            return 1
    require_terminal()
    return show_kiosk(settings, may_leave=may_leave, login=login)


def show_kiosk(
    settings: Settings, *, demo: bool = False, may_leave: bool = True, login: str = ""
) -> int:
    """Show the kiosk and return the exit code; see ``eds_tui.ssh.kiosk.run_kiosk``."""
    # What is loaded stays: looking through it for rubbish would only delay the first paint.
    # The kiosk begins to look when it stands.
    gc.disable()
    from eds_tui.ssh.kiosk import run_kiosk

    return run_kiosk(settings, demo=demo, may_leave=may_leave, login=login)
