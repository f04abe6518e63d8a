"""Writes the log of a running program to a private file, never to the terminal."""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from collections.abc import Callable
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from time import monotonic

import platformdirs

from eds_tui.host.private import make_folder, new_file

_LARGEST = 1_000_000
_KEPT = 5
_ONCE_IN_SECONDS = 60.0
_OURS = "eds_tui"
_log = logging.getLogger(__name__)


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, name, message, and the traceback without any values."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if record.exc_info:
            line["traceback"] = traceback_lines(record.exc_info[1])
        return json.dumps(line)


def _message(record: logging.LogRecord) -> str:
    """Return the message; of a library only where it logged, since it may quote texts of errors.

    No message of our own holds anything that somebody typed.
    """
    if record.name.partition(".")[0] == _OURS:
        return record.getMessage()
    return f"{record.filename}:{record.lineno} {record.funcName}"


def traceback_lines(error: BaseException | None) -> list[str]:
    """Return where an error came from. Its text is left out: it may quote what people typed."""
    return _traceback_lines(error, set())


def _traceback_lines(error: BaseException | None, seen: set[int]) -> list[str]:
    lines: list[str] = []
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        lines.append(type(error).__name__)
        step = error.__traceback__
        while step is not None:
            code = step.tb_frame.f_code
            lines.append(f"{code.co_filename}:{step.tb_lineno} {code.co_qualname}")
            step = step.tb_next
        if isinstance(error, BaseExceptionGroup):
            for each in error.exceptions:
                lines.extend(_traceback_lines(each, seen))
        error = error.__cause__ or error.__context__
    return lines


class NotAgain(logging.Filter):
    """Lets the same through once a minute: an error that repeats would fill the log.

    Args:
        now: Seconds of a clock that is never put back.
    """

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._now = now
        self._written: dict[tuple[str, str], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether it is to be written."""
        now, what = self._now(), (record.name, record.getMessage())
        since = {key: at for key, at in self._written.items() if now - at < _ONCE_IN_SECONDS}
        self._written = {what: now} | since
        return what not in since


class PrivateFile(RotatingFileHandler):
    """A rotated file that only its owner can read, each time it is begun."""

    def _open(self) -> TextIOWrapper:
        try:
            os.close(new_file(self.baseFilename))
        except FileExistsError:
            # Through a link to where there is none yet, too.
            os.close(os.open(self.baseFilename, os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600))
        return super()._open()


def log_folder() -> Path:
    """Return the folder of the log; it may not be there yet."""
    return platformdirs.user_log_path("eds-tui")


def log_to_file(folder: Path | None = None) -> Path:
    """Send all logging to a rotated file, mode 0600, and return where it is.

    What ends a thread goes there as well, and not to the terminal.

    Args:
        folder: Where; the user's own log folder by default.
    """
    folder = folder or log_folder()
    make_folder(folder)
    path = folder / "kiosk.log"
    handler = PrivateFile(path, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8")
    handler.setFormatter(JsonLines())
    handler.addFilter(NotAgain())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    # What is said of a disk that is full would be said on the terminal, with all values.
    logging.raiseExceptions = False
    threading.excepthook = _thread_ended
    sys.unraisablehook = _not_raised
    return path


def _thread_ended(ended: threading.ExceptHookArgs) -> None:
    _log.error("a thread ended", exc_info=ended.exc_value)


def _not_raised(found: sys.UnraisableHookArgs) -> None:
    _log.error("an error could not be raised", exc_info=found.exc_value)
