"""Lets a feature work in a dialog as it does on a screen: what it says is said in the dialog."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from eds_tui.domain.errors import EdsError, ShutOut
from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.features.host import Host

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer
    from textual.worker import Worker

    from eds_tui.ui.commands.chord import Chord


class DialogHost:
    """The host of a feature in a dialog.

    Args:
        below: The host of whoever shows the dialog.
        dialog: The dialog.
    """

    def __init__(self, below: Host, dialog: Dialog[Any]) -> None:
        self._below = below
        self._dialog = dialog

    @property
    def app(self) -> App[Any]:
        """The program."""
        return self._below.app

    @property
    def is_in_front(self) -> bool:
        """Whether nothing lies over the dialog."""
        return self.app.screen is self._dialog

    def say(self, text: str, *, bad: bool = False) -> None:
        """Show a sentence in the dialog."""
        if bad or self._dialog.text is None:
            self._dialog.complain(text)
        else:
            self._dialog.text.say(text)

    def refuse(self, error: EdsError) -> None:
        """Show in the dialog what was not done, and why."""
        self._dialog.complain(error.message)

    def show_error(self, error: EdsError) -> None:
        """Show it in the dialog while that is there; a disabled account is shown out."""
        if isinstance(error, ShutOut) or not self._dialog.is_mounted:
            self._below.show_error(error)
        else:
            self.refuse(error)

    def ask(self, chord: Chord) -> None:
        """Ask something that the next key answers."""
        self._below.ask(chord)

    def run_worker(
        self,
        work: Callable[[], Coroutine[Any, Any, None]],
        name: str = "",
        group: str = "default",
        *,
        exclusive: bool = False,
    ) -> Worker[None]:
        """Run an async function as a worker that ends with the dialog."""
        return self._dialog.run_worker(work, name=name, group=group, exclusive=exclusive)

    def set_timer(self, delay: float, callback: Callable[[], object] | None = None) -> Timer:
        """Call something after so many seconds, unless the screen has ended by then."""
        return self._below.set_timer(delay, callback)
