"""One incident: what is known of it, what was said, and a box to say more (guide 3; rule 13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import DescendantBlur, DescendantFocus, Key

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import EdsError
from eds_tui.domain.lifecycle import State
from eds_tui.domain.presence import Writing
from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.domain.views import Draft
from eds_tui.ui.commands.base import Command, Handlers, bindings
from eds_tui.ui.commands.everywhere import Back, Refresh
from eds_tui.ui.commands.forms import AttachFile, DropFile, Send
from eds_tui.ui.commands.incidents import Comment, FollowUp, Rate, SaveAttachment, TakeFileBack
from eds_tui.ui.commands.on_an_incident import OF_ITS_SCHOOL, ON_AN_INCIDENT, WHERE_NOTHING_IS
from eds_tui.ui.features.canned_replies import CannedReplyPicker
from eds_tui.ui.features.comment_box import BegunComment, CommentBox
from eds_tui.ui.features.decisions import IncidentsInHand
from eds_tui.ui.features.feedback import FeedbackForm
from eds_tui.ui.features.host import task
from eds_tui.ui.features.incident_detail import Frame, OpenedIncident
from eds_tui.ui.features.incident_navigation import IncidentNavigation
from eds_tui.ui.features.incident_services import IncidentServices
from eds_tui.ui.features.leaving import Leaving
from eds_tui.ui.features.saving_attachments import SavingAttachments
from eds_tui.ui.features.shared_incident import SharedIncident
from eds_tui.ui.features.triage import TriageFeature
from eds_tui.ui.features.what_works import while_typing, works_on
from eds_tui.ui.runtime import intervals
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.styles import sheet
from eds_tui.ui.widgets.bars import BUTTON_KEYS
from eds_tui.ui.widgets.incident_list import IncidentList
from eds_tui.ui.widgets.incident_view import IncidentView
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.text_box import TextBox

if TYPE_CHECKING:
    from textual.worker import Worker


class IncidentScreen(BaseScreen[bool]):
    """Shows one incident, and takes comments and decisions. Returns whether a comment was sent.

    Args:
        services: With which it is read, answered and decided about.
        account: Who reads.
        screens: Where else one can go.
        clock: For the time of what is shown, and for deferrals.
        number: The incident's.
        begun: What the box for a comment begins with.
        among: The list that it was opened from.
    """

    CSS_PATH = sheet("incident")
    NAME = "Incident"
    IS_TYPED_IN = True
    KEYS_OF_WIDGETS = (BUTTON_KEYS,)
    COMMANDS_HERE = ON_AN_INCIDENT
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(
        self,
        *,
        services: IncidentServices,
        account: Account,
        screens: ScreenFactory,
        clock: Clock,
        number: int,
        begun: BegunComment,
        among: IncidentList | None = None,
    ) -> None:
        super().__init__()
        self._account = account
        self._write = begun.write
        self._leaving = Leaving(host=self)
        self.view = IncidentView(account=account, caller=begun.caller)
        self.incident = OpenedIncident(
            host=self, queue=services.queue, account=account, clock=clock, number=number,
            view=self.view, frame=self._frame(),
        )  # fmt: skip
        self.comment = CommentBox(
            host=self, services=services.for_comments, account=account, clock=clock,
            incident=self.incident, view=self.view, begun=begun,
        )  # fmt: skip
        self.navigation = IncidentNavigation(
            host=self, screens=screens, account=account, incident=self.incident,
            take_up=self.comment.take_up, among=among, keep=self.keep,
        )  # fmt: skip
        self.triage = TriageFeature(
            host=self, services=services.decisions, account=account, clock=clock,
            in_hand=self._in_hand(), screens=screens,
        )  # fmt: skip
        self.replies = CannedReplyPicker(
            host=self, replies=services.decisions.replies, account=account,
            target=self.comment.reply_target,
        )  # fmt: skip
        self.files = SavingAttachments(
            host=self, attachments=services.attachments, shelf=services.shelf, account=account,
            incident=self.incident, texts=self.triage.texts,
        )  # fmt: skip
        self.feedback = FeedbackForm(
            host=self, conversation=services.decisions.conversation, account=account,
            incident=self.incident, texts=self.triage.texts,
        )  # fmt: skip

    def _frame(self) -> Frame:
        """Return what is around the incident."""
        return Frame(
            heading=lambda: self.heading,
            offer_commands=self.offer_commands,
            to_change=self._note_school,
            went_missing=self._give_back,
        )

    def _in_hand(self) -> IncidentsInHand:
        """Return what decisions are about here: the incident, once it is read."""
        return IncidentsInHand(
            targets=lambda: self.incident.rows,
            show_outcomes=self.incident.show_outcomes,
            put_fresh=self.incident.put_fresh,
            open_incident=self.navigation.open_incident,
            rang=self.view.caller.offer,
        )

    def begin_with(self, draft: Draft) -> None:
        """Put a draft into the box, if it is one of a comment here, before any other."""
        self.comment.begin_with(draft)

    def handlers(self) -> Handlers:
        """Return what each command does here."""
        return {
            **self.comment.handlers(),
            **self.triage.handlers(),
            **self.replies.handlers(),
            **self.files.handlers(),
            **self.feedback.handlers(),
            **self.navigation.handlers(),
            Refresh: self.incident.read_again,
            Back: self._leave,
        }

    def commands(self) -> tuple[type[Command], ...]:
        """Return what this person can do: feedback is a school's, triage the service centre's.

        Where there is no incident for this reader nothing can be done but to leave (rule 24).
        """
        if self.incident.missing:
            return WHERE_NOTHING_IS
        if self._account.may(Action.TRIAGE):
            return tuple(command for command in self.COMMANDS_HERE if command is not Rate)
        return tuple(command for command in self.COMMANDS_HERE if command in OF_ITS_SCHOOL)

    def works_now(self, command: type[Command]) -> bool:
        """Return whether a command does something with this incident just now."""
        detail = self.incident.detail
        if not self.navigation.neighbours.leads_on(command):
            return False
        if detail is None:
            return command is not FollowUp
        if command in (Comment, Send, AttachFile, DropFile):
            return self.comment.is_open
        if command in (SaveAttachment, TakeFileBack):
            return bool(detail.attachments)
        if command is Rate:
            return detail.row.state is State.CLOSED and detail.feedback is None
        return works_on(command, detail.row)

    def offered(self) -> tuple[type[Command], ...]:
        """Return what the row of keys tells, which is less while one types."""
        typing = self.focused in (self.view.box, self.view.caller)
        return while_typing(super().offered()) if typing else super().offered()

    @on(DescendantFocus)
    @on(DescendantBlur)
    def show_keys(self) -> None:
        """Show the keys of what works where one has come to."""
        self.offer_commands()

    def buttons(self) -> tuple[type[Command], ...]:
        """Return what is done by buttons, where there is a box to type in at all."""
        has_box = not self.incident.missing and self.comment.is_open
        return super().buttons() if has_box else ()

    def take_key(self, event: Key) -> bool:
        """Answer every key that does nothing here with the sentence that there is no incident."""
        if super().take_key(event):
            return True
        if not self.incident.missing:
            return False
        known = {key for command in self.commands() for key in command.keys.split(",")}
        if known.isdisjoint(event.aliases) and event.key not in {
            "ctrl+q",
            "ctrl+n",
            "tab",
            "shift+tab",
        }:
            self.say(self.incident.missing)
            return True
        return False

    def body(self) -> ComposeResult:
        """Draw the facts, the conversation and the box."""
        yield from self.view.compose()

    def on_mount(self) -> None:
        """Read the incident; put back what was left in the box."""
        self.incident.begin()
        self.view.begin(write=self._write)
        self.incident.read_first()
        self.comment.load()

    def on_unmount(self) -> None:
        """Leave what is typed for the next visit."""
        self.comment.close()

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen was in front."""
        if self.incident.detail is not None:
            self.incident.read_again()

    def tick(self, second: int) -> None:
        """Keep what has been typed, retry what failed, and show what others have changed."""
        self._keep_typed()
        if intervals.is_time_to_retry(second):
            self.comment.retry()
        if self.is_current and intervals.is_time_to_read(second):
            self.incident.read_again()

    async def keep(self) -> bool:
        """Save what is typed in the box and for decisions; returns whether nothing is lost."""
        is_kept = await self.comment.keep()
        return await self.triage.keep() and is_kept

    @work(exclusive=True, group="draft")
    async def _keep_typed(self) -> None:
        # An unexpected error is for the error boundary, which shows it also over a locked screen.
        await self.keep()

    @task(blocks_input=True, exclusive=True, group="leave")
    async def _leave(self) -> None:
        """Leave; what is typed is kept as a draft."""
        if self._leaving.may_leave(kept=await self.keep()):
            self.dismiss(self.comment.has_sent)

    def refuse(self, error: EdsError) -> None:
        """Say what was not done; a comment at fault gets the cursor."""
        super().refuse(error)
        self.comment.take_refusal(error)

    def refresh_after(self, changes: RemoteChanges) -> Worker[None] | None:
        """Show what others have changed."""
        return self.incident.read_after(changes)

    @property
    def shared_incident(self) -> SharedIncident:
        """The incident, on which others may be writing."""
        return SharedIncident(
            number=lambda: self.incident.number if self.incident.detail else None,
            writing=self._writing,
            show_writers=self.view.show_writers,
        )

    def _writing(self) -> Writing | None:
        """Return what is typed in a dialog or in the box."""
        typed = self.incident.detail is not None and self.comment.is_written_in
        return self.triage.writing() or (Writing(self.incident.number) if typed else None)

    def _note_school(self) -> None:
        """Note for whom the comment is that is being typed: it may be another's incident now."""
        self.comment.note_school()

    def _give_back(self) -> None:
        """Give what is typed back: the incident is not there for the reader any more."""
        self.comment.give_back()

    @on(TextBox.Full)
    def full(self, event: TextBox.Full) -> None:
        """Say that not everything fitted; what did is kept."""
        self.notice.say(event.sentence, bad=True)

    @on(LineInput.Submitted)
    def to_box(self) -> None:
        """Enter in the caller's field goes on to the box."""
        self.view.box.focus()
