"""Copies a file by the system's own means, in a process of its own.

A program that has a database of SQLite's open must not open its file once more: when that is
closed, the system drops every lock that the program has on it (sqlite.org/howtocorrupt.html, 2.2).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from eds_tui.domain.errors import Unavailable
from eds_tui.domain.progress import Progress

_EVERY = 0.2
"""Seconds after which whoever waits is told how far it is."""
_COPYING = """
import errno, shutil, sys
try:
    shutil.copyfile(sys.argv[1], sys.argv[2])
except OSError as error:
    print(error.errno or errno.EIO)
"""
"""What the process does; it answers with the system's number of what was in the way."""


def copy_file(source: Path, target: Path, progress: Progress) -> None:
    """Write over a file with what is in another.

    Args:
        source: What is copied, which others may have open and locked.
        target: What is written over, in whose mode it stays.
        progress: Is told how far it is.

    Raises:
        Unavailable: It could not be read or written, or the process was ended.
    """
    command = [sys.executable, "-I", "-S", "-c", _COPYING, str(source), str(target)]
    whole = max(source.stat().st_size, 1)
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            while not _has_ended(process):
                progress(min(target.stat().st_size / whole, 1.0))
        finally:
            process.kill()
        said = process.communicate()[0].strip()
    if said:
        raise Unavailable(f"The database can't be copied: {os.strerror(int(said))}.")
    if process.returncode != 0:
        raise Unavailable("The database can't be copied: what copies it was ended.")
    progress(1.0)


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(_EVERY)
    except subprocess.TimeoutExpired:
        return False
    return True
