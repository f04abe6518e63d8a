"""Draw mutants, try the tests on them, and report: ``python -m tests.mutants draw|run|report``."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.mutants.choosing import Budget, Durations, choose
from tests.mutants.coverage_data import CoverageRun
from tests.mutants.covering import Covering
from tests.mutants.drawing import draw, points
from tests.mutants.forking import load_libraries
from tests.mutants.records import (
    Mutant,
    Outcome,
    Result,
    load_mutants,
    load_results,
    save_mutants,
    save_results,
)
from tests.mutants.reporting import report
from tests.mutants.running import Pool, Task
from tests.mutants.slow_tests import slow_tests, without_slow
from tests.mutants.spans import Span


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say.

    Returns:
        0, or 1 where the tests can't be trusted in a copy.
    """
    asked = _parser().parse_args(arguments)
    try:
        asked.do(asked)
    except (RuntimeError, ValueError) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.mutants", description=__doc__)
    commands = parser.add_subparsers(required=True)
    drawing = commands.add_parser("draw", help="draw mutants of a tree")
    running = commands.add_parser("run", help="try the tests on mutants; goes on where it stopped")
    reporting = commands.add_parser("report", help="say what survives")
    for each in (drawing, running):
        each.add_argument("--tree", type=Path, required=True)
        each.add_argument("--coverage", type=Path, required=True, help="of the tree, with contexts")
        each.add_argument("--out", type=Path, required=True)
    drawing.add_argument("--seed", type=int, default=11)
    drawing.add_argument("--count", type=int, default=300)
    drawing.set_defaults(do=_draw)
    running.add_argument("--durations", type=Path, nargs="+", required=True, help="JUnit reports")
    running.add_argument("--mutants", type=Path, required=True)
    running.add_argument("--jobs", type=int, default=1)
    running.add_argument("--limit", type=float, default=120.0, help="seconds a mutant may take")
    running.add_argument("--budget", type=float, default=Budget.seconds, help="seconds of tests")
    running.add_argument("--most", type=int, default=Budget.most, help="tests for a mutant")
    running.add_argument("--again", action="store_true", help="try those that survived once more")
    running.set_defaults(do=_run)
    reporting.add_argument("results", type=Path, nargs="+")
    reporting.set_defaults(do=_report)
    return parser


def _draw(asked: argparse.Namespace) -> None:
    covering = Covering(asked.tree, CoverageRun(asked.coverage))
    found = points(covering)
    mutants = draw(covering, found, asked.seed, asked.count)
    save_mutants(asked.out, mutants)
    print(f"{len(mutants)} mutants drawn from {len(found)} points")


def _run(asked: argparse.Namespace) -> None:
    pool = Pool(tree=asked.tree.resolve(), jobs=asked.jobs, limit=asked.limit, say=_say)
    results = load_results(asked.out) if asked.out.exists() else []
    if asked.again:
        results = [each for each in results if each.outcome is not Outcome.SURVIVED]
    known = {each.mutant.key for each in results}
    # Whoever ends it finds the copies gone, and nothing running.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    tasks = _tasks(asked, [each for each in load_mutants(asked.mutants) if each.key not in known])
    if not tasks:
        return
    load_libraries(pool.tree)
    unsound = pool.check(tasks)
    sound = [(mutant, tuple(t for t in tests if t not in unsound)) for mutant, tests in tasks]
    for number, result in enumerate(pool.run(sound), 1):
        results.append(result)
        save_results(asked.out, results)
        _say(f"{number}/{len(sound)} {_line(result)}")


def _tasks(asked: argparse.Namespace, mutants: Sequence[Mutant]) -> list[Task]:
    covering = Covering(asked.tree, CoverageRun(asked.coverage))
    durations = Durations(asked.durations)
    budget = Budget(seconds=asked.budget, most=asked.most)
    slow = slow_tests(asked.tree)
    tasks: list[Task] = []
    for each in mutants:
        span = Span((each.line, each.column), (each.end_line, each.end_column))
        ranks = covering.ranks(each.path, span)
        tests = without_slow(covering.tests(each.path, span) | ranks.keys(), slow)
        tasks.append((each, tuple(choose(each.path, tests, durations, budget, ranks))))
    return tasks


def _report(asked: argparse.Namespace) -> None:
    for path in asked.results:
        print(f"{path.name}\n")
        print("\n".join(report(load_results(path))))


def _line(result: Result) -> str:
    mutant = result.mutant
    return f"{result.outcome} {mutant.path}:{mutant.line} {result.seconds:g}s {result.killed_by}"


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
