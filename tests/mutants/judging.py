"""Judges a mutant by its tests, and checks of each that kills that it passes without it."""

from __future__ import annotations

import time
from collections.abc import Sequence

from tests.mutants.copies import Copy
from tests.mutants.forking import Verdict, run_tests
from tests.mutants.records import Mutant, Outcome, Result


class Judge:
    """Runs tests on mutants in one copy of the tree."""

    def __init__(self, copy: Copy, limit: float) -> None:
        """Work in a copy; a run that takes longer than the limit, in seconds, is ended."""
        self._copy = copy
        self._limit = limit
        self._sound: set[str] = set()
        self._unsound: set[str] = set()

    def judge(self, mutant: Mutant, tests: Sequence[str]) -> Result:
        """Return what the tests make of a mutant."""
        began = time.monotonic()
        outcome, killed_by = self._outcome(mutant, list(tests))
        return Result(
            mutant=mutant,
            outcome=outcome,
            tests=len(tests),
            killed_by=killed_by,
            seconds=round(time.monotonic() - began, 1),
        )

    def _outcome(self, mutant: Mutant, tests: list[str]) -> tuple[Outcome, str]:
        while tests := [test for test in tests if test not in self._unsound]:
            verdict = self._mutated(mutant, tests)
            if verdict.passed:
                return Outcome.SURVIVED, ""
            if not verdict.failed:
                return self._without_a_name(mutant, verdict, tests)
            if self._is_sound(verdict.failed[0]):
                return Outcome.KILLED, verdict.failed[0]
        return Outcome.UNSOUND, "none of the tests passes without the mutant"

    def _without_a_name(
        self, mutant: Mutant, verdict: Verdict, tests: Sequence[str]
    ) -> tuple[Outcome, str]:
        """Return what it means that pytest failed, but none of the tests."""
        if not verdict.timed_out:
            # A mutant can give the cases of a test other names, by which none is found.
            tests = list(dict.fromkeys(_function(test) for test in tests))
            verdict = self._mutated(mutant, tests)
        if verdict.passed:
            return Outcome.SURVIVED, ""
        if verdict.failed:
            sound = self._is_sound(_function(verdict.failed[0]))
            return Outcome.KILLED if sound else Outcome.UNSOUND, verdict.failed[0]
        if not run_tests(self._copy, tests, self._limit).passed:
            return Outcome.UNSOUND, "the tests don't pass without the mutant"
        if verdict.timed_out:
            return Outcome.TIMED_OUT, f"more than {self._limit:g} seconds"
        return Outcome.KILLED, verdict.reason

    def _mutated(self, mutant: Mutant, tests: Sequence[str]) -> Verdict:
        with self._copy.mutated(mutant):
            return run_tests(self._copy, tests, self._limit)

    def _is_sound(self, test: str) -> bool:
        """Return whether a test passes without a mutant, and keep in mind what it does."""
        if test not in self._sound | self._unsound:
            passed = run_tests(self._copy, [test], self._limit).passed
            (self._sound if passed else self._unsound).add(test)
        return test in self._sound


def _function(test: str) -> str:
    """Return a test with all its cases."""
    return test.partition("[")[0]
