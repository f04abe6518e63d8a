"""What has to be passed with a password: the sign-in, and the lock of a session."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.widgets import Static

from eds_tui.domain.errors import EdsError
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.password_input import PasswordInput


class GateScreen(BaseScreen[None]):
    """A small form in the middle of the screen, with a password as its last field."""

    _checking = False

    def body(self) -> ComposeResult:
        """Draw the form."""
        with Center(id="middle"), Vertical(id="box"):
            yield from self.form()

    def form(self) -> ComposeResult:
        """Yield what stands in the form."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Say whose kiosk it is."""
        self.heading.title("Education Digital Services")

    def titles(self, title: str, subtitle: str) -> ComposeResult:
        """Yield the two lines over the fields."""
        yield Static(title, id="title", markup=False)
        yield Static(subtitle, id="subtitle", markup=False)

    def password_field(self) -> ComposeResult:
        """Yield the field of the password."""
        yield Field("password", "Password", PasswordInput(id="password"))

    @property
    def password(self) -> PasswordInput:
        """The field of the password."""
        return self.query_one("#password", PasswordInput)

    @on(PasswordInput.TooLong)
    def refuse_too_long(self) -> None:
        """Say that what was pasted can be no password, and that nothing of it was taken."""
        # Loaded only now: the rules of passwords are not needed for the first paint.
        from eds_tui.domain.password import TOO_LONG

        self.refuse(EdsError(TOO_LONG))
