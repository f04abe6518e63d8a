"""The kiosk as it is measured: how it is started, and the keys that lead through it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from time import sleep, time

from tests.benchmarks.figures import CannotMeasure
from tests.terminal import COLUMNS, ROWS, Terminal

_TO_SPARE = 2
"""Seconds that a measurement may take longer than it is asked to."""
LOGIN, PASSWORD = "handler", "demo-kiosk"

SIGN_IN = r"Password"
"""On the sign-in screen from its first painting on."""
QUEUE = r"INC\d{7}"
"""In every row of the queue."""
HOME = r"n New call"
"""At the foot of the queue, and nowhere else."""
CALL = r"Log call"
"""At the foot of the form of a call."""
LOGGED = r"The number is +INC\d{7}"
"""Once a call is logged, with the new number."""
DETAILS = r"Comments"
"""On the screen of one incident once it is read, and not in the queue."""

SCHOOL = "garst"
"""Part of a school's name that finds one at least."""
DESCRIPTION = "Printer in the library jams on every page"


class Product:
    """The kiosk on a demonstration database of its own, made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._starts = 0

    @cached_property
    def _made(self) -> subprocess.CompletedProcess[str]:
        folder = self._folder / "made"
        folder.mkdir()
        return subprocess.run(
            [*_command(folder), "--no-open"],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            text=True,
        )

    @property
    def database(self) -> Path:
        """The folder with the demonstration database, which every start gets a copy of.

        Raises:
            CannotMeasure: It was not made.
        """
        if self._made.returncode != 0:
            raise CannotMeasure(f"The demonstration database was not made:\n{self._made.stderr}")
        return self._folder / "made"

    def start(self, size: tuple[int, int] = (COLUMNS, ROWS)) -> Terminal:
        """Start the kiosk as somebody whose home is empty.

        Args:
            size: Columns and rows of the window.
        """
        self._starts += 1
        home = self._folder / f"start-{self._starts}"
        shutil.copytree(self.database, home)
        return Terminal(_command(home), {"HOME": str(home)}, size)


def database_url(folder: Path) -> str:
    """Return the URL of the database in a folder."""
    return f"sqlite:///{folder / 'demo.db'}"


def sign_in(terminal: Terminal) -> tuple[float, float]:
    """Sign in, and return the moments of the last Enter and of the queue with its rows."""
    terminal.wait_for(SIGN_IN)
    terminal.fill_in(LOGIN)
    terminal.send("tab")
    terminal.fill_in(PASSWORD)
    pressed = terminal.send("enter")
    return pressed, terminal.wait_for(QUEUE)


def within_a_minute(seconds: float) -> None:
    """Wait until so many seconds go by before the clock in the headings turns again."""
    left = 60 - time() % 60
    if left < seconds + _TO_SPARE:
        sleep(left + 1)


def open_new_call(terminal: Terminal) -> None:
    """Go from the queue to the form of a new call, where the school is asked for."""
    terminal.send("n")
    terminal.wait_for(CALL)
    terminal.settle()


def choose_school(terminal: Terminal) -> None:
    """Take the first school found, then a category and an impact; the description is next."""
    for key in ("enter", "N", "2"):
        terminal.press(key)


def log_call(terminal: Terminal) -> tuple[float, float]:
    """Log the call, and return the moments of the key and of the new number on the screen."""
    pressed = terminal.send("ctrl+s")
    shown = terminal.wait_for(LOGGED)
    terminal.settle()
    terminal.send("enter")
    terminal.wait_for(HOME)
    return pressed, shown


def look_at_details(terminal: Terminal) -> None:
    """Open the incident under the cursor and leave it again."""
    terminal.send("enter")
    terminal.wait_for(DETAILS)
    terminal.send("escape")
    terminal.wait_for(HOME)


def _command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "eds_tui", "demo", "--database", database_url(folder)]
