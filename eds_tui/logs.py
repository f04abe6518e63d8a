"""The log of a running kiosk: a file for those who look after it, never the terminal."""

from __future__ import annotations

import json
import logging
import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs

_LARGEST = 1_000_000
_KEPT = 5


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, name, message, and the traceback without any values."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = _places(record.exc_info)
        return json.dumps(line)


def _places(exc_info: object) -> list[str]:
    """Return where an error came from. Its text is left out: it may quote what people typed."""
    error = exc_info[1] if isinstance(exc_info, tuple) else None
    places: list[str] = []
    while isinstance(error, BaseException):
        places.append(type(error).__name__)
        step = error.__traceback__
        while step is not None:
            code = step.tb_frame.f_code
            places.append(f"{code.co_filename}:{step.tb_lineno} {code.co_qualname}")
            step = step.tb_next
        error = error.__cause__ or error.__context__
    return places


class PrivateFile(RotatingFileHandler):
    """A rotated file that only its owner can read, each time it is begun."""

    def _open(self) -> TextIOWrapper:
        os.close(os.open(self.baseFilename, os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600))
        return super()._open()


def log_folder() -> Path:
    """Return the folder of the log; it may not be there yet."""
    return platformdirs.user_log_path("eds-tui")


def log_to_file(folder: Path | None = None) -> Path:
    """Send all logging to a rotated file, mode 0600, and return where it is.

    Args:
        folder: Where; the user's own log folder by default.
    """
    folder = folder or log_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "kiosk.log"
    handler = PrivateFile(path, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8")
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    return path
