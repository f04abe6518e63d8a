"""A small form in the middle of the screen, with a password as its last field."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.events import Key
from textual.widgets import Static

from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.password_input import PasswordInput


class PasswordForm(Center):
    """Two lines of title, the fields, and what helps below them.

    Args:
        fields: Those above the password.
        title: The first line.
        subtitle: The second.
        hints: What stands below; with nothing to say there is no room for it.
    """

    def __init__(self, *fields: Field, title: str, subtitle: str, hints: str) -> None:
        super().__init__()
        self._fields = fields
        self._title = title
        self._subtitle = subtitle
        self._hints = hints
        self.password = PasswordInput(id="password")
        """The field of the password."""

    async def take(self, event: Key) -> None:
        """Go back to the password with a letter that was typed at the buttons, which take none."""
        if self.password.check_consume_key(event.key, event.character):
            self.password.focus()
            await self.password.on_key(event)

    def compose(self) -> ComposeResult:
        """Draw the form."""
        with Vertical(id="box"):
            yield Static(self._title, id="title", markup=False)
            yield Static(self._subtitle, id="subtitle", markup=False)
            yield from self._fields
            yield Field("password", "Password", self.password)
            hints = Static(self._hints, id="hints", markup=False)
            hints.display = bool(self._hints)
            yield hints
