"""Signing in: the first thing painted, before the database is opened."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key
from textual.widgets import Input

from eds_tui.domain.errors import EdsError, SignInRefused, Unavailable
from eds_tui.ui.commands.base import Command, Handlers, bindings
from eds_tui.ui.commands.everywhere import FormHelp, Leave, Redraw
from eds_tui.ui.features.host import task
from eds_tui.ui.features.password_check import PasswordCheck
from eds_tui.ui.runtime import intervals
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.password_form import PasswordForm
from eds_tui.ui.widgets.password_input import PasswordInput

if TYPE_CHECKING:
    from eds_tui.domain.account import Account
    from eds_tui.services.container import Services


LET_IN_SOON = "You are let in as soon as it answers; there is nothing to type."
"""What is added for whoever has been proven who they are."""


class SignInScreen(BaseScreen[None]):
    """Account name and password.

    Args:
        services: Gives the services as soon as the database is open; raises ``EdsError`` where it
            can't be.
        signed_in: Called with the account.
        no_account: Called when there is no account to sign in with.
        hints: Lines shown below the form, as the accounts of a demonstration.
        may_leave: Whether the program can be ended from here.
        proven: The account's name, where it has been proven already who it is.
    """

    NAME = "Sign in"
    IS_TYPED_IN = True
    COMMANDS_HERE = (Leave, Redraw, FormHelp)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(
        self,
        *,
        services: Callable[[], Awaitable[Services]],
        signed_in: Callable[[Account], Awaitable[None]],
        no_account: Callable[[], None],
        hints: tuple[str, ...] = (),
        may_leave: bool = True,
        proven: str = "",
    ) -> None:
        super().__init__()
        self._services = services
        self._signed_in = signed_in
        self._no_account = no_account
        self._may_leave = may_leave
        self._proven = proven
        self._opens_again = False
        self._away = ""
        self._login = LineInput(id="login")
        self._form = PasswordForm(
            Field("login", "Account", self._login),
            title="ICT Service Centre",
            subtitle="Faults reported, followed and answered",
            hints="\n".join(hints),
        )
        self._password_check = PasswordCheck(host=self, check=self._check)

    def commands(self) -> tuple[type[Command], ...]:
        """Return what can be done here: a kiosk that others use as well is not left."""
        return tuple(each for each in self.COMMANDS_HERE if self._may_leave or each is not Leave)

    def handlers(self) -> Handlers:
        """Return what each command does here."""
        return {Leave: self.app.exit}

    def body(self) -> ComposeResult:
        """Draw the form."""
        yield self._form

    def on_mount(self) -> None:
        """Open the database behind the paint, so that a fault of it is told before typing."""
        self.heading.title("Education Digital Services")
        self.call_after_refresh(self._open)

    def tick(self, second: int) -> None:
        """Open the database again where it was away: who is known already types nothing."""
        if (self._opens_again or self.notice.standing) and intervals.is_time_to_retry(second):
            self._opens_again = False
            self._open()

    @task()
    async def _open(self) -> None:
        try:
            services = await self._services()
            if not await in_thread_with_timeout(services.sign_in.is_possible):
                self._no_account()
            elif self._proven:
                await self._enter(services)
        except Unavailable as error:
            self._opens_again = True
            self._say_away(error)
        else:
            self._take_off_away()

    def _say_away(self, error: Unavailable) -> None:
        """Say once that the database is away."""
        if not self._away:
            then = f" {LET_IN_SOON}" if self._proven else ""
            self.refuse(EdsError(f"{error.message}{then}"))
            self._away = self.notice.text

    def _take_off_away(self) -> None:
        """Take off what was said, now that the database is there."""
        away, self._away = self._away, ""
        if away and self.notice.text == away:
            self.notice.hush()

    async def _enter(self, services: Services) -> None:
        """Go in without a word where it has been proven who it is; nobody else is asked in."""
        try:
            account = await in_thread_with_timeout(services.sign_in.sign_in_proven, self._proven)
        except SignInRefused as error:
            self.app.exit(
                return_code=1, message=Text(error.message, no_wrap=True, overflow="ignore")
            )
        else:
            await self._signed_in(account)

    async def on_key(self, event: Key) -> None:
        """Take a letter that was typed at the buttons as one of the password."""
        if self._login.value:
            await self._form.take(event)

    @on(PasswordInput.TooLong)
    def refuse_too_long(self) -> None:
        """Say that what was pasted can be no password."""
        self._password_check.refuse_too_long()

    @on(Input.Submitted, "#login")
    def to_password(self) -> None:
        """Enter in the account's field goes on to the password."""
        self._form.password.focus()

    @on(Input.Submitted, "#password")
    def check(self) -> None:
        """Check what was typed, once at a time."""
        if not self._proven:
            self._password_check.begin()

    async def _check(self) -> None:
        login, password = self._login, self._form.password
        try:
            if not login.value.strip():
                raise EdsError("Type your account name.")
            self.say("Checking…")
            services = await self._services()
            account = await in_thread_with_timeout(
                services.sign_in.sign_in, login.value.strip(), password.value
            )
            await self._signed_in(account)
            self.notice.hush()
            login.forget()
        finally:
            password.value = ""
            (password if login.value else login).focus()
