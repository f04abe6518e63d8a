"""The cover over a session that nobody has touched for a while."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from eds_tui.domain.account import Account
from eds_tui.domain.text import visible
from eds_tui.services.sign_in import SignIn
from eds_tui.ui.background import off_loop
from eds_tui.ui.commands.base import bindings
from eds_tui.ui.commands.everywhere import EndSession, FormHelp, Redraw
from eds_tui.ui.screens.gate import GateScreen
from eds_tui.ui.typeahead import HOLD


class LockScreen(GateScreen):
    """Asks for the password of whoever is signed in; all that lies below stays as it is.

    Args:
        account: Who is signed in.
        sign_in: Checks the password; an attempt here counts as one to sign in.
        opened: Called when the password is right.
    """

    NAME = "Locked"
    COMMANDS_HERE = (EndSession, Redraw, FormHelp)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(self, account: Account, sign_in: SignIn, opened: Callable[[], None]) -> None:
        super().__init__()
        self._account = account
        self._sign_in = sign_in
        self._opened = opened

    def form(self) -> ComposeResult:
        """Yield the field, and who is meant."""
        who = f"{self._account.name} is signed in. What was typed is kept."
        yield from self.titles("This kiosk is locked", visible(who))
        yield from self.password_field()

    @on(Input.Submitted, "#password")
    def check(self) -> None:
        """Check what was typed, once at a time."""
        if not self._checking:
            self._checking = True
            self._check()

    @work(group=HOLD, exit_on_error=False)
    async def _check(self) -> None:
        try:
            async with self.telling():
                self.say("Checking…")
                typed = self.password.value
                await off_loop(self._sign_in.sign_in, self._account.login, typed)
                self._opened()
        finally:
            self._checking = False
            self.password.value = ""
