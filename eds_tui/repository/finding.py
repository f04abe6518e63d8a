"""What the check of a database finds: a part that was looked at, and its problems."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST_LISTED = 20
"""Problems of one kind that are listed one by one; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one part of the check found."""

    subject: str
    """What was looked at, and how many of it."""
    problems: tuple[str, ...]
    """A sentence each; none is as it should be."""


class Problems:
    """The problems of one part; no more of them are held than are listed."""

    def __init__(self, problems: Iterable[str] = ()) -> None:
        self._listed: list[str] = []
        self._beyond = 0
        self.extend(problems)

    def extend(self, problems: Iterable[str]) -> None:
        """Add problems, a sentence each."""
        for problem in problems:
            self.add(problem)

    def add(self, problem: str) -> None:
        """Add a problem, in a sentence."""
        if len(self._listed) < MOST_LISTED:
            self._listed.append(problem)
        else:
            self._beyond += 1

    def of(self, subject: str) -> Finding:
        """Return what was found of a subject."""
        beyond = [f"… and {self._beyond} more."] if self._beyond else []
        return Finding(subject=subject, problems=(*self._listed, *beyond))
