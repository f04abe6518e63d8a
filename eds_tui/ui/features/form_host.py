"""What the features of a form may ask of the screen that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from eds_tui.ui.features.host import Host

if TYPE_CHECKING:
    from textual.widget import Widget

    from eds_tui.ui.widgets.bars import Heading


class HasFields(Protocol):
    """A screen with fields to type in."""

    @property
    def focused(self) -> Widget | None:
        """The field that has the focus."""

    def query_one(self, selector: str, expect_type: type[Widget]) -> Widget:
        """Return the one widget that a selector finds."""


class FormHost(HasFields, Host, Protocol):
    """A screen with a form: it has a top line, and can be left."""

    @property
    def heading(self) -> Heading:
        """The top line."""

    def dismiss(self, result: None = None) -> object:
        """Leave the screen."""
