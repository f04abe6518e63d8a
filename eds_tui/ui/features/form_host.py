"""What the features of a form may ask of the screen that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from eds_tui.ui.features.host import Host

if TYPE_CHECKING:
    from eds_tui.ui.widgets.bars import Heading


class FormHost(Host, Protocol):
    """A screen with a form: it can be left, and says when the database is away."""

    @property
    def heading(self) -> Heading:
        """The top line."""

    def say_of_database(self, words: str, *, waiting: bool) -> None:
        """Say that the database went away or came back."""

    def may_leave(self, *, kept: bool) -> bool:
        """Return whether to leave; what is kept nowhere is not left unasked."""

    def is_time_to_retry(self, second: int) -> bool:
        """Return whether what the database was not there for is to be tried again now."""

    def dismiss(self, result: None = None) -> object:
        """Leave the screen."""
