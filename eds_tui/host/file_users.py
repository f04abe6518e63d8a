"""Finds the programs of this machine that have a file open, by ``/proc``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_OURS = {"eds-tui", "eds_tui", "__main__.py"}


@dataclass(frozen=True, slots=True)
class FileUser:
    """A program that has a file open."""

    process: int
    arguments: tuple[str, ...]
    """Its command line; empty where it may not be read."""

    @property
    def name(self) -> str:
        """What it is, in words: a kiosk, a worker, or a program by its name."""
        ours = _arguments_of_ours(self.arguments)
        if ours is None:
            return os.path.basename(self.arguments[0]) if self.arguments else "a program"
        # A session of the prefork server has its command line.
        if not ours or ours[0] in {"kiosk", "demo", "preload"}:
            return "a kiosk"
        return "a worker" if ours[0] == "worker" else f"eds-tui {ours[0]}"


def users_of(paths: Iterable[Path]) -> tuple[FileUser, ...]:
    """Return the other programs that have any of some files open, as far as this account may see.

    Where there is no ``/proc`` none are found.
    """
    wanted = set()
    for path in paths:
        with suppress(OSError):
            status = path.stat()
            wanted.add((status.st_dev, status.st_ino))
    processes = sorted(int(each.name) for each in _PROC.glob("[0-9]*")) if wanted else []
    return tuple(
        FileUser(process, _command_line(process))
        for process in processes
        if process != os.getpid() and not wanted.isdisjoint(_open_files(process))
    )


def _open_files(process: int) -> Iterator[tuple[int, int]]:
    folder = _PROC / str(process) / "fd"
    with suppress(OSError):
        for descriptor in os.listdir(folder):
            with suppress(OSError):
                status = os.stat(folder / descriptor)
                yield status.st_dev, status.st_ino


def _command_line(process: int) -> tuple[str, ...]:
    try:
        line = (_PROC / str(process) / "cmdline").read_bytes()
    except OSError:
        return ()
    return tuple(map(os.fsdecode, filter(None, line.split(b"\0"))))


def _arguments_of_ours(arguments: Sequence[str]) -> list[str] | None:
    """Return what follows this program's name on a command line, without options."""
    for at, argument in enumerate(arguments):
        if os.path.basename(argument) in _OURS:
            return [each for each in arguments[at + 1 :] if not each.startswith("-")]
    return None
