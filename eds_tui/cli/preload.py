"""The command ``eds-tui preload``: starts the prefork server for sessions over SSH."""

from __future__ import annotations

import gc
import os
import pkgutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from time import monotonic, sleep, tzset

import click

from eds_tui.cli.context import database_option, given_database_url, say
from eds_tui.cli.environment import clean, clean_start
from eds_tui.domain.errors import Unavailable
from eds_tui.settings import CONFIG, Settings, read_settings

NO_PLACE = 'The settings name no socket to listen at, for example preload = "/run/eds-tui/socket".'

_WHOLE = ("eds_tui.domain", "eds_tui.repository", "eds_tui.ui")
"""Packages of which a session may come to need every module."""
_NOT = "eds_tui.repository.migrations."
_ALSO = ("argon2", "encodings.ascii", "eds_tui.bootstrap", "eds_tui.cli.kiosk")
_ENDING_SECONDS = 5.0
"""How long threads that have done their work may take to end."""


@click.command()
@click.option("--config", metavar="FILE", help="The settings; without it the account's own file.")
@database_option
def preload(config: str | None) -> None:
    """Have the kiosk loaded for sessions over SSH, which then begin sooner and take less memory.

    Each is a process of its own. What is set anew counts from the next session on, but after an
    upgrade this must be started again: until then sessions begin without it. Its end ends none.
    """
    clean_start()
    from eds_tui.ssh.prefork_client import mark
    from eds_tui.ssh.prefork_server import listening, serve

    loaded = mark()
    chosen = read_settings({CONFIG: config} if config else {}, given_database_url(), shared=True)
    if chosen.preload is None:
        raise Unavailable(NO_PLACE)
    load(chosen)
    listener = listening(chosen.preload)
    say(f"Sessions can begin at {chosen.preload}.")
    sys.stdout.flush()
    serve(listener, loaded, _run)


def load(chosen: Settings) -> None:
    """Load what a session needs, and leave nothing running.

    Raises:
        Unavailable: A library has begun a thread, of which a forked process would have none.
    """
    from eds_tui.repository.unit_of_work import Database
    from eds_tui.ssh.kiosk import rehearse

    for package in map(import_module, _WHOLE):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.startswith(_NOT):
                import_module(found.name)
    for name in _ALSO:
        import_module(name)
    # Loads what belongs to that kind of database; nothing is connected to.
    Database.at(chosen.database_url).close()
    rehearse(chosen)
    if not _is_alone():
        raise Unavailable("A library has begun a thread, so that no session could be forked.")
    # The kiosk begins to look for rubbish when it stands, and never in what is loaded here.
    gc.collect()
    gc.disable()
    gc.freeze()


def _is_alone() -> bool:
    """Return whether this is the only thread, once those of the rehearsal have gone."""
    end = monotonic() + _ENDING_SECONDS
    while len(os.listdir("/proc/self/task")) > 1:
        if monotonic() > end:
            return False
        sleep(0.01)
    return True


def _run(arguments: list[str], environment: dict[str, str]) -> int:
    return run_as(["eds-tui", "kiosk", *arguments], clean(environment))


def run_as(command: list[str], environment: Mapping[str, str]) -> int:
    """Run a command as if it had just been started in an environment, and return its exit code."""
    from eds_tui.cli.program import main

    os.environ.clear()
    os.environ.update(environment)
    tzset()
    sys.argv = command
    code = 1
    try:
        main()
    except SystemExit as end:
        code = end.code & 0xFF if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    return code
