"""Reporting a fault: a school does it by itself (guide 2)."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from eds_tui.domain.drafts import REPORT
from eds_tui.domain.errors import EdsError, InvalidInput
from eds_tui.domain.views import Draft
from eds_tui.ui.commands.base import Handlers, bindings
from eds_tui.ui.commands.everywhere import Back, FormHelp, Redraw
from eds_tui.ui.commands.forms import AttachFile, DropFile, EarlierDraft, StartAfresh, Submit
from eds_tui.ui.features.file_attachments import FileAttachments
from eds_tui.ui.features.form_contents import IncidentContents
from eds_tui.ui.features.form_features import FormFeatures, FormServices
from eds_tui.ui.features.host import task
from eds_tui.ui.features.report_contents import ReportContents
from eds_tui.ui.presentation.incident_text import CONFIDENTIAL_WARNING
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.incident_fields import FORM_KEYS, IncidentFields
from eds_tui.ui.widgets.line_input import LineInput

_OWN_LOGIN = "A number, in case somebody has to ring you"
_SHARED_LOGIN = "Shared login: your name and a number"
"""Stand in the empty field (guide 2.5; rule 6)."""


class ReportScreen(BaseScreen[None]):
    """The school's form: name and school come from the login (rule 1).

    Args:
        services: What a form is given.
        text: What the description begins with.
    """

    NAME = "Report a fault"
    IS_TYPED_IN = True
    DRAFT = REPORT
    KEYS_OF_WIDGETS = FORM_KEYS
    COMMANDS_HERE = (
        Submit,
        AttachFile,
        DropFile,
        EarlierDraft,
        StartAfresh,
        Back,
        Redraw,
        FormHelp,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(self, *, services: FormServices, text: str = "") -> None:
        super().__init__()
        self._services = services
        hint = _SHARED_LOGIN if services.account.generic else _OWN_LOGIN
        self._telephone = LineInput(placeholder=hint, id="telephone")
        self._telephone_field = Field("telephone", "Telephone", self._telephone)
        self._fields = IncidentFields(CONFIDENTIAL_WARNING)
        files = FileAttachments(host=self, shelf=services.shelf, chosen=self._fields.chosen)
        incident = IncidentContents(fields=self._fields, attachments=files)
        self.form = FormFeatures(
            host=self,
            services=services,
            kind=self.DRAFT,
            incident=incident,
            contents=ReportContents(
                incident=incident,
                telephone=self._telephone,
                telephone_field=self._telephone_field,
            ),
            another=services.screens.report,
            text=text,
        )

    def handlers(self) -> Handlers:
        """Return what the commands do here that only this screen has."""
        return {**self.form.handlers(), Submit: self.form.submit}

    def body(self) -> ComposeResult:
        """Draw the form."""
        yield self._telephone_field
        yield self._fields

    def begin_with(self, draft: Draft) -> None:
        """Go on with what was left unfinished, as soon as the form is there."""
        self.form.begin_with(draft)

    def on_mount(self) -> None:
        """Say who reports, and begin where the first choice is."""
        self.heading.right = self._services.account.name
        self._telephone.focus()
        self.form.begin()
        self._tell_why_not()

    @task()
    async def _tell_why_not(self) -> None:
        """Say before anything is typed that a closed school can report nothing."""
        report = self._services.report
        if words := await in_thread_with_timeout(report.why_not, self._services.account):
            self.heading.title(f"{self.NAME}: your school is closed")
            self._telephone_field.problem(words)

    def on_unmount(self) -> None:
        """Leave what is typed for the next visit."""
        self.form.close()

    def on_screen_resume(self) -> None:
        """Show the number of what was logged while another screen was in front."""
        self.form.resume()

    def tick(self, second: int) -> None:
        """Keep what has been typed, and log what could not be logged before."""
        self.form.tick(second)

    async def keep(self) -> bool:
        """Save what is typed; returns whether nothing of it is lost."""
        return await self.form.draft.keep()

    def refuse(self, error: EdsError) -> None:
        """Name what is wrong beside each field and put the cursor on the first (rule 9)."""
        if isinstance(error, InvalidInput):
            self.form.show_problems(error.problems)
        else:
            super().refuse(error)

    @on(Input.Submitted)
    def go_on(self) -> None:
        """Enter goes on to the next field; it never sends the form."""
        self.focus_next()
