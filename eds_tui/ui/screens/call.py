"""Taking a call: find the school, see what it has open, log the fault (rules 29 to 34)."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input
from textual.worker import Worker

from eds_tui.domain.drafts import CALL
from eds_tui.domain.errors import EdsError, InvalidInput
from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.domain.same_fault import SameFault
from eds_tui.domain.views import Draft
from eds_tui.ui.commands.base import Handlers, bindings
from eds_tui.ui.commands.everywhere import Back, FormHelp, NextCall, Redraw
from eds_tui.ui.commands.forms import (
    AttachFile,
    ChaseOpen,
    DropFile,
    EarlierDraft,
    LogCall,
    LookElsewhere,
    StartAfresh,
)
from eds_tui.ui.commands.triage import CannedReplies
from eds_tui.ui.features.call_contents import CallWidgets
from eds_tui.ui.features.call_features import CallFeatures, CallServices
from eds_tui.ui.features.file_attachments import FileAttachments
from eds_tui.ui.features.form_contents import IncidentContents
from eds_tui.ui.features.form_features import FormFeatures, FormServices
from eds_tui.ui.presentation.columns import site_columns
from eds_tui.ui.presentation.incident_text import CONFIDENTIAL_CALL
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.styles import sheets
from eds_tui.ui.widgets.caller_fields import CallerFields
from eds_tui.ui.widgets.elsewhere import ElsewhereLine
from eds_tui.ui.widgets.incident_fields import FORM_KEYS, ROWS, IncidentFields
from eds_tui.ui.widgets.incident_list import IncidentList
from eds_tui.ui.widgets.school_picker import CallerInput, SchoolInput
from eds_tui.ui.widgets.text_box import TextBox


class CallScreen(BaseScreen[None]):
    """The form of a call. The caller is offered from the people known at the school.

    Args:
        services: What every form is given.
        call: What a call is given beside that.
        school_id: The school, where it is known already.
        text: What the description begins with.
        same: The fault that another school has rung about before: its words are kept.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = sheets("call", "elsewhere")
    NAME = "New call"
    IS_TYPED_IN = True
    DRAFT = CALL
    KEYS_OF_WIDGETS = (
        ("↑ ↓", "Move in the schools that were found, or offer the people known there."),
        *FORM_KEYS,
    )
    COMMANDS_HERE = (
        LogCall, ChaseOpen, AttachFile, LookElsewhere, CannedReplies, DropFile, EarlierDraft,
        StartAfresh, NextCall, Back, Redraw, FormHelp,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(
        self,
        *,
        services: FormServices,
        call: CallServices,
        school_id: int | None = None,
        text: str = "",
        same: SameFault | None = None,
    ) -> None:
        super().__init__()
        self._account = services.account
        self._screens = services.screens
        self._wanted_id = school_id
        self._same = same
        began_at = services.clock()
        self._widgets = self._make_widgets(began_at)
        fields = self._widgets.fields
        self.call = CallFeatures(
            host=self, services=services, call=call, widgets=self._widgets, began_at=began_at,
            same=same,
        )  # fmt: skip
        files = FileAttachments(host=self, shelf=services.shelf, chosen=fields.chosen)
        incident = IncidentContents(fields=fields, attachments=files)
        self.form = FormFeatures(
            host=self,
            services=services,
            kind=self.DRAFT,
            incident=incident,
            contents=self.call.contents(incident),
            another=services.screens.call,
            text=text,
        )

    @staticmethod
    def _make_widgets(began_at: datetime) -> CallWidgets:
        """Return what the form is made of, from its top down."""
        columns = site_columns("Open here")
        return CallWidgets(
            who=CallerFields.new(),
            fields=IncidentFields(CONFIDENTIAL_CALL),
            open_here=IncidentList(columns, empty="Nothing open at this school.", id="open-here"),
            elsewhere=ElsewhereLine(),
        )

    def handlers(self) -> Handlers:
        """Return what the commands do here that only this screen has."""
        return {
            **self.form.handlers(),
            **self.call.handlers(),
            LogCall: self.form.submit,
        }

    def body(self) -> ComposeResult:
        """Draw the form; the lists below it are there when they have something to show."""
        widgets = self._widgets
        yield from widgets.who.rows
        yield widgets.fields
        yield widgets.open_here
        yield widgets.elsewhere

    def begin_with(self, draft: Draft) -> None:
        """Go on with what was left unfinished, as soon as the form is there."""
        self.form.begin_with(draft)

    def on_mount(self) -> None:
        """Begin with the school; one that is known already is taken at once."""
        self.call.heading.show()
        self.call.open_here.hide()
        self._widgets.who.school.line.focus()
        if self._wanted_id is not None:
            self.call.finder.take_by_id(self._wanted_id)
        self.form.begin()
        if self._same is not None:
            self.form.contents.restore(self._same.values())

    def on_resize(self) -> None:
        """Leave the rows of a low terminal to the description."""
        self._widgets.open_here.set_class(self.size.height < ROWS, "-low")

    def on_unmount(self) -> None:
        """Leave what is typed for the next visit."""
        self.form.close()

    def on_screen_resume(self) -> None:
        """Show the number of what was logged while another screen was in front."""
        self.form.resume()

    def tick(self, second: int) -> None:
        """Keep what has been typed, and log what could not be logged before."""
        self.call.heading.show()
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

    def refresh_after(self, changes: RemoteChanges) -> Worker[None] | None:
        """Show what others have changed in what the school has open."""
        return self.call.open_here.read_again()

    @on(Input.Changed, "#school")
    def look_up(self, event: Input.Changed) -> None:
        """Find schools as one types."""
        self.call.finder.look_up(event.value)

    @on(SchoolInput.Picked)
    def pick(self, event: SchoolInput.Picked) -> None:
        """Move the cursor in what was found."""
        self.call.finder.move(event.step)

    @on(Input.Submitted, "#school")
    def take_school(self) -> None:
        """Take the school under the cursor and go on to the category."""
        self.call.finder.take()

    @on(SchoolInput.Left)
    def take_school_on_the_way(self) -> None:
        """Take the school under the cursor, if any, and go on to the caller."""
        self.focus_next()
        self.call.finder.take_on_the_way()

    @on(Input.Changed, "#caller")
    def caller_typed(self) -> None:
        """Offer the telephone of whoever is typed."""
        self.call.callers.name_typed()

    @on(CallerInput.Offered)
    def offer_next(self, event: CallerInput.Offered) -> None:
        """Offer the next or the last of the people known at the school."""
        self.call.callers.offer(event.step)

    @on(Input.Submitted, "#caller")
    @on(Input.Submitted, "#telephone")
    def go_on(self) -> None:
        """Enter goes on to the next field; it never logs the call."""
        self.focus_next()

    @on(TextBox.Changed, "#description")
    def look_elsewhere_soon(self) -> None:
        """Look for what reads alike when nothing has been typed for a moment."""
        self.call.lookalikes.look_soon()

    @on(IncidentList.Selected)
    def chase(self, event: IncidentList.Selected) -> None:
        """Go to an open incident with what is typed; the form stays as it is (rule 32)."""
        widgets = self._widgets
        screen = self._screens.incident(
            event.row.number, widgets.fields.description.text, widgets.who.caller.value
        )
        self.app.push_screen(screen, self.form.chased)
