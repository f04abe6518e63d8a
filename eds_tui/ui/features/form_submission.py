"""Logging a form: once however often it is asked for, and by itself after an outage (rule 8)."""

from __future__ import annotations

from eds_tui.domain.account import Account
from eds_tui.domain.drafts import box_of, new_place
from eds_tui.domain.errors import DatabaseBusy, OnlyReadable, OutcomeUnknown, OutOfReach
from eds_tui.domain.incident import IncidentForm
from eds_tui.services.report import Report
from eds_tui.ui.features.form_contents import FormContents
from eds_tui.ui.features.form_draft import FormDraft
from eds_tui.ui.features.form_host import FormHost
from eds_tui.ui.features.form_receipt import FormReceipt
from eds_tui.ui.features.host import retrying, task
from eds_tui.ui.runtime import intervals
from eds_tui.ui.runtime.background import in_thread, in_thread_with_timeout

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


class FormSubmission:
    """Logs a form, one attempt at a time.

    Args:
        host: The screen.
        report: Logs it.
        account: Who logs it.
        contents: What stands in the form.
        draft: Forgotten once the form is logged.
        receipt: Shows the number.
    """

    def __init__(
        self,
        *,
        host: FormHost,
        report: Report,
        account: Account,
        contents: FormContents,
        draft: FormDraft,
        receipt: FormReceipt,
    ) -> None:
        self.host = host
        self._report = report
        self._account = account
        self._contents = contents
        self._draft = draft
        self._receipt = receipt
        self._busy = False
        self._busy_seconds = 0
        self._unlogged: IncidentForm | None = None
        """What the database could not take."""
        self._maybe_logged = ""
        """The key of what may be logged: its answer was lost."""

    @property
    def is_waiting(self) -> bool:
        """Whether the form is being logged, or could not be."""
        return self._busy or self._unlogged is not None

    @property
    def may_be_left(self) -> bool:
        """Whether the form may be left: an answer that is about to come is waited for."""
        return not self._busy or self._busy_seconds >= _SLOW_SECONDS

    def tick(self, second: int) -> None:
        """Say that the database is slow, or retry what could not be logged before.

        Args:
            second: Counts the seconds.
        """
        if self._busy:
            self._busy_seconds += 1
            if self._busy_seconds == _SLOW_SECONDS:
                self.host.say(SLOW)
        elif self._unlogged and self.host.is_in_front and intervals.is_time_to_retry(second):
            self._log_again(self._unlogged)

    def submit(self) -> None:
        """Log the form, once however often it is asked for."""
        if not self._busy:
            self._begin_to_log()
            self._log()

    def _begin_to_log(self) -> None:
        self._busy, self._busy_seconds = True, 0

    @task(blocks_input=True)
    async def _log(self) -> None:
        try:
            await self._send(self._contents.form())
        finally:
            self._busy = False

    def _log_again(self, form: IncidentForm) -> None:
        """Retry what the database could not take; a form changed since waits for the key."""
        if self._contents.form() == form:
            self._begin_to_log()
            self._retry(form)

    @task()
    async def _retry(self, form: IncidentForm) -> None:
        try:
            async with retrying(self.host):
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
            raise self._not_logged(form, error) from error
        if by_itself:
            # What was said while it could not be logged is over.
            self.host.say("")
            self.host.heading.right = ""
        self._receipt.show(receipt, form, by_itself=by_itself)
        if receipt.differs:
            place = new_place(box_of("comment", [receipt.number]))
            await self._draft.hand_on(place, {"text": form.description})
        await self._draft.finish()

    def _not_logged(self, form: IncidentForm, error: OutOfReach) -> OutOfReach:
        """Keep a form to be retried, and return the error that is shown."""
        self._unlogged = form
        if isinstance(error, OutcomeUnknown):
            self._maybe_logged = form.submission
        # Once an answer was lost, one that can't be asked for says nothing new.
        unknown = self._maybe_logged == form.submission
        self.host.heading.right = "Not known if logged" if unknown else "Not logged yet"
        what = error.cause if isinstance(error, OutcomeUnknown) else error.message
        # That it can be reached does not mean that it takes changes.
        stays = isinstance(error, DatabaseBusy | OnlyReadable)
        kind = type(error) if stays else OutOfReach
        return kind(f"{what} {NOT_KNOWN_YET if unknown else NOT_LOGGED_YET}")
