"""What nobody foresaw: logged once under a reference, and counted while it repeats."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from types import CodeType

from textual.worker import WorkerFailed

from eds_tui.ui.background import logged

FEW = 5
"""Errors within a short time after which the program still goes on."""
SHORT_SECONDS = 10.0


@dataclass(frozen=True)
class _Fault:
    at: float
    origin: tuple[type[BaseException], CodeType | None, int]
    reference: str


class Faults:
    """The errors of the last seconds.

    Args:
        now: Seconds of a clock that is never put back.
    """

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._recent: deque[_Fault] = deque()

    def refer(self, error: BaseException) -> str:
        """Return the reference under which an error stands in the log.

        One that comes from where another came from just now has the same, and is not logged again:
        an error in each paint would fill the log.
        """
        error = error.error if isinstance(error, WorkerFailed) else error
        now, origin = self._now(), _origin(error)
        while self._recent and now - self._recent[0].at > SHORT_SECONDS:
            self._recent.popleft()
        known = (each.reference for each in self._recent if each.origin == origin)
        reference = next(known, "") or logged(error)
        self._recent.append(_Fault(now, origin, reference))
        return reference

    @property
    def are_too_many(self) -> bool:
        """Whether so much has gone wrong within a short time that it will go on doing so."""
        return len(self._recent) > FEW


def _origin(error: BaseException) -> tuple[type[BaseException], CodeType | None, int]:
    """Return what an error is, and where it was raised."""
    step = error.__traceback__
    if step is None:
        return type(error), None, 0
    while step.tb_next is not None:
        step = step.tb_next
    return type(error), step.tb_frame.f_code, step.tb_lineno
