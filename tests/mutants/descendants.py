"""Ends whatever the tests of a mutant have left running."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from collections import defaultdict
from pathlib import Path

_PDEATHSIG, _SUBREAPER = 1, 36
"""PR_SET_PDEATHSIG and PR_SET_CHILD_SUBREAPER, as Linux has them."""
_GRACE = 5.0
"""Seconds that a process has to end of itself, a database server to shut down."""


def adopt_orphans() -> None:
    """Make this process the parent of descendants whose own parent ends."""
    _control(_SUBREAPER, 1)


def end_with_parent() -> None:
    """Have this process told to end when its parent has."""
    _control(_PDEATHSIG, signal.SIGTERM)


def _control(what: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(what, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def end_descendants() -> None:
    """End every process that descends from this one, and wait for them."""
    until = time.monotonic() + _GRACE
    kind = signal.SIGTERM
    told: set[int] = set()
    while found := _descendants():
        if time.monotonic() > until:
            kind, told = signal.SIGKILL, set()
        for process in found - told:
            _send(process, kind)
        told |= found
        _reap()
        time.sleep(0.01)
    _reap()


def _send(process: int, kind: signal.Signals) -> None:
    try:
        os.kill(process, kind)
    except ProcessLookupError:
        return


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def _descendants() -> set[int]:
    children: defaultdict[int, list[int]] = defaultdict(list)
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                # After the name in brackets, which may hold anything: the state and the parent.
                _, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            except OSError:
                continue
            children[int(parent)].append(int(folder.name))
    found: set[int] = set()
    waiting = list(children[os.getpid()])
    while waiting:
        process = waiting.pop()
        found.add(process)
        waiting += children[process]
    return found
