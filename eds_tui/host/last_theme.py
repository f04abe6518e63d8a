"""Remembers the theme that was chosen last on this machine, for the sign-in (rule 47)."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from eds_tui.host.private import make_folder, new_file

_NAME = "theme"
_LONGEST = 64
"""Bytes that are read of it."""


class LastTheme:
    """One line in a file.

    Args:
        folder: Where it is; without one nothing is remembered.
    """

    def __init__(self, folder: Path | None) -> None:
        self._file = None if folder is None else folder / _NAME

    def read(self) -> str:
        """Return the name of the theme; empty where there is none."""
        if self._file is None:
            return ""
        try:
            with self._file.open("rb") as file:
                return file.read(_LONGEST).decode("ascii").strip()
        except (OSError, ValueError):
            return ""

    def write(self, theme: str) -> None:
        """Remember a theme; where that can't be, the next sign-in has the one before."""
        if self._file is None:
            return
        with suppress(OSError):
            make_folder(self._file.parent)
            beside = self._file.with_suffix(f".{os.getpid()}")
            beside.unlink(missing_ok=True)
            with os.fdopen(new_file(beside), "wb") as file:
                file.write(theme.encode())
            beside.replace(self._file)
