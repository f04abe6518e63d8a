"""What screens with a long list of incidents share: it is read in windows, and says as of when."""

from __future__ import annotations

from textual import events, on, work

from eds_tui.domain.clock import LONDON, Clock
from eds_tui.ui.dialogs.jump import JumpDialog
from eds_tui.ui.features.paged_list import Pager
from eds_tui.ui.features.unfinished_list import UnfinishedList
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.base import BaseScreen, Result
from eds_tui.ui.widgets.incident_list import IncidentList


class ListingPlace(BaseScreen[Result]):
    """A place with a list that is read a window at a time."""

    _clock: Clock
    _pager: Pager
    _screens: ScreenFactory
    _read_at = ""
    """The time of what is shown; empty before anything is."""

    def _note_the_time(self) -> None:
        self._read_at = self._clock().astimezone(LONDON).strftime("%H:%M:%S")

    @on(IncidentList.EdgeNear)
    def read_more(self, event: IncidentList.EdgeNear) -> None:
        """Read the next window of the list."""
        self._more(event.newer)

    @work(exclusive=True, group="more")
    async def _more(self, newer: bool) -> None:
        async with self.showing_errors():
            await self._pager.more(newer=newer)

    def open_incident(self, number: int) -> None:
        """Open an incident."""
        self.app.push_screen(self._screens.incident(number))

    def action_search(self) -> None:
        """Search all incidents that this person may see."""
        self.app.push_screen(self._screens.search())

    def action_information(self) -> None:
        """Show what there is to read."""
        self.app.push_screen(self._screens.information())


class JumpingPlace(ListingPlace[Result]):
    """One in which a digit begins the number of an incident to go to (rule 34)."""

    def action_unfinished(self) -> None:
        """Show what was typed and not sent."""
        self._show_unfinished()

    @work
    async def _show_unfinished(self) -> None:
        async with self.showing_errors():
            drafts = self._screens.session_drafts
            draft = await UnfinishedList(drafts, self.app, self.say).choose()
            if draft is not None:
                self.app.push_screen(self._screens.unfinished(draft))

    def action_jump_to_number(self, typed: str = "") -> None:
        """Ask for a number and open its incident."""
        self.app.push_screen(JumpDialog(typed), self._jump)

    def _jump(self, number: int | None) -> None:
        if number is not None:
            self.open_incident(number)

    def on_key(self, event: events.Key) -> None:
        """A digit starts a jump to a number."""
        if event.character and event.character.isascii() and event.character.isdigit():
            event.stop()
            self.action_jump_to_number(event.character)

    def action_appearance(self) -> None:
        """Change the colours."""
        from eds_tui.ui.dialogs.appearance import AppearanceDialog

        self.app.push_screen(AppearanceDialog())
