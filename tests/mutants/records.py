"""What is written about mutants: one that was drawn, and what became of it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One change to one file, made by an operator of the mutation library."""

    path: str
    """The file, from the tree's folder."""
    line: int
    column: int
    """Where what changes begins; the first column is 0."""
    end_line: int
    end_column: int
    operator: str
    """The operator's name in the library."""
    occurrence: int
    """Which of the operator's places in the file, counted from 0."""
    diff: str

    @property
    def key(self) -> tuple[str, str, int]:
        """What tells this mutant from every other one of the same tree."""
        return self.path, self.operator, self.occurrence

    @property
    def package(self) -> str:
        """The package that the file stands in, with dots."""
        return ".".join(Path(self.path).parts[:-1])


class Outcome(StrEnum):
    """What the tests made of a mutant."""

    KILLED = "killed"
    """A test failed that passes without the mutant."""
    TIMED_OUT = "time-out"
    """The tests went on beyond the limit, which they don't without the mutant."""
    SURVIVED = "survived"
    """Every chosen test passed."""
    UNSOUND = "unsound"
    """The chosen tests don't pass without the mutant either; it is not counted."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """What became of a mutant."""

    mutant: Mutant
    outcome: Outcome
    tests: int
    """How many tests were chosen for it."""
    killed_by: str = ""
    """The test that failed, or why none has a name."""
    seconds: float = 0.0


def save_mutants(path: Path, mutants: Sequence[Mutant]) -> None:
    """Write drawn mutants to a file."""
    _write(path, [dataclasses.asdict(each) for each in mutants])


def load_mutants(path: Path) -> list[Mutant]:
    """Read drawn mutants from a file."""
    return [Mutant(**each) for each in json.loads(path.read_text("utf-8"))]


def save_results(path: Path, results: Sequence[Result]) -> None:
    """Write results to a file, whole or not at all."""
    _write(path, [dataclasses.asdict(each) for each in results])


def load_results(path: Path) -> list[Result]:
    """Read results from a file."""
    return [_result(each) for each in json.loads(path.read_text("utf-8"))]


def _result(stored: dict[str, Any]) -> Result:
    given = {
        **stored,
        "mutant": Mutant(**stored["mutant"]),
        "outcome": Outcome(stored["outcome"]),
    }
    return Result(**given)


def _write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(json.dumps(rows, indent=1, ensure_ascii=False), "utf-8")
    beside.replace(path)
