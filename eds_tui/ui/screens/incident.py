"""One incident: what is known of it, what was said, and a box to say more (guide 3; rule 13)."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.events import Key

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.drafts import FEEDBACK, is_at
from eds_tui.domain.errors import Conflict
from eds_tui.domain.file_names import shown_names
from eds_tui.domain.lifecycle import State
from eds_tui.domain.views import CannedReply, IncidentRow
from eds_tui.services.attachments import Attachments
from eds_tui.services.canned_replies import CannedReplies as Replies
from eds_tui.services.files import FileShelf
from eds_tui.services.queue import Queue
from eds_tui.ui.commands.base import Command, bindings
from eds_tui.ui.commands.everywhere import Back, Help, Redraw, Refresh, Unfinished
from eds_tui.ui.commands.forms import Send
from eds_tui.ui.commands.incidents import Comment, FollowUp, Rate, SaveAttachment, SiteIncidents
from eds_tui.ui.commands.triage import (
    Assign,
    AssignToMe,
    CannedReplies,
    ExplainDue,
    FlipConfidential,
    Link,
    Refused,
    Search,
    SetPriority,
    SetState,
    ShowHistory,
    Undo,
    WorkNote,
)  # fmt: skip
from eds_tui.ui.dialogs.pick import PickDialog
from eds_tui.ui.dialogs.rate import RateDialog, Rating
from eds_tui.ui.features.kept_text import KeptText
from eds_tui.ui.features.unfinished_list import UnfinishedList
from eds_tui.ui.runtime.background import changing, in_thread_with_timeout
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.deciding import Deciding
from eds_tui.ui.screens.reading import ReadingPlace
from eds_tui.ui.styles import sheet
from eds_tui.ui.textual_ext.typeahead import BLOCKS_INPUT
from eds_tui.ui.unfinished import going_on

_WORDS_ARE_KEPT = f"Your words were not added; they are kept: {Unfinished.key()} shows them."


class IncidentScreen(ReadingPlace):
    """An incident. Returns whether a comment was sent.

    Args:
        services: Where it is read and answered.
        deciding: Where it is decided about.
        canned_replies: Canned replies.
        shelf: Where attached files are saved.
        account: Who reads.
        screens: Where else one can go.
        number: The incident's.
        comment: What was typed already and belongs here.
        caller: On whose behalf.
        write: Whether to begin in the comment box.
    """

    CSS_PATH = sheet("incident")
    NAME = "Incident"
    COMMANDS_HERE = (
        Comment, Send, SetPriority, SetState, Assign, AssignToMe, SaveAttachment, Rate, Back,
        CannedReplies, WorkNote, Undo, Refused, FollowUp, FlipConfidential, Link, ShowHistory,
        ExplainDue, SiteIncidents, Search, Unfinished, Refresh, Redraw, Help,
    )  # fmt: skip
    WHERE_NOTHING_IS = (Back, Search, Redraw, Help)
    OF_THE_SCHOOL: ClassVar[frozenset[type[Command]]] = frozenset(
        (
            Comment, Send, SaveAttachment, Rate, FollowUp, Back, Search, Unfinished, Refresh,
            Redraw, Help,
        )
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(
        self,
        services: tuple[Queue, Attachments, Replies],
        deciding: Deciding,
        shelf: FileShelf,
        account: Account,
        screens: ScreenFactory,
        clock: Clock,
        number: int,
        comment: str = "",
        caller: str = "",
        write: bool = False,
    ) -> None:
        queue, self._attachments, self._canned_replies = services
        super().__init__(queue, deciding, account, clock, number, comment, caller, write=write)
        self._shelf = shelf
        self._screens = screens

    def commands(self) -> tuple[type[Command], ...]:
        """Return what this person can do: feedback is a school's, triage the service centre's.

        Where there is no incident for this reader nothing can be done but to leave (rule 24).
        """
        if self._missing:
            return self.WHERE_NOTHING_IS
        if self._account.may(Action.TRIAGE):
            return tuple(command for command in self.COMMANDS_HERE if command is not Rate)
        return tuple(command for command in self.COMMANDS_HERE if command in self.OF_THE_SCHOOL)

    def take_key(self, event: Key) -> bool:
        """Answer every key that does nothing here with the sentence that there is no incident."""
        if super().take_key(event):
            return True
        if not self._missing:
            return False
        known = {key for command in self.commands() for key in command.keys.split(",")}
        if known.isdisjoint(event.aliases) and event.key not in {"ctrl+q", "tab", "shift+tab"}:
            self.say(self._missing)
            return True
        return False

    def action_comment(self) -> None:
        """Put the cursor into the box."""
        if self.box.display:
            self.box.focus()
        else:
            self.say("A closed incident takes no more comments; n logs a new one that names it.")

    def action_follow_up(self) -> None:
        """Begin a new incident that names this closed one (rule 19)."""
        if self._detail is None or self._detail.row.state is not State.CLOSED:
            self.say("Only a closed incident is followed by a new one; comment on this one.")
            return
        text = f"The fault of {self._detail.row.reference} has come back: "
        if self._account.may(Action.LOG_CALLS):
            self.app.push_screen(self._screens.call(self._detail.row.school_id, text))
        else:
            self.app.push_screen(self._screens.report(text))

    def open_incident(self, number: int) -> None:
        """Go to another incident; this one is open."""
        if number != self._number:
            self.app.push_screen(self._screens.incident(number))

    def action_unfinished(self) -> None:
        """Show what was typed about this incident and not sent."""
        self._show_unfinished()

    @work
    async def _show_unfinished(self) -> None:
        async with self.showing_errors():
            draft = await UnfinishedList(self._drafts, self.app, self.say).choose(self._number)
            if draft is None:
                return
            if is_at(draft.place, self._box):
                self.go_on_with(draft)
            else:
                self.say(going_on(draft))

    def action_canned_replies(self) -> None:
        """Ask which canned reply to put into the box."""
        self._pick_reply()

    @work(group=BLOCKS_INPUT)
    async def _pick_reply(self) -> None:
        async with self.showing_errors():
            replies = await in_thread_with_timeout(self._canned_replies.all, self._account)
            if not replies:
                self.say("There are no canned replies yet; a lead can add them.")
            elif self._detail is not None and self.box.display:
                row = self._detail.row
                self.app.push_screen(
                    PickDialog("Which reply?", [reply.title for reply in replies]),
                    lambda place: None if place is None else self._put_reply(replies[place], row),
                )

    def _put_reply(self, reply: CannedReply, row: IncidentRow) -> None:
        self.box.focus()
        self.box.insert(
            reply.filled(caller=row.contact_name, number=row.reference, school=row.school)
        )

    def action_search(self) -> None:
        """Search for another incident."""
        self.app.push_screen(self._screens.search())

    def action_site_incidents(self) -> None:
        """Show the school."""
        if self._detail and self._account.may(Action.LOOK_UP_SCHOOLS):
            self.app.push_screen(self._screens.site(self._detail.row.school_id))

    def action_rate(self) -> None:
        """Ask for a rating, where one can be given."""
        if self._detail is None or not self._account.may(Action.RATE_INCIDENTS):
            return
        if self._detail.row.state is not State.CLOSED:
            self.say("Feedback can be given when the incident is closed.")
        elif self._detail.feedback is not None:
            self.say("This incident has been rated already; thank you.")
        else:
            self._one()
            self.ask_text(RateDialog(), FEEDBACK, self._rated)

    def _rated(self, rating: Rating) -> None:
        if self._text is not None:
            self._rate(rating, self._text)

    @work
    async def _rate(self, rating: Rating, text: KeptText) -> None:
        async with self.showing_errors(), self.settling(text) as settled:
            try:
                await changing(
                    self._conversation.rate,
                    self._account, self._number, rating.stars, rating.words,
                )  # fmt: skip
            except Conflict as error:
                self._read(again=True)
                settled.made = not rating.words.strip()
                if settled.made:
                    raise
                raise Conflict(f"{error.message} {_WORDS_ARE_KEPT}") from error
            settled.made = True
            self.say("Thank you for your feedback.")
            self._read(again=True)

    def action_save_attachment(self) -> None:
        """Save the one attached file, or ask which."""
        files = self._detail.attachments if self._detail else ()
        names = shown_names(file.name for file in files)
        if not files:
            self.say("No file is attached.")
        elif len(files) == 1:
            self._save(files[0].id, names[0])
        else:

            def picked(place: int | None) -> None:
                if place is not None:
                    self._save(files[place].id, names[place])

            self.app.push_screen(PickDialog("Save which file?", names), picked)

    @work
    async def _save(self, file_id: int, name: str) -> None:
        async with self.showing_errors():
            path = await in_thread_with_timeout(
                self._attachments.fetch,
                self._account, self._number, file_id,
                lambda pieces: self._shelf.save(name, pieces),
            )  # fmt: skip
            self.say(f"Saved as {path}")
