"""A key that asks for one more key: quicker than a dialog, and lighter on a slow line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Chord:
    """A question that the next key answers; any other key takes it back.

    Args:
        prompt: What is asked, with the keys that answer it.
        answers: Key to what it does; letters count in either case.
    """

    prompt: str
    answers: Mapping[str, Callable[[], None]]

    def answer(self, character: str | None) -> Callable[[], None] | None:
        """Return what a key does, or ``None`` where it is no answer."""
        return self.answers.get((character or "").casefold())
