"""The memory of a kiosk in which somebody goes down the list of all incidents for minutes.

Those on all kinds of databases are gone through at the same time: nothing is timed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

from eds_tui.repository.unit_of_work import Database
from tests.benchmarks.figures import Figure, Reading
from tests.benchmarks.present import brought_up_to_now
from tests.benchmarks.scale_kiosk import kiosk
from tests.terminal import Terminal

PAGING = 300
"""Seconds of Page Down."""
MORE_MB = 10
_A_PAGE = 0.1


class PagingScale:
    """A figure for each kind of database.

    Args:
        databases: What opens one of each kind, by the kind's name.
    """

    def __init__(
        self, databases: Mapping[str, Callable[[], AbstractContextManager[Database]]]
    ) -> None:
        self._databases = databases
        name = f"more memory after {PAGING} s of Page Down"
        self._memory = {
            kind: Figure(f"{kind}: {name}", "MB", at_most=MORE_MB) for kind in databases
        }
        self.figures = tuple(self._memory.values())

    def measure(self) -> Iterator[Reading]:
        """Give a reading of each."""
        with ExitStack() as stack, ThreadPoolExecutor() as pool:
            terminals = {}
            for kind, opened in self._databases.items():
                database = stack.enter_context(opened())
                stack.enter_context(brought_up_to_now(database))
                folder = stack.enter_context(TemporaryDirectory())
                terminals[kind] = stack.enter_context(kiosk(database, Path(folder)))
            more = pool.map(_paging, terminals.values())
            for kind, each in zip(terminals, more, strict=True):
                yield self._memory[kind].of(each)


def _paging(terminal: Terminal) -> float:
    """Page down for a while, and return by how many MB the memory has grown."""
    terminal.send("gb")
    terminal.settle(1)
    terminal.press("page down")
    before = terminal.resident_mb()
    end = perf_counter() + PAGING
    while perf_counter() < end:
        terminal.send("page down")
        terminal.settle(_A_PAGE, longest=_A_PAGE)
        sleep(_A_PAGE / 10)
    terminal.settle()
    return terminal.resident_mb() - before
