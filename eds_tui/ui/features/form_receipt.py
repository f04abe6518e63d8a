"""The receipt of what was logged, shown when its form is in front, and what follows it (rule 8)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.screen import Screen

from eds_tui.domain.account import Account, Action
from eds_tui.domain.incident import IncidentForm
from eds_tui.domain.same_fault import same_as_logged
from eds_tui.domain.service_centre import ServiceCentre
from eds_tui.domain.views import Receipt
from eds_tui.ui.dialogs.receipt import Next, ReceiptDialog
from eds_tui.ui.features.decisions import DecisionMemory
from eds_tui.ui.features.form_host import FormHost
from eds_tui.ui.screen_factory import ScreenFactory


class FormReceipt:
    """Shows the number of what was logged, and goes where one chooses to go from there.

    Args:
        host: The screen.
        account: Who has logged it.
        centre: How the service centre is reached.
        screens: Opens what was logged.
        another: Returns a new form of the same kind.
        memory: Where it is noted what was logged last.
    """

    def __init__(
        self,
        *,
        host: FormHost,
        account: Account,
        centre: ServiceCentre,
        screens: ScreenFactory,
        another: Callable[[], Screen[None]],
        memory: DecisionMemory,
    ) -> None:
        self._host = host
        self._account = account
        self._centre = centre
        self._screens = screens
        self._another = another
        self._memory = memory
        self._waiting: tuple[Receipt, IncidentForm] | None = None

    def show(self, receipt: Receipt, form: IncidentForm, *, by_itself: bool) -> None:
        """Show a receipt at once, or when the form is in front again.

        Args:
            receipt: What is read out.
            form: What was logged.
            by_itself: Whether no key of this moment has brought it up.
        """
        self._waiting = receipt, form
        self._memory.logged = receipt.number
        self._show(by_itself=by_itself)

    def resume(self) -> None:
        """Show the number of what was logged while another screen was in front."""
        self._show(by_itself=True)

    def _show(self, *, by_itself: bool) -> None:
        if self._waiting is not None and self._host.is_in_front:
            (receipt, form), self._waiting = self._waiting, None
            seen = not receipt.confidential or self._account.may(Action.READ_CONFIDENTIAL)
            dialog = ReceiptDialog(
                receipt=receipt,
                centre=self._centre,
                can_open=seen,
                is_call=self._account.may(Action.LOG_CALLS),
                by_itself=by_itself,
            )
            self._host.app.push_screen(dialog, partial(self._follow, receipt, form))

    def _follow(self, receipt: Receipt, form: IncidentForm, next_: Next | None) -> None:
        app = self._host.app
        self._host.dismiss(None)
        if next_ is Next.OPEN:
            app.push_screen(self._screens.incident(receipt.number))
        elif next_ is Next.ANOTHER:
            app.push_screen(self._another())
        elif next_ is Next.SAME:
            app.push_screen(self._screens.call(same=same_as_logged(form, receipt.number)))
