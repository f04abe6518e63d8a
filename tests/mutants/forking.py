"""Runs pytest in a fork of a process that has loaded what takes long to load."""

from __future__ import annotations

import importlib
import json
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.mutants.copies import Copy
from tests.mutants.descendants import end_descendants

_LOADED = (
    "aiosmtpd.controller", "alembic.command", "argon2", "click", "email_validator", "holidays",
    "jinja2", "phonenumbers", "psycopg", "rich.console", "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite", "textual.app", "textual.pilot", "textual.widgets", "zxcvbn",
)  # fmt: skip
"""What takes long to load: libraries, nothing of the product or its tests."""

_MOST_MEMORY = 8 * 1024**3
"""Bytes of address space that the tests of one mutant may take."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How a run of pytest ended."""

    passed: bool
    failed: tuple[str, ...] = ()
    """The tests that failed."""
    timed_out: bool = False
    reason: str = ""
    """What pytest came to when nothing failed that has a name."""


def load_libraries(tree: Path) -> None:
    """Load the libraries that every run in a tree would load, of those that it says it needs."""
    needed = (tree / "pyproject.toml").read_text("utf-8")
    for name in _LOADED:
        if name.partition(".")[0].replace("_", "-") in needed:
            importlib.import_module(name)
    with tempfile.TemporaryDirectory() as folder:
        # Plug-ins must be loaded by pytest itself, which rewrites what they assert.
        command = ["-q", "-n0", "-p", "no:cacheprovider", f"--rootdir={folder}", folder]
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            pytest.main([*command, "--override-ini=addopts=", f"--config-file={os.devnull}"])


def run_tests(copy: Copy, tests: Sequence[str], limit: float, *, first: bool = True) -> Verdict:
    """Run tests in a copy of the tree.

    Args:
        copy: Where.
        tests: The tests, in their order.
        limit: Seconds after which they are ended.
        first: Whether the first failure ends the run.

    Raises:
        RuntimeError: The code that ran was not the copy's.
    """
    copy.temporary.mkdir()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_pytest(copy, tests, writing, first=first)
    os.close(writing)
    try:
        answer = _answer(reading, limit)
    finally:
        os.close(reading)
        end_descendants()
        shutil.rmtree(copy.temporary, ignore_errors=True)
    if answer is None:
        return Verdict(passed=False, timed_out=True)
    if answer.get("elsewhere"):
        raise RuntimeError(f"The tests ran {answer['elsewhere']} instead of the copy.")
    code, failed = int(answer.get("code", -1)), tuple(answer.get("failed", ()))
    reason = "" if failed or code == 0 else f"pytest ended with {code}"
    return Verdict(passed=code == 0, failed=failed, reason=reason)


def _answer(reading: int, limit: float) -> dict[str, Any] | None:
    """Return what the child wrote, {} if it ended without a word, and None if time was up."""
    until = time.monotonic() + limit
    written = b""
    while not written.endswith(b"\n"):
        ready, _, _ = select.select([reading], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return None
        piece = os.read(reading, 65536)
        if not piece:
            return {}
        written += piece
    answer: dict[str, Any] = json.loads(written)
    return answer


class _Recorder:
    """Notes which tests fail; a plug-in of pytest."""

    def __init__(self) -> None:
        self.failed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that failed."""
        if report.failed:
            self.failed.append(report.nodeid)


def _be_pytest(copy: Copy, tests: Sequence[str], writing: int, *, first: bool) -> None:
    """Run pytest in this process, write what came of it, and end; never returns."""
    answer: dict[str, Any] = {}
    try:
        _move_into(copy)
        recorder = _Recorder()
        # Of every part: the tests have been chosen.
        options = ["-q", "-n0", "-m", "", "-p", "no:cacheprovider", "--tb=short"]  # fmt: skip
        if first:
            options.append("-x")
        answer["code"] = int(pytest.main([*options, *tests], plugins=[recorder]))
        answer["failed"] = list(dict.fromkeys(recorder.failed))
        answer["elsewhere"] = _elsewhere(copy)
    finally:
        os.write(writing, json.dumps(answer).encode() + b"\n")
        # Without the clean-up of a process that others of its kind still need.
        os._exit(0)


def _move_into(copy: Copy) -> None:
    """Make this process one that was started in the copy."""
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    output = os.open(copy.folder / "output.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, nothing), (1, output), (2, output)):
        os.dup2(source, target)
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    os.chdir(copy.tree)
    # Programs that the tests start find the copy before what is installed.
    os.environ.update(PYTHONPATH=str(copy.tree), TMPDIR=str(copy.temporary))
    tempfile.tempdir = None
    sys.argv = ["pytest"]
    sys.path[:] = [str(copy.tree), *(each for each in sys.path if not _has_product(each))]
    for name in [each for each in sys.modules if each.partition(".")[0] == "tests"]:
        del sys.modules[name]
    sys.path_importer_cache.clear()
    importlib.invalidate_caches()


def _has_product(folder: str) -> bool:
    return (Path(folder) / "eds_tui").is_dir()


def _elsewhere(copy: Copy) -> str:
    """Return where a module of the product or the tests came from, if not from the copy."""
    for name in ("eds_tui", "tests"):
        module = sys.modules.get(name)
        file = getattr(module, "__file__", None)
        if file and not Path(file).is_relative_to(copy.tree):
            return str(file)
    return ""
