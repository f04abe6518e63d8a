"""Leaving a screen in which something is typed: not unasked where that is kept nowhere."""

from __future__ import annotations

from eds_tui.ui.features.host import Host

NOT_KEPT = "It can be kept nowhere just now. Esc again leaves it, and it is lost."


class Leaving:
    """Warns once of what would be lost.

    Args:
        host: The screen.
    """

    def __init__(self, *, host: Host) -> None:
        self._host = host
        self._has_warned = False

    def may_leave(self, *, kept: bool) -> bool:
        """Return whether to leave.

        Args:
            kept: Whether all that is typed is kept.
        """
        if kept or self._has_warned:
            return True
        self._has_warned = True
        self._host.say(NOT_KEPT, bad=True)
        return False
