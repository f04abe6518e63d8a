"""``eds-tui preload``: has the kiosk loaded, so that a session over SSH is there sooner."""

from __future__ import annotations

import gc
import os
import pkgutil
import signal
import sys
from importlib import import_module
from pathlib import Path

import click

from eds_tui.cli.context import database_option, given_database_url, say
from eds_tui.cli.environment import clean, clean_start
from eds_tui.domain.errors import Unavailable
from eds_tui.settings import CONFIG, read_settings

NO_PLACE = 'The settings name no socket to listen at, for example preload = "/run/eds-tui/socket".'

_WHOLE = ("eds_tui.domain", "eds_tui.ui")
"""Packages of which a session may come to need every module."""


@click.command()
@click.option("--config", metavar="FILE", help="The settings; without it the account's own file.")
@database_option
def preload(config: str | None) -> None:
    """Have the kiosk loaded for sessions over SSH, which then begin sooner and take less memory.

    Each is a process of its own. What is set anew counts from the next session on, but after an
    upgrade this must be started again: until then sessions begin without it. Its end ends none.
    """
    clean_start()
    from eds_tui.front import mark
    from eds_tui.preload import listening, serve

    loaded = mark()
    chosen = read_settings({CONFIG: config} if config else {}, given_database_url(), shared=True)
    if not chosen.preload:
        raise Unavailable(NO_PLACE)
    _load(chosen.database_url)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with listening(Path(chosen.preload)) as listener:
        say(f"Sessions can begin at {chosen.preload}.")
        sys.stdout.flush()
        serve(listener, loaded, _run)


def _load(database_url: str) -> None:
    """Load what a session needs.

    Raises:
        Unavailable: A library has begun a thread, of which a forked process would have none.
    """
    # The kiosk begins to look for rubbish when it stands, and never in what is loaded here.
    gc.disable()
    from eds_tui import bootstrap
    from eds_tui.passwords import Passwords
    from eds_tui.repository.unit_of_work import Database

    for package in map(import_module, ("eds_tui.kiosk", *_WHOLE)):
        for found in pkgutil.walk_packages(getattr(package, "__path__", ()), f"{package.__name__}."):
            import_module(found.name)
    # Loads what belongs to that kind of database; nothing is connected to.
    Database.at(database_url).close()
    if len(os.listdir("/proc/self/task")) > 1:
        raise Unavailable("A library has begun a thread, so that no session could be forked.")
    gc.collect()
    gc.freeze()


def _run(arguments: list[str], environment: dict[str, str]) -> int:
    """Run ``eds-tui kiosk`` as if it had just been started in an environment."""
    from eds_tui.cli.program import main

    os.environ.clear()
    os.environ.update(clean(environment))
    sys.argv = ["eds-tui", "kiosk", *arguments]
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    return 1
