"""The number that is read out."""

from __future__ import annotations

from enum import Enum, auto
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from eds_tui.domain.text import visible
from eds_tui.domain.views import Receipt
from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.styles import sheets


class Next(Enum):
    """What follows a logged incident."""

    DONE = auto()
    ANOTHER = auto()
    OPEN = auto()


class ReceiptDialog(Dialog[Next]):
    """*Incident logged!*, the number, where its updates are read, and who is told (rule 8).

    Args:
        receipt: What is read out.
        telephone: The service centre's.
        can_open: Whether the reader may see what was logged: a school no confidential one.
    """

    CSS_PATH = sheets("dialog", "receipt")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+j", "done", show=False),
        Binding("n", "another", show=False),
        Binding("o", "open", show=False),
    ]

    def __init__(self, receipt: Receipt, telephone: str, *, can_open: bool) -> None:
        keys = "Enter Done   n Log another"
        super().__init__("Incident logged!", f"{keys}   o Open it" if can_open else keys)
        self._can_open = can_open
        self._receipt = receipt
        self._telephone = telephone

    def content(self) -> ComposeResult:
        """Draw the number, large by the room around it, and the rest below."""
        number = Content.assemble("The number is  ", (self._receipt.reference, "bold reverse"))
        yield Static(number, id="number", markup=False)
        yield Static(self._updates(), id="updates", markup=False)

    def _updates(self) -> Content:
        if self._receipt.confidential:
            text = (
                "It is confidential: it is in no list of the school and nobody is sent an e-mail."
                f" Telephone {self._telephone} for updates."
            )
        else:
            told = self._receipt.notified or "nobody yet: the school has no address on record"
            text = (
                "Its updates are read in the school's list of open incidents."
                f" Notified by e-mail: {told}."
            )
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

    def action_open(self) -> None:
        """Open what was logged, where it can be."""
        if self._can_open:
            self.dismiss(Next.OPEN)
