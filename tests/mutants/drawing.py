"""Draws mutants at random from all that stand on code which some test covers."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.mutants.covering import Covering
from tests.mutants.exclusions import exclusions
from tests.mutants.library import Candidate, candidates, diff, mutate
from tests.mutants.records import Mutant
from tests.mutants.spans import Span

FOLDERS = (
    "eds_tui/domain",
    "eds_tui/services",
    "eds_tui/repository",
    "eds_tui/ui/features",
    "eds_tui/ui/screens",
)
"""Where mutants are drawn from."""
_LEFT_OUT = "eds_tui/repository/migrations"


@dataclass(frozen=True, order=True)
class Point:
    """A place in a file that some operator could change, in one way or in several."""

    path: str
    span: Span


Points = Mapping[Point, Sequence[Candidate]]


def points(covering: Covering) -> Points:
    """Return every point that some test covers, with the mutants to be had there."""
    found: defaultdict[Point, list[Candidate]] = defaultdict(list)
    for path, source in covering.sources.items():
        if not _is_drawn_from(path):
            continue
        out = exclusions(source)
        for each in candidates(source):
            if not any(span.holds(each.span) for span in out):
                found[Point(path, each.span)].append(each)
    return {point: found[point] for point in found if covering.tests(point.path, point.span)}


def draw(covering: Covering, found: Points, seed: int, count: int) -> list[Mutant]:
    """Draw points, each as likely as any other, and one mutant for each.

    Args:
        covering: The tree that the points are of.
        found: The points to draw from.
        seed: The same seed draws the same mutants from the same tree.
        count: How many to draw; fewer come where there are not so many points.
    """
    chance = random.Random(seed)
    order = sorted(found)
    chance.shuffle(order)
    drawn: list[Mutant] = []
    for point in order:
        if len(drawn) == count:
            break
        choices = list(found[point])
        chance.shuffle(choices)
        made = _made(point, covering.sources[point.path].text, choices)
        if mutant := next(made, None):
            drawn.append(mutant)
    return drawn


def _made(point: Point, text: str, choices: Sequence[Candidate]) -> Iterator[Mutant]:
    for each in choices:
        mutated = mutate(text, each.operator, each.occurrence)
        if mutated is not None:
            yield Mutant(
                path=point.path,
                line=point.span.start[0],
                column=point.span.start[1],
                end_line=point.span.end[0],
                end_column=point.span.end[1],
                operator=each.operator,
                occurrence=each.occurrence,
                diff=diff(point.path, text, mutated),
            )


def _is_drawn_from(path: str) -> bool:
    inside = any(path.startswith(f"{folder}/") for folder in FOLDERS)
    return inside and not path.startswith(f"{_LEFT_OUT}/")
