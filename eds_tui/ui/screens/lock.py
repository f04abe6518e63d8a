"""The lock: what stands on the terminal while nobody sits at a session."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key
from textual.widgets import Input

from eds_tui.domain.account import Account
from eds_tui.domain.text import visible
from eds_tui.ui.commands.base import bindings
from eds_tui.ui.commands.everywhere import HandOver, Redraw
from eds_tui.ui.features.password_check import PasswordCheck
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.widgets.password_form import PasswordForm
from eds_tui.ui.widgets.password_input import PasswordInput

_HINTS = (
    "Enter goes on where it was left. Ctrl+Q logs this person out for the next one;"
    " what was typed is kept for them."
)


class LockScreen(BaseScreen[None]):
    """Asks for the password of whoever has signed in.

    Args:
        account: Who has.
        unlock: Shows the session again; raises ``EdsError`` for a wrong password.
    """

    NAME = "Locked"
    IS_TYPED_IN = True
    COMMANDS_HERE = (HandOver, Redraw)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(self, *, account: Account, unlock: Callable[[str], Awaitable[None]]) -> None:
        super().__init__()
        self._unlock = unlock
        self._form = PasswordForm(
            title="This session is locked",
            subtitle=visible(f"{account.name} ({account.login})"),
            hints=_HINTS,
        )
        self._password_check = PasswordCheck(host=self, check=self._check)

    def body(self) -> ComposeResult:
        """Draw whose session it is, and the field."""
        yield self._form

    def on_mount(self) -> None:
        """Say whose kiosk it is."""
        self.heading.title("Education Digital Services")

    async def on_key(self, event: Key) -> None:
        """Take a letter that was typed at the buttons as one of the password."""
        await self._form.take(event)

    @on(PasswordInput.TooLong)
    def refuse_too_long(self) -> None:
        """Say that what was pasted can be no password."""
        self._password_check.refuse_too_long()

    @on(Input.Submitted)
    def check(self) -> None:
        """Check what was typed, once at a time."""
        self._password_check.begin()

    async def _check(self) -> None:
        password = self._form.password
        typed, password.value = password.value, ""
        self.say("Checking…")
        await self._unlock(typed)
