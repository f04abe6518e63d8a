"""Opening the full-screen kiosk: only in a terminal, and only where somebody could sign in."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import click

from eds_tui.cli.context import database_option, given_database_url, tell
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.first_start import first_start_words
from eds_tui.settings import CONFIG, Settings, read_settings
from eds_tui.terminals import UNUSABLE

NO_TERMINAL = (
    "The kiosk needs a terminal for its screen and keyboard, and there is none here."
    " At the command line, eds-tui incidents does the same job: see eds-tui incidents --help."
)
"""What is said when the screen or the keyboard is a file or a pipe."""

NO_SCREEN = (
    "The kiosk needs to know the terminal, and TERM in the environment names none."
    " At the command line, eds-tui incidents does the same job: see eds-tui incidents --help."
)
"""What is said when TERM is dumb, unknown or not set."""

_SQLITE_FILE = re.compile(r"sqlite(?:\+\w+)?:///([^?]+)(?:\?.*)?")


def sqlite_file(database_url: str) -> Path | None:
    """Return the file of a SQLite URL, or ``None`` where it names none. Imports no SQLAlchemy."""
    match = _SQLITE_FILE.fullmatch(database_url)
    return Path(match[1]) if match else None


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


STEERING = re.compile(
    r"(EDS_TUI|TEXTUAL|PYTHON|LD)_?\w*|EDITOR|VISUAL|PAGER|BROWSER|ESCDELAY|COLUMNS|LINES"
)
"""Variables by which whoever connects could steer the program, its libraries or its helpers."""


@click.command()
@click.option(
    "--config",
    "config",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The settings; the variables of the environment do not count.",
)
@database_option
def kiosk(config: Path | None) -> None:
    """Open the kiosk where others use the terminal as well, as over SSH.

    It is never left: after a person has logged out the next one signs in, and when nobody does for
    a while it ends. Variables of the environment steer nothing in it.
    """
    for name in list(os.environ):
        if STEERING.fullmatch(name):
            del os.environ[name]
    named = {CONFIG: str(config)} if config else {}
    settings = read_settings(named, database_url=given_database_url())
    click.get_current_context().exit(open_kiosk(settings, shared=True))


def open_kiosk(settings: Settings, *, shared: bool = False) -> int:
    """Open the kiosk on the configured database and return the exit code.

    A SQLite file that does not exist yet is made, and how to go on from there is said instead.
    Whether one that exists has an account is looked up by the kiosk, after its first paint.

    Args:
        settings: Where the database is, and how the kiosk looks.
        shared: Whether the program is not to be left from the keyboard.

    Raises:
        Unavailable: There is no terminal, or the database can't be made.
    """
    file = sqlite_file(settings.database_url)
    if file is not None and not file.exists():
        from eds_tui import bootstrap

        bootstrap.open_database(settings.database_url).close()
        tell(first_start_words(settings.database_url))
        return 1
    require_terminal()
    from eds_tui.kiosk import run_kiosk

    return run_kiosk(settings, shared=shared)
