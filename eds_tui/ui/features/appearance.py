"""Choosing the theme and the bell, which follow the account, and how many colours are sent."""

from __future__ import annotations

from eds_tui.domain.account import Account
from eds_tui.host.terminals import Colours
from eds_tui.services.preferences import Preferences
from eds_tui.ui import dialogs
from eds_tui.ui.features.bell import Bell
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import changing
from eds_tui.ui.textual_ext.terminal_app import TerminalApp


class AppearanceChoice:
    """Puts on what is chosen at once; a theme is kept with the account (rule 47).

    Args:
        host: The screen.
        preferences: Keeps the theme.
        account: Who chooses.
        bell: Rings for what is new.
    """

    def __init__(
        self, *, host: Host, preferences: Preferences, account: Account, bell: Bell
    ) -> None:
        self.host = host
        self._preferences = preferences
        self._account = account
        self._bell = bell

    def ask(self) -> None:
        """Ask for another theme, for other colours, or for the bell."""
        app = self.host.app
        assert isinstance(app, TerminalApp)
        dialog = dialogs.AppearanceDialog(
            dialogs.Look(app.chosen_theme, app.kind.colours, self._bell.is_on)
        )
        app.push_screen(
            dialog, lambda chosen: None if chosen is None else self._put_on(app, chosen)
        )

    def _put_on(self, app: TerminalApp, chosen: dialogs.Look) -> None:
        if chosen.bell is not self._bell.is_on:
            self._turn_bell(on=chosen.bell)
        elif chosen.colours is not app.kind.colours:
            app.send_colours(chosen.colours)
            self.host.say(_said_of(chosen.colours))
        else:
            app.wear(chosen.theme)
            app.last_theme.write(chosen.theme)
            self._keep(chosen.theme)

    @task()
    async def _turn_bell(self, *, on: bool) -> None:
        await changing(self._bell.turn, on=on)
        self.host.say(f"The bell for what is new is {'on' if on else 'off'}.")

    @task()
    async def _keep(self, theme: str) -> None:
        await changing(self._preferences.choose_theme, self._account, theme)


def _said_of(colours: Colours) -> str:
    sent = "No colours are" if colours is Colours.NONE else f"{colours.label} colours are"
    return f"{sent} sent until you leave; the setting colours (EDS_TUI_COLOURS) sends them always."
