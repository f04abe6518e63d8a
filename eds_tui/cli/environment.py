"""Clears the environment of whatever a person who connects might have set."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from eds_tui.host.terminals import started_in

_KEPT = frozenset({
    "COLORTERM", "HOME", "LANG", "LANGUAGE", "LOGNAME", "NO_COLOR", "PATH", "SHELL",
    "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY", "SSH_USER_AUTH", "TERM", "TZ", "USER",
})  # fmt: skip
_TAKEN_AT_START = ("PYTHON", "LD_")
"""What the interpreter and the loader have read before a line of the program is run."""


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what says who and where one is and what the terminal is like, and no more."""
    return {
        name: value
        for name, value in environment.items()
        if name in _KEPT or name.startswith("LC_")
    }


def is_spoilt(environment: Mapping[str, str]) -> bool:
    """Return whether the program must be started anew, for having begun with the wrong things."""
    return any(name.startswith(_TAKEN_AT_START) for name in environment)


def clean_start(arguments: Sequence[str] = sys.orig_argv) -> None:
    """Clean the environment of this process, by starting it anew where that is too late.

    Args:
        arguments: How the interpreter was called.
    """
    # What Python has set for itself is not to pass for what the terminal's language is.
    spoilt, kept = is_spoilt(os.environ), clean(started_in())
    if spoilt:
        os.execve(sys.executable, [sys.executable, *arguments[1:]], kept)
    os.environ.clear()
    os.environ.update(kept)


def is_own_connection(environment: Mapping[str, str]) -> bool:
    """Return whether ending the program ends a connection of whoever sits at it."""
    return "SSH_CONNECTION" in environment
