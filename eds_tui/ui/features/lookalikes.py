"""What is open at other schools and reads like what is being typed (rule 33)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.timer import Timer

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock, age
from eds_tui.domain.errors import EdsError, ShutOut
from eds_tui.domain.lookalike import Lookalike
from eds_tui.domain.text import first_line
from eds_tui.services.search import Search
from eds_tui.ui import dialogs
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.forms import LookElsewhere
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import in_thread_with_timeout, showing_errors
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.widgets.elsewhere import ElsewhereLine

PAUSE = 0.4
"""Seconds without a key after which one looks."""


@dataclass(frozen=True, kw_only=True)
class LookalikeServices:
    """What looking for lookalikes takes."""

    search: Search
    """Finds them."""
    account: Account
    """Who looks."""
    clock: Clock
    """What their age is counted up to."""
    screens: ScreenFactory
    """Opens one."""


class Lookalikes:
    """Looks for the same at other schools, whenever the writer pauses.

    Args:
        host: The screen.
        services: Where they are found and opened.
        line: Shows the newest.
        text: Returns what is typed.
        school_id: Returns the caller's school; ``None`` while it is not chosen.
    """

    def __init__(
        self,
        *,
        host: Host,
        services: LookalikeServices,
        line: ElsewhereLine,
        text: Callable[[], str],
        school_id: Callable[[], int | None],
    ) -> None:
        self.host = host
        self._services = services
        self._line = line
        self._text = text
        self._school_id = school_id
        self._pause: Timer | None = None
        self._found: tuple[Lookalike, ...] = ()

    def handlers(self) -> Handlers:
        """Return what is done for the command about them."""
        return {LookElsewhere: self.choose}

    def look_soon(self) -> None:
        """Look when nothing has been typed for a moment."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.host.set_timer(PAUSE, self.look)

    @task(exclusive=True, group="elsewhere")
    async def look(self) -> None:
        """Look for what reads alike now; what is found for an earlier text is not shown."""
        text, school_id = self._text(), self._school_id()
        found: tuple[Lookalike, ...] = ()
        async with showing_errors(self._keep_quiet):
            if school_id is not None:
                services = self._services
                found = await in_thread_with_timeout(
                    services.search.elsewhere, services.account, text, school_id
                )
        self._found = found
        self._line.more = max(0, len(found) - 1)
        self._line.shown = self._parts(found[0]) if found else ("", "", "", "")
        self._line.display = self._line.display or bool(found)

    def _keep_quiet(self, error: EdsError) -> None:
        """Disturb nobody's typing by what was not asked for."""
        if isinstance(error, ShutOut):
            self.host.show_error(error)

    def _parts(self, found: Lookalike) -> tuple[str, str, str, str]:
        mark = "CONFIDENTIAL " if found.confidential else ""
        how_old = age(found.opened_at, self._services.clock())
        return found.reference, f"{mark}{found.details}", found.town, how_old

    def choose(self) -> None:
        """Go to the one that was found, or ask which; the form stays as it is."""
        if not self._found:
            self.host.say("Nothing that is open at another school reads alike so far.")
        elif len(self._found) == 1:
            self._open(0)
        else:
            parts = map(self._parts, self._found)
            lines = [f"{ref} {town}, {old}: {first_line(text)}" for ref, text, town, old in parts]
            self.host.app.push_screen(dialogs.PickDialog("Look at which?", lines), self._open)

    def _open(self, index: int | None) -> None:
        if index is not None:
            number = self._found[index].number
            self.host.app.push_screen(self._services.screens.incident(number))
