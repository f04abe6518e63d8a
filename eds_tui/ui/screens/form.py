"""What both forms for an incident have: fields, files, a draft, and one submit at a time."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from textual import work
from textual.screen import Screen
from textual.widget import Widget

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.drafts import box_of, new_place
from eds_tui.domain.errors import EdsError, InvalidInput, OutcomeUnknown, OutOfReach, Unavailable
from eds_tui.domain.incident import IncidentForm
from eds_tui.domain.views import Receipt
from eds_tui.services.files import FileShelf
from eds_tui.services.report import Report
from eds_tui.ui.dialogs.files import FilesDialog, Folder
from eds_tui.ui.dialogs.receipt import Next, ReceiptDialog
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.runtime.background import in_thread, in_thread_with_timeout
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.drafted import DraftedForm
from eds_tui.ui.textual_ext.typeahead import BLOCKS_INPUT
from eds_tui.ui.widgets.incident_fields import FORM_KEYS, IncidentFields

NOT_LOGGED_YET = (
    "It is not logged yet. What you typed is kept, and it is logged by itself, once, as soon as"
    " the database answers; or press the same key again."
)
NOT_KNOWN_YET = (
    "It is not known whether it is logged. What you typed is kept; as soon as the database answers"
    " it is found out by itself, and logged once; or press the same key again."
)
SLOW = "The database has not answered yet. What you typed is kept; you may wait, or leave with Esc."
_SLOW_SECONDS = 3


class FormScreen(DraftedForm):
    """A form that logs an incident.

    Args:
        report: Logs it.
        drafts: Keeps what is typed.
        shelf: Where files are chosen from.
        account: Who types.
        screens: What comes after.
        clock: When the form was begun.
        telephone: The service centre's number, for the receipt.
        text: What the description begins with.
    """

    KEYS_OF_WIDGETS: ClassVar[tuple[tuple[str, str], ...]] = FORM_KEYS

    def __init__(
        self,
        report: Report,
        drafts: SessionDrafts,
        shelf: FileShelf,
        account: Account,
        screens: ScreenFactory,
        clock: Clock,
        telephone: str,
        text: str = "",
    ) -> None:
        super().__init__(drafts, account, clock)
        self._text = text
        self._report = report
        self._shelf = shelf
        self._screens = screens
        self._telephone = telephone
        self._busy = False
        self._files_to_come: tuple[str, ...] = ()
        self._busy_seconds = 0
        self._unlogged: IncidentForm | None = None
        self._maybe_logged = ""
        self._receipt: Receipt | None = None

    @property
    def fields(self) -> IncidentFields:
        """The fields that every incident form has."""
        return self.query_one(IncidentFields)

    def form(self) -> IncidentForm:
        """Return what was typed, ready to be logged."""
        raise NotImplementedError

    def snapshot(self) -> dict[str, Any]:
        """Return what is typed, as values that JSON has; empty when nothing is."""
        values = self.fields.values()
        if self._files_to_come:
            values["files"] = list(self._files_to_come)
        return values | {"submission": self._submission} if values else {}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put back what ``snapshot`` returned; an empty one empties the form."""
        self._submission = draft.get("submission") or uuid.uuid4().hex
        self.fields.restore(draft)
        self._files_to_come = tuple(map(str, draft.get("files", ())))
        self._choose_again(self._files_to_come)

    def forget_problems(self) -> None:
        """Name nothing more as wrong."""
        self.fields.problems({})
        self.outer_problems({})

    @property
    def is_waiting(self) -> bool:
        """Whether the form is being logged, or could not be."""
        return self._busy or self._unlogged is not None

    def outer_problems(self, problems: Mapping[str, str]) -> Widget | None:
        """Name what is wrong beside the fields that only this form has."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Begin with what is known already."""
        box = self.fields.description
        box.load_text(self._text)
        box.move_cursor(box.document.end)

    def tick(self, second: int) -> None:
        """Keep what has been typed, and log what could not be logged before."""
        super().tick(second)
        if self._busy:
            self._busy_seconds += 1
            if self._busy_seconds == _SLOW_SECONDS:
                self.say(SLOW)
        elif self._unlogged and self.is_in_front and self.is_time_to_retry(second):
            self._log_again(self._unlogged)

    def action_back(self) -> None:
        """Leave; what is typed is kept as a draft."""
        if not self._busy or self._busy_seconds >= _SLOW_SECONDS:
            self._keep_and_leave()

    def action_attach_file(self) -> None:
        """Choose a file to attach."""
        self.app.push_screen(FilesDialog(self._shelf.entries), self._chosen)

    def _chosen(self, chosen: tuple[Folder, str] | None) -> None:
        if chosen is not None:
            self._add_file(*chosen)

    @work(group=BLOCKS_INPUT)
    async def _add_file(self, folder: Folder, name: str) -> None:
        async with self.showing_errors():
            file = await in_thread_with_timeout(self._shelf.choose, folder, name)
            self.fields.add(file)

    def action_drop_file(self) -> None:
        """Take the file that was chosen last away again."""
        self.fields.attach(self.fields.files[:-1])

    @work(group=BLOCKS_INPUT)
    async def _choose_again(self, paths: tuple[str, ...]) -> None:
        async with self.showing_errors():
            files, lost = await in_thread_with_timeout(self._shelf.choose_again, paths)
            self._files_to_come = ()
            self.fields.attach(files)
            if lost:
                raise Unavailable(f"Not there any more, choose again: {', '.join(lost)}.")

    def submit(self) -> None:
        """Log the form, once however often it is asked for (rule 8)."""
        if not self._busy:
            self._begin_to_log()
            self._log()

    def _begin_to_log(self) -> None:
        self._busy, self._busy_seconds = True, 0

    @work(group=BLOCKS_INPUT)
    async def _log(self) -> None:
        try:
            async with self.showing_errors():
                await self._send(self.form())
        finally:
            self._busy = False

    def _log_again(self, form: IncidentForm) -> None:
        """Try again what the database could not take; a form changed since waits for the key."""
        if self.form() == form:
            self._begin_to_log()
            self._try_again(form)

    @work
    async def _try_again(self, form: IncidentForm) -> None:
        try:
            async with self.retrying():
                await self._send(form)
        finally:
            self._busy = False

    async def _send(self, form: IncidentForm) -> None:
        by_itself, self._unlogged = self._unlogged is form, None
        try:
            # Files may take their time; without any an answer comes at once or not at all.
            run = in_thread if form.files else in_thread_with_timeout
            receipt = await run(self._report.log, self._account, form)
        except OutOfReach as error:
            self._unlogged = form
            if isinstance(error, OutcomeUnknown):
                self._maybe_logged = form.submission
            # Once an answer was lost, one that can't be asked for says nothing new.
            unknown = self._maybe_logged == form.submission
            self.heading.right = "Not known if logged" if unknown else "Not logged yet"
            what = error.cause if isinstance(error, OutcomeUnknown) else error.message
            raise OutOfReach(f"{what} {NOT_KNOWN_YET if unknown else NOT_LOGGED_YET}") from error
        self._receipt = receipt
        self._show_receipt(by_itself=by_itself)
        if receipt.differs:
            place = new_place(box_of("comment", [receipt.number]))
            await self._keeper.hand_on(place, {"text": form.description})
        await self._keeper.finish()

    def _show_receipt(self, *, by_itself: bool) -> None:
        if self._receipt is not None and self.is_in_front:
            receipt, self._receipt = self._receipt, None
            seen = not receipt.confidential or self._account.may(Action.READ_CONFIDENTIAL)
            dialog = ReceiptDialog(receipt, self._telephone, can_open=seen, by_itself=by_itself)
            self.app.push_screen(dialog, self._after(receipt))

    def on_screen_resume(self) -> None:
        """Show the number of what was logged while another place was in front."""
        self._show_receipt(by_itself=True)

    def refuse(self, error: EdsError) -> None:
        """Name what is wrong beside each field and put the cursor on the first (rule 9)."""
        if not isinstance(error, InvalidInput):
            super().refuse(error)
            return
        outer = self.outer_problems(error.problems)
        inner = self.fields.problems(error.problems)
        if first := outer or inner:
            first.focus()

    def _after(self, receipt: Receipt) -> Callable[[Next | None], None]:
        def follow(next_: Next | None) -> None:
            app = self.app
            self.dismiss(None)
            if next_ is Next.OPEN:
                app.push_screen(self._screens.incident(receipt.number))
            elif next_ is Next.ANOTHER:
                app.push_screen(self.another())

        return follow

    def another(self) -> Screen[None]:
        """Return a new form of the same kind."""
        raise NotImplementedError
