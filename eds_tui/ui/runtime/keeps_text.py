"""What the program asks of everything in which something may be typed."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class KeepsText(Protocol):
    """Something that is called every second, and keeps what is typed in it (rule 36)."""

    def tick(self, second: int) -> None:
        """Do what is to be done as time goes by; called every second, in front or not.

        One clock of the program's serves all: one of a screen's own would hold on to it for a while
        after it is left.

        Args:
            second: Counts the calls.
        """

    async def keep(self) -> bool:
        """Save what is typed here; called before the screen is left without its own doing.

        Returns:
            Whether nothing of it is lost.
        """
        ...
