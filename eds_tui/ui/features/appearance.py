"""Choosing the theme, which follows the account, and how many colours the terminal is sent."""

from __future__ import annotations

from eds_tui.domain.account import Account
from eds_tui.host.terminals import Colours
from eds_tui.services.preferences import Preferences
from eds_tui.ui.dialogs.appearance import AppearanceDialog, Look
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import changing
from eds_tui.ui.textual_ext.terminal_app import TerminalApp


class AppearanceChoice:
    """Puts on what is chosen at once; a theme is kept with the account (rule 47).

    Args:
        host: The screen.
        preferences: Keeps the theme.
        account: Who chooses.
    """

    def __init__(self, *, host: Host, preferences: Preferences, account: Account) -> None:
        self.host = host
        self._preferences = preferences
        self._account = account

    def ask(self) -> None:
        """Ask for another theme, or for other colours."""
        app = self.host.app
        assert isinstance(app, TerminalApp)
        dialog = AppearanceDialog(Look(app.chosen_theme, app.kind.colours))
        app.push_screen(
            dialog, lambda chosen: None if chosen is None else self._put_on(app, chosen)
        )

    def _put_on(self, app: TerminalApp, chosen: Look) -> None:
        if chosen.colours is not app.kind.colours:
            app.send_colours(chosen.colours)
            self.host.say(_said_of(chosen.colours))
        else:
            app.wear(chosen.theme)
            app.last_theme.write(chosen.theme)
            self._keep(chosen.theme)

    @task()
    async def _keep(self, theme: str) -> None:
        await changing(self._preferences.choose_theme, self._account, theme)


def _said_of(colours: Colours) -> str:
    sent = "No colours are" if colours is Colours.NONE else f"{colours.label} colours are"
    return f"{sent} sent until you leave; the setting colours (EDS_TUI_COLOURS) sends them always."
