"""How far a long piece of work has come, told to whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], object]
"""Is told how much is done, from 0 to 1, now and then."""


def untold(_done: float) -> None:
    """Tell nobody."""


def share(progress: Progress, first: float, last: float) -> Progress:
    """Return what is told of a part of the work, which itself goes from 0 to 1.

    Args:
        progress: Is told of the whole.
        first: How much of the whole is done when the part begins.
        last: How much when it ends.
    """
    return lambda done: progress(first + done * (last - first))
