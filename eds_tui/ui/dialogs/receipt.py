"""The number that is read out."""

from __future__ import annotations

from enum import Enum, auto
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from eds_tui.domain.incident import format_number
from eds_tui.domain.service_centre import ServiceCentre
from eds_tui.domain.text import visible
from eds_tui.domain.views import Receipt
from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.styles import sheets
from eds_tui.ui.textual_ext.clipboard import copy_out
from eds_tui.ui.widgets.dialog_keys import DialogKeys


class Next(Enum):
    """What follows a logged incident."""

    DONE = auto()
    ANOTHER = auto()
    OPEN = auto()
    SAME = auto()


DEAF_SECONDS = 1.5
"""For how long keys are let pass where the dialog came by itself: they were meant for the form."""
_DIFFERS = (
    "It had reached the database before, as you first sent it: what you changed since is not in it."
    " Open it and compare; your text waits in its comment box."
)


class ReceiptDialog(Dialog[Next]):
    """*Incident logged!*, the number, where its updates are read, and who is told (rule 8).

    Args:
        receipt: What is read out.
        centre: How the service centre is reached.
        can_open: Whether the reader may see what was logged: a school no confidential one.
        is_call: Whether another school may ring about the same.
        by_itself: Whether no key of this moment has brought it up.
    """

    CSS_PATH = sheets("dialog", "receipt")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+j", "done", show=False),
        Binding("n", "another", show=False),
        Binding("j", "same", show=False),
        Binding("g", "open", show=False),
        Binding("number_sign", "copy", show=False),
    ]

    def __init__(
        self,
        *,
        receipt: Receipt,
        centre: ServiceCentre,
        can_open: bool,
        is_call: bool = False,
        by_itself: bool = False,
    ) -> None:
        keys = ["Enter Done", "n New one"]
        keys += ["g Go to it"] if can_open else []
        keys += ["j Same fault"] if is_call else []
        super().__init__("Incident logged!", "   ".join([*keys, "# Copy"]))
        self._can_open = can_open
        self._is_call = is_call
        self._deaf = by_itself
        self._receipt = receipt
        self._centre = centre

    def on_mount(self) -> None:
        """Hear keys, but at once only where one of them has brought this up."""
        self.set_timer(DEAF_SECONDS, self._hear)

    def _hear(self) -> None:
        self._deaf = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys that were meant for the form pass without effect."""
        return not self._deaf

    def content(self) -> ComposeResult:
        """Draw the number, large by the room around it, and the rest below."""
        number = Content.assemble("The number is  ", (self._receipt.reference, "bold reverse"))
        yield Static(number, id="number", markup=False)
        yield Static(self._updates(), id="updates", markup=False)

    def _updates(self) -> Content:
        if self._receipt.confidential:
            text = (
                "It is confidential: it is in no list of the school and nobody is sent an e-mail."
                f" Telephone {self._centre.telephone} for updates."
            )
        else:
            told = self._receipt.notified or "nobody yet: the school has no address on record"
            text = (
                "Its updates are read in the school's list of open incidents."
                f" Notified by e-mail: {told}."
            )
            if not self._is_call:
                text += (
                    f" That address serves all incidents; to change it ask {self._centre.email}."
                )
        if self._receipt.parent:
            text += f" It hangs on {format_number(self._receipt.parent)}."
        elif self._receipt.not_linked:
            text += f" It hangs on none: {self._receipt.not_linked}"
        if self._receipt.differs:
            text += f" {_DIFFERS}"
        return Content(visible(text))

    def action_done(self) -> None:
        """Go back to where one came from."""
        self.dismiss(Next.DONE)

    def action_leave(self) -> None:
        """Go back to where one came from."""
        self.dismiss(Next.DONE)

    def action_another(self) -> None:
        """Start the next one."""
        self.dismiss(Next.ANOTHER)

    def action_same(self) -> None:
        """Take the next call about the same fault."""
        if self._is_call:
            self.dismiss(Next.SAME)

    def action_copy(self) -> None:
        """Copy the number, and say what came of it."""
        self.query_one(DialogKeys).tell(copy_out(self.app, self._receipt.reference))

    def action_open(self) -> None:
        """Open what was logged, where it can be."""
        if self._can_open:
            self.dismiss(Next.OPEN)
