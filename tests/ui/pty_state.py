"""What became of a terminal and of the program in it, and what tries to lead out of that."""

from __future__ import annotations

import re
from pathlib import Path

from tests.ui.pty_kiosk import Seat


def modes(sent: bytes) -> dict[str, str]:
    """Return what each mode of the terminal was last set to: h is on, l is off."""
    return dict(re.findall(r"\x1b\[\?(\d+)([hl])", sent.decode()))


def state(seat: Seat) -> str:
    """Return the state letter of the process: T is stopped."""
    return Path(f"/proc/{seat.process}/stat").read_text().rpartition(")")[2].split()[0]


OF_NO_CONCERN = ("TSTP", "TTIN", "TTOU", "USR1", "USR2", "ALRM", "PIPE", "CONT", "WINCH")


HOSTILE = {
    "EDS_TUI_DATABASE_URL": "sqlite:////nowhere/else.db",
    "EDS_TUI_THEME": "textual-light",
    "TEXTUAL_DRIVER": "nowhere:Driver",
    "TEXTUAL_ALLOW_SIGNALS": "1",
    "PYTHONINSPECT": "1",
    "EDS_TUI_CONFIG": "/nowhere/settings.toml",
    "EDS_TUI_SESSION_END_MINUTES": "nonsense",
    "TEXTUAL_PRESS": "ctrl+q",
    "COLUMNS": "20",
    "LINES": "5",
}


WAYS_OUT = ("\x11", "\x1b[27u", "\x04", "\x03", "\x1a", "\x1c", "\x10")
