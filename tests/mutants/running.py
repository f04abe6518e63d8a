"""Tries the tests on drawn mutants, in several processes, and writes results as they come."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import connection
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeAlias

from tests.mutants.copies import make_copy
from tests.mutants.descendants import adopt_orphans, end_descendants, end_with_parent
from tests.mutants.forking import run_tests
from tests.mutants.judging import Judge
from tests.mutants.records import Mutant, Result

Task = tuple[Mutant, tuple[str, ...]]
"""A mutant, with the tests to try on it."""
_End: TypeAlias = "Connection[Any, Any]"

_SAMPLE = 8
"""How many mutants' tests are run first without a mutant."""
_BROKEN = 0.1
"""The share of those tests that may fail before nothing is counted."""


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Where and how mutants are tried."""

    tree: Path
    jobs: int
    """How many at once, each in a copy of its own."""
    limit: float
    """Seconds after which the tests of a mutant are ended."""
    say: Callable[[str], None]
    """Is given a line about how far it is."""

    def check(self, tasks: Sequence[Task]) -> frozenset[str]:
        """Run the tests of some mutants without them; return those that fail nonetheless.

        Raises:
            RuntimeError: So many fail that the copy can't be trusted.
        """
        tests = sorted({test for _, chosen in tasks[:_SAMPLE] for test in chosen})
        with tempfile.TemporaryDirectory(prefix="m") as folder:
            adopt_orphans()
            copy = make_copy(self.tree, Path(folder) / "0")
            verdict = run_tests(copy, tests, self.limit * _SAMPLE, first=False)
            few = 0 < len(verdict.failed) <= max(1, len(tests) * _BROKEN)
            if not verdict.passed and not few:
                output = (copy.folder / "output.txt").read_text("utf-8", "replace")
                raise RuntimeError(f"The tests don't pass in a copy:\n{output[-6000:]}")
        failed = len(verdict.failed)
        self.say(f"{len(tests) - failed} tests pass in a copy without a mutant, {failed} don't")
        return frozenset(verdict.failed)

    def run(self, tasks: Sequence[Task]) -> Iterator[Result]:
        """Try the tests on the mutants, and return each result as it comes.

        Raises:
            RuntimeError: A process has failed.
        """
        waiting = iter(tasks)
        with tempfile.TemporaryDirectory(prefix="m") as folder, ExitStack() as stack:
            folders = [Path(folder) / str(number) for number in range(self.jobs)]
            ends = [stack.enter_context(self._worker(each)) for each in folders]
            for end in ends:
                end.send(next(waiting, None))
            busy = ends[: len(tasks)]
            while busy:
                ready = connection.wait(busy)
                for end in [each for each in busy if each in ready]:
                    result = _received(end)
                    task = next(waiting, None)
                    end.send(task)
                    if task is None:
                        busy.remove(end)
                    yield result

    @contextmanager
    def _worker(self, folder: Path) -> Iterator[_End]:
        """Keep a process that judges mutants in a folder, and return the end to speak to it by."""
        context = multiprocessing.get_context("fork")
        end, other = context.Pipe()
        process = context.Process(target=self._work, args=(folder, other))
        process.start()
        other.close()
        try:
            yield end
        finally:
            end.close()
            process.terminate()
            process.join()

    def _work(self, folder: Path, end: _End) -> None:
        """Judge mutants until there are no more; what runs in each process."""
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        end_with_parent()
        adopt_orphans()
        try:
            judge = Judge(make_copy(self.tree, folder), self.limit)
            while task := end.recv():
                end.send(judge.judge(*task))
        except Exception as error:
            end.send(f"{type(error).__name__}: {error}")
        finally:
            end_descendants()


def _received(end: _End) -> Result:
    try:
        answer = end.recv()
    except EOFError:
        answer = "A process has ended before its time."
    if isinstance(answer, Result):
        return answer
    raise RuntimeError(answer)
