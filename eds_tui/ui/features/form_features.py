"""What every form for an incident can do, put together: files, draft, logging, receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from textual.screen import Screen

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.service_centre import ServiceCentre
from eds_tui.domain.views import Draft
from eds_tui.services.files import FileShelf
from eds_tui.services.report import Report
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.everywhere import Back
from eds_tui.ui.features.decisions import DecisionMemory
from eds_tui.ui.features.form_contents import FormContents, IncidentContents
from eds_tui.ui.features.form_draft import FormDraft
from eds_tui.ui.features.form_host import FormHost
from eds_tui.ui.features.form_receipt import FormReceipt
from eds_tui.ui.features.form_submission import FormSubmission
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.screen_factory import ScreenFactory


@dataclass(frozen=True, kw_only=True)
class FormServices:
    """What a form for an incident is given."""

    report: Report
    """Logs it."""
    drafts: SessionDrafts
    """Keeps what is typed."""
    shelf: FileShelf
    """Where files are chosen from."""
    account: Account
    """Who types."""
    screens: ScreenFactory
    """What comes after."""
    clock: Clock
    """Dates the form when it is begun."""
    memory: DecisionMemory
    """Notes what was logged last."""
    centre: ServiceCentre
    """How the service centre is reached, for the receipt."""


class FormFeatures:
    """The features that both forms share, and the one face they show to their screen.

    Args:
        host: The screen.
        services: What a form is given.
        kind: What the places of its drafts start with: ``call``, ``report``.
        incident: The fields that every form has.
        contents: All that stands in the form.
        another: Returns a new form of the same kind.
        text: What the description begins with.
    """

    def __init__(
        self,
        *,
        host: FormHost,
        services: FormServices,
        kind: str,
        incident: IncidentContents,
        contents: FormContents,
        another: Callable[[], Screen[None]],
        text: str = "",
    ) -> None:
        self._incident = incident
        self.contents = contents
        """All that stands in the form."""
        self._text = text
        self.draft = FormDraft(
            host=host,
            drafts=services.drafts,
            kind=kind,
            submission=incident.submission,
            contents=contents,
            is_waiting=lambda: self._submission.is_waiting,
        )
        """What is typed, kept until it is logged."""
        self._receipt = FormReceipt(
            host=host,
            account=services.account,
            centre=services.centre,
            screens=services.screens,
            another=another,
            memory=services.memory,
        )
        self._submission = FormSubmission(
            host=host,
            report=services.report,
            account=services.account,
            contents=contents,
            draft=self.draft,
            receipt=self._receipt,
        )

    def handlers(self) -> Handlers:
        """Return what is done for each command that both forms have."""
        return {
            **self._incident.attachments.handlers(),
            **self.draft.handlers(),
            Back: self.leave,
        }

    def begin_with(self, draft: Draft) -> None:
        """Go on with what was left unfinished, as soon as the form is there."""
        self.draft.begin_with(draft)

    def begin(self) -> None:
        """Begin with what is known already, and with what was left unfinished."""
        box = self._incident.fields.description
        box.load_text(self._text)
        box.move_cursor(box.document.end)
        self.draft.begin()

    def tick(self, second: int) -> None:
        """Keep what has been typed, and log what could not be logged before.

        Args:
            second: Counts the seconds.
        """
        self.draft.keep_soon()
        self._submission.tick(second)

    def submit(self) -> None:
        """Log the form and show its number."""
        self._submission.submit()

    def leave(self) -> None:
        """Leave; what is typed is kept as a draft."""
        if self._submission.may_be_left:
            self.draft.leave()

    def chased(self, sent: bool | None) -> None:
        """Be done with the form when its words went to the incident that they were about."""
        if sent:
            self.draft.finish_and_leave()

    def resume(self) -> None:
        """Show the number of what was logged while another screen was in front."""
        self._receipt.resume()

    def close(self) -> None:
        """Leave what is typed for the next visit."""
        self.draft.close()

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Name what is wrong beside each field and put the cursor on the first (rule 9)."""
        if first := self.contents.show_problems(problems):
            first.focus()
