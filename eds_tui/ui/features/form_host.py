"""What the features of a form may ask of the screen that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from eds_tui.ui.features.host import Host

if TYPE_CHECKING:
    from eds_tui.ui.widgets.bars import Heading


class FormHost(Host, Protocol):
    """A screen with a form: it has a top line, and can be left."""

    @property
    def heading(self) -> Heading:
        """The top line."""

    def dismiss(self, result: None = None) -> object:
        """Leave the screen."""
