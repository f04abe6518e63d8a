"""Figures: what is measured, what it may be at most, and how a measured one is shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum

from tests.processes import CannotMeasure as CannotMeasure


class Verdict(StrEnum):
    """Whether a figure keeps its target."""

    MET = "met"
    MISSED = "missed"
    NO_TARGET = "no target"


@dataclass(frozen=True, slots=True)
class Figure:
    """A thing that is measured, with at most one of the two kinds of target."""

    name: str
    unit: str
    at_most: float | None = None
    """The most it may be, in its unit."""
    times: float | None = None
    """The most it may be as a multiple of the baseline of the same run."""
    growth: float | None = None
    """The most it may be as a multiple of what it is with a tenth of the rows."""

    def grown(self, tenth: int) -> Figure:
        """Return the figure of its growth, whose baseline is what it is with a tenth of the rows.

        Args:
            tenth: How many those are.
        """
        return Figure(f"{self.name}, beside {tenth:,}", self.unit, times=self.growth)

    def of(self, measured: float | None, baseline: float | None = None) -> Reading:
        """Return the reading of a measured value; ``None`` where it could not be measured."""
        return Reading(self, measured, baseline)


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as it was measured, beside the bare program of the same run."""

    figure: Figure
    measured: float | None
    baseline: float | None

    @property
    def ratio(self) -> float | None:
        """How many times the baseline it is; ``None`` where there is nothing to divide."""
        if self.measured is None or not self.baseline:
            return None
        return self.measured / self.baseline

    @property
    def verdict(self) -> Verdict:
        """A figure with a target is missed also where it could not be measured."""
        figure = self.figure
        limit = figure.at_most if figure.times is None else figure.times
        value = self.measured if figure.times is None else self.ratio
        if limit is None:
            return Verdict.NO_TARGET
        return Verdict.MET if value is not None and value <= limit else Verdict.MISSED

    def line(self) -> str:
        """Return it as a line for people."""
        figure = self.figure
        target = ""
        if figure.at_most is not None:
            target = f"<= {_number(figure.at_most)} {figure.unit}"
        if figure.times is not None:
            target = f"<= {figure.times:g} times"
        return (
            f"{figure.name:<58}{_number(self.measured):>9}{_number(self.baseline):>9}"
            f" {figure.unit:<5}{_number(self.ratio):>7}  {target:<14}  {self.verdict}"
        )

    def json(self) -> str:
        """Return it as one line of JSON, with unrounded numbers."""
        return json.dumps(
            {
                "name": self.figure.name,
                "unit": self.figure.unit,
                "measured": self.measured,
                "baseline": self.baseline,
                "ratio": self.ratio,
                "at_most": self.figure.at_most,
                "times": self.figure.times,
                "verdict": self.verdict.value,
            }
        )


HEADING = f"{'':<58}{'measured':>9}{'bare':>9} {'':<5}{'ratio':>7}  {'target':<14}"
"""The line above the lines for people."""


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value == round(value) or abs(value) >= 100 else f"{value:.2f}"
