"""Going from a screen to the others: an incident, a number, the search, what there is to read."""

from __future__ import annotations

from textual.events import Key

from eds_tui.domain.saved_view import SavedView
from eds_tui.domain.views import IncidentRow
from eds_tui.ui import dialogs
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.everywhere import Appearance, Information, Unfinished
from eds_tui.ui.commands.triage import Search
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.features.unfinished_list import UnfinishedList
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.widgets.incident_list import IncidentList


class Navigation:
    """Opens other screens over the one that holds it.

    Args:
        host: The screen.
        screens: Makes the others.
    """

    def __init__(self, *, host: Host, screens: ScreenFactory) -> None:
        self.host = host
        self._screens = screens

    def handlers(self) -> Handlers:
        """Return what is done for the commands that go elsewhere from any list."""
        return {
            Unfinished: self.show_unfinished,
            Search: self.search,
            Information: self.show_information,
            Appearance: self.choose_colours,
        }

    def open_incident(self, number: int) -> None:
        """Open an incident."""
        self.host.app.push_screen(self._screens.incident(number))

    def open_row(self, rows: IncidentList, *, write: bool = False) -> None:
        """Open the incident under the cursor of a list, to go along the list from there.

        Args:
            rows: The list.
            write: Whether to begin in the comment box.
        """
        if rows.row is not None:
            incident = self._screens.incident(rows.row.number, write=write, among=rows)
            self.host.app.push_screen(incident)

    def search(self) -> None:
        """Search all incidents that this person may see."""
        self.host.app.push_screen(self._screens.search())

    def show_view(self, view: SavedView) -> None:
        """Show what a saved view finds, under its name, with the cursor in the list."""
        self.host.app.push_screen(self._screens.search(view.search, view.name))

    def show_school(self, row: IncidentRow | None) -> None:
        """Show the school of an incident, and all that it has open."""
        if row is not None:
            self.host.app.push_screen(self._screens.site(row.school_id))

    def show_information(self) -> None:
        """Show what there is to read."""
        self.host.app.push_screen(self._screens.information())

    def choose_colours(self) -> None:
        """Ask for other colours."""
        self._screens.appearance(self.host).ask()

    @task()
    async def show_unfinished(self) -> None:
        """Show what was typed and not sent, and go on with what is chosen."""
        host = self.host
        drafts = UnfinishedList(host=host, drafts=self._screens.session_drafts)
        draft = await drafts.choose()
        if draft is not None:
            host.app.push_screen(self._screens.unfinished(draft))

    def jump_with(self, typed: str) -> None:
        """Ask for a number, of which something may be typed already, and open its incident."""
        self.host.app.push_screen(dialogs.JumpDialog(typed), self._jump)

    def take_digit(self, event: Key) -> None:
        """Start a jump to a number with a key that is a digit (rule 34); leave any other key."""
        if event.character and event.character.isascii() and event.character.isdigit():
            event.stop()
            self.jump_with(event.character)

    def _jump(self, number: int | None) -> None:
        if number is not None:
            self.open_incident(number)
