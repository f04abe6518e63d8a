"""Says how many mutants survive, by package and by group of rules, and shows those that do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from tests.mutants.records import Outcome, Result
from tests.mutants.rules import group_of


def report(results: Sequence[Result]) -> Iterator[str]:
    """Return the lines of a report on one run."""
    yield from _table("package", results, lambda each: each.mutant.package)
    ruled = [each for each in results if group_of(each.mutant.path)]
    yield ""
    yield from _table("rules of", ruled, lambda each: group_of(each.mutant.path))
    survivors = [each for each in results if each.outcome is Outcome.SURVIVED]
    for title, wanted in (("In the rules", True), ("Elsewhere", False)):
        for number, each in enumerate(_within(survivors, rules=wanted)):
            if number == 0:
                yield f"\n{title}, these survive:"
            yield from _shown(each)


def _within(results: Sequence[Result], *, rules: bool) -> list[Result]:
    found = [each for each in results if bool(group_of(each.mutant.path)) is rules]
    return sorted(found, key=lambda each: (each.mutant.path, each.mutant.line))


def _table(title: str, results: Sequence[Result], group: Callable[[Result], str]) -> Iterator[str]:
    rows: defaultdict[str, list[Result]] = defaultdict(list)
    for each in results:
        rows[group(each)].append(each)
    yield f"{title:<24}{'drawn':>7}{'killed':>8}{'time-out':>10}{'survived':>10}{'share':>8}"
    for name in sorted(rows):
        yield _row(name, rows[name])
    yield _row("all", results)
    unsound = sum(each.outcome is Outcome.UNSOUND for each in results)
    if unsound:
        yield f"{unsound} more are not counted: their tests fail without them too."


def _row(name: str, results: Sequence[Result]) -> str:
    outcomes = [each.outcome for each in results if each.outcome is not Outcome.UNSOUND]
    killed, late, survived = (
        outcomes.count(each) for each in (Outcome.KILLED, Outcome.TIMED_OUT, Outcome.SURVIVED)
    )
    share = f"{survived / len(outcomes):.1%}" if outcomes else "-"
    return f"{name:<24}{len(outcomes):>7}{killed:>8}{late:>10}{survived:>10}{share:>8}"


def _shown(result: Result) -> Iterator[str]:
    mutant = result.mutant
    group = group_of(mutant.path)
    yield ""
    yield (
        f"{mutant.path}:{mutant.line}  {mutant.operator.rpartition('/')[2]}"
        f"  {result.tests} tests{f'  ({group})' if group else ''}"
    )
    # The names of the files are in the line above.
    yield from (f"    {line}" for line in mutant.diff.splitlines()[2:])
