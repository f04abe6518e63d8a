"""The log says where an error happened, and never what anybody typed."""

from __future__ import annotations

import json
import logging
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from eds_tui.host.logs import JsonLines, NotAgain, PrivateFile

TYPED = "S3cret-words"
PRELUDE = """
import asyncio, json, logging, sys, threading, warnings
from pathlib import Path
import sqlalchemy
from eds_tui.host.logs import log_to_file
log_to_file(Path(sys.argv[1]))
log = logging.getLogger("eds_tui.ui.runtime.background")
typed = "".join(("S3cret", "-words"))

class Unraised:
    def __del__(self):
        raise ValueError(typed)

def fails():
    raise ValueError(typed)
"""
ERRORS = {
    "ValueError": "int(typed)",
    "KeyError": "{}[typed]",
    "AttributeError": "getattr(object(), typed)",
    "UnicodeEncodeError": "(typed + chr(0xe9)).encode('ascii')",
    "UnicodeDecodeError": "(typed.encode() + bytes([0xff])).decode()",
    "JSONDecodeError": "json.loads(typed)",
    "FileNotFoundError": "open(typed)",
    "OperationalError": "ENGINE.connect().execute(sqlalchemy.text('select :a, b'), {'a': typed})",
    "StatementError": "ENGINE.connect().execute(sqlalchemy.text('select :a, :b'), {'a': typed})",
}
"""Errors of the kinds that hold what was given to them, and what raises them."""


def logged(folder: Path, script: str) -> tuple[list[dict[str, Any]], str]:
    """Run a script that logs; return the lines of the log, and what came to the terminal."""
    script = PRELUDE + "ENGINE = sqlalchemy.create_engine('sqlite://')\n" + script
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=False
    )
    text = (folder / "kiosk.log").read_text()
    assert TYPED not in text
    return [json.loads(line) for line in text.splitlines()], done.stdout + done.stderr


@pytest.mark.parametrize("kind", ERRORS)
def test_an_error_is_told_by_its_kind_and_place(tmp_path: Path, kind: str) -> None:
    script = f"""
def place(value):
    {ERRORS[kind]}

try:
    try:
        place(typed)
    except Exception as error:
        error.add_note(typed)
        raise RuntimeError(typed) from error
except RuntimeError:
    log.exception("reference %s", "ABC123")
"""
    (line,), terminal = logged(tmp_path, script)
    assert line["message"] == "reference ABC123"
    assert kind in line["traceback"]
    assert any(step.endswith(" place") for step in line["traceback"])
    assert not terminal


def test_errors_of_a_group_are_all_told(tmp_path: Path) -> None:
    script = """
try:
    raise ExceptionGroup(typed, [ValueError(typed), KeyError(typed)])
except Exception:
    log.exception("reference %s", "ABC123")
"""
    (line,), _ = logged(tmp_path, script)
    assert {"ExceptionGroup", "ValueError", "KeyError"} < set(line["traceback"])


ELSEWHERE = {
    "a thread": "thread = threading.Thread(target=fails); thread.start(); thread.join()",
    "what is thrown away": "Unraised()",
    "a task": """
async def main():
    async def task():
        fails()
    asyncio.create_task(task())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
asyncio.run(main())""",
    "a library": """
try:
    fails()
except ValueError as error:
    logging.getLogger("psycopg.pool").warning("it failed: %s", error, exc_info=True)""",
}


@pytest.mark.parametrize("script", ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_fails_out_of_sight_is_in_the_log_and_not_on_the_terminal(
    tmp_path: Path, script: str
) -> None:
    (line,), terminal = logged(tmp_path, script)
    assert line["traceback"][0] == "ValueError"
    assert not terminal


def test_a_disk_that_is_full_is_not_said_on_the_terminal(tmp_path: Path) -> None:
    """Python would quote the message, the values in it and the traceback."""
    script = """
handler = logging.getLogger().handlers[0]
handler.stream.close()
handler.stream = open("/dev/full", "w", encoding="utf-8", buffering=1)
log.error("%s", typed)
handler.stream = None
"""
    lines, terminal = logged(tmp_path, script)
    assert (lines, terminal) == ([], "")


def test_an_error_that_repeats_does_not_fill_the_log(tmp_path: Path) -> None:
    lines, _ = logged(tmp_path, "for number in range(500): log.error('reference %s', number % 2)")
    assert [line["message"] for line in lines] == ["reference 0", "reference 1"]


def test_an_error_that_goes_on_is_written_once_a_minute() -> None:
    seconds = [0.0]
    again = NotAgain(lambda: seconds[0])
    record = logging.LogRecord("eds_tui", 40, "", 0, "x", (), None)
    written = []
    for second in range(125):
        seconds[0] = float(second)
        written.extend([second] if again.filter(record) else [])
    assert written == [0, 60, 120]


def test_an_error_that_is_its_own_context_is_told_once() -> None:
    error, other = ValueError(TYPED), KeyError(TYPED)
    error.__context__, other.__context__ = other, error
    record = logging.LogRecord("eds_tui", 40, "", 0, "x", (), (ValueError, error, None))
    assert json.loads(JsonLines().format(record))["traceback"] == ["ValueError", "KeyError"]


def test_each_file_of_the_log_is_its_owners_alone(tmp_path: Path) -> None:
    """Whatever the umask says, and when it is begun anew as well."""
    handler = PrivateFile(tmp_path / "kiosk.log", maxBytes=10, backupCount=2)
    for _ in range(4):
        handler.emit(logging.LogRecord("eds_tui", 40, "", 0, "much more than ten", (), None))
    handler.close()
    files = list(tmp_path.iterdir())
    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
