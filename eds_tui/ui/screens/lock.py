"""The lock: what stands on the terminal while nobody sits at a session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static

from eds_tui.domain.account import Account
from eds_tui.domain.text import visible
from eds_tui.ui.commands.base import bindings
from eds_tui.ui.commands.everywhere import HandOver, Redraw
from eds_tui.ui.screens.gate import GateScreen
from eds_tui.ui.textual_ext.typeahead import BLOCKS_INPUT


class LockScreen(GateScreen):
    """Asks for the password of whoever has signed in.

    Args:
        account: Who has.
        unlock: Shows the session again; raises ``EdsError`` for a wrong password.
    """

    NAME = "Locked"
    COMMANDS_HERE = (HandOver, Redraw)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(self, account: Account, unlock: Callable[[str], Awaitable[None]]) -> None:
        super().__init__()
        self._account = account
        self._unlock = unlock

    def form(self) -> ComposeResult:
        """Yield whose session it is, and the field."""
        who = f"{self._account.name} ({self._account.login})"
        yield from self.titles("This session is locked", visible(who))
        yield from self.password_field()
        yield Static(
            "Enter goes on where it was left. Ctrl+Q logs this person out for the next one;"
            " what was typed is kept for them.",
            id="hints",
            markup=False,
        )

    @on(Input.Submitted)
    def check(self) -> None:
        """Check what was typed, once at a time."""
        if not self._checking:
            self._checking = True
            self._check()

    @work(group=BLOCKS_INPUT)
    async def _check(self) -> None:
        typed, self.password.value = self.password.value, ""
        try:
            async with self.showing_errors():
                self.say("Checking…")
                await self._unlock(typed)
        finally:
            self._checking = False
