"""How far a long piece of work has come, told to whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float], object]
"""Is told how much is done, from 0 to 1, now and then."""


def untold(_done: float) -> None:
    """Tell nobody."""
