"""Says on every screen that the database can't be reached, while that is so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from eds_tui.domain.errors import Unavailable
from eds_tui.ui.runtime.open_screens import OpenScreens

if TYPE_CHECKING:
    from eds_tui.services.container import Services

ANSWERS_AGAIN = "The database answers again."
"""What takes the place of what was said of a database that could not be reached."""


class DatabaseNotice:
    """Looks once a second, and puts the sentence on all screens, or takes it off them.

    Args:
        screens: The open screens; those below a dialog have it as well.
        opening: Returns what opens the database; ``None`` where nothing does yet.
    """

    def __init__(
        self, screens: OpenScreens, opening: Callable[[], asyncio.Task[Services] | None]
    ) -> None:
        self._screens = screens
        self._opening = opening
        self._was_away = False

    def tick(self) -> None:
        """Show what is so now; called every second."""
        why = self._why_not()
        if why is None:
            return
        for screen in self._screens.all:
            before = screen.notice.standing
            screen.notice.stand(why)
            if screen.notice.standing != before and not screen.is_in_front:
                # A dialog shows what is below it, and may have no other reason to be painted.
                screen.app.screen.refresh()
            if not screen.notice.is_of_outage:
                continue
            if not why:
                screen.say(ANSWERS_AGAIN)
            elif not screen.is_in_front:
                # A dialog covers all but the last line, and that is the one that stays.
                screen.notice.hush()
        if self._was_away and not why and (front := self._screens.last) is not None:
            # Loaded only now: the sign-in has no need of it.
            from eds_tui.domain.remote_changes import RemoteChanges

            # Whatever could not be read meanwhile is read now.
            front.refresh_after(RemoteChanges(everything=True))
        self._was_away = bool(why)

    def _why_not(self) -> str | None:
        """Return why the database can't be reached, if it can't; ``None`` while it is opened."""
        opening = self._opening()
        if opening is None or not opening.done() or opening.cancelled():
            return None
        error = opening.exception()
        if error is None:
            return opening.result().reachability.why_not
        return error.message if isinstance(error, Unavailable) else ""
