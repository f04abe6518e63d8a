"""Writing a comment on an incident: the box, its draft, and sending it once (rules 9, 13, 36)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import EdsError, InvalidInput
from eds_tui.domain.views import Draft
from eds_tui.services.conversation import Conversation
from eds_tui.services.files import FileShelf
from eds_tui.services.triage import Triage
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.forms import Send
from eds_tui.ui.commands.incidents import Comment
from eds_tui.ui.features.canned_replies import About, ReplyTarget
from eds_tui.ui.features.comment_below import CommentBelow
from eds_tui.ui.features.comment_draft import CommentDraft
from eds_tui.ui.features.comment_sending import CommentSending
from eds_tui.ui.features.file_attachments import FileAttachments
from eds_tui.ui.features.host import Host
from eds_tui.ui.features.incident_detail import OpenedIncident
from eds_tui.ui.features.session_drafts import SessionDrafts

if TYPE_CHECKING:
    from eds_tui.ui.widgets.incident_view import IncidentView


@dataclass(frozen=True, kw_only=True)
class CommentServices:
    """What a comment is sent with."""

    conversation: Conversation
    triage: Triage
    """Knows what hangs on an incident."""
    drafts: SessionDrafts
    shelf: FileShelf
    """Where files are chosen from."""


@dataclass(frozen=True, kw_only=True)
class BegunComment:
    """What the box for a comment begins with."""

    text: str = ""
    """What was typed elsewhere already and belongs here."""
    caller: str = ""
    """On whose behalf."""
    write: bool = False
    """Whether the cursor is in the box at once."""


class CommentBox:
    """Takes a comment on one incident, keeps it while one types, and sends it once.

    Args:
        host: The screen.
        services: What it is sent with.
        account: Who types.
        clock: When something was typed.
        incident: What is commented on.
        view: Has the box.
        begun: What the box begins with.
    """

    def __init__(
        self,
        *,
        host: Host,
        services: CommentServices,
        account: Account,
        clock: Clock,
        incident: OpenedIncident,
        view: IncidentView,
        begun: BegunComment,
    ) -> None:
        self.host = host
        self._view = view
        self.reply_target = ReplyTarget(
            box=lambda: view.box if self.is_open else None,
            about=lambda: About.incident(incident.row) if incident.row else None,
            say=host.say,
            tell=host.say,
        )
        """Where canned replies are put."""
        self._attachments = FileAttachments(
            host=host, shelf=services.shelf, chosen=view.chosen, may_choose=self.may_attach
        )
        self._draft = CommentDraft(
            host=host, drafts=services.drafts, clock=clock, incident=incident, view=view,
            attachments=self._attachments, given=begun.text,
        )  # fmt: skip
        below = CommentBelow(
            host=host, conversation=services.conversation, triage=services.triage,
            account=account, incident=incident,
        )  # fmt: skip
        self._sending = CommentSending(
            host=host, conversation=services.conversation, account=account, incident=incident,
            draft=self._draft, below=below,
        )  # fmt: skip

    def handlers(self) -> Handlers:
        """Return what is done for the commands about a comment."""
        return {
            **self._attachments.handlers(), Comment: self.enter, Send: self._sending.send,
        }  # fmt: skip

    @property
    def has_sent(self) -> bool:
        """Whether a comment was sent from here."""
        return self._sending.has_sent

    @property
    def is_written_in(self) -> bool:
        """Whether anything stands in the box, or is chosen to be attached."""
        return bool(self._view.box.text.strip() or self._attachments.files)

    def begin_with(self, draft: Draft) -> None:
        """Put a draft into the box, if it is of this box, before any other that was left."""
        self._draft.begin_with(draft)

    def load(self) -> None:
        """Put back what was left here."""
        self._draft.load()

    @property
    def is_open(self) -> bool:
        """Whether there is a box at all: a closed incident has none."""
        return self._view.box.display

    def enter(self) -> None:
        """Put the cursor into the box, where there is one."""
        if self._takes("comments"):
            self._view.box.focus()

    def may_attach(self) -> bool:
        """Return whether files can be attached; of a closed incident that is refused (rule 50)."""
        return self._takes("files")

    def _takes(self, what: str) -> bool:
        if not self.is_open:
            self.host.say(
                f"A closed incident takes no more {what}; n logs a new one that names it."
            )
        return self.is_open

    def take_up(self, draft: Draft) -> bool:
        """Go on with a draft in the box, if it is of this box; returns whether it is."""
        if is_here := self._draft.is_of(draft):
            self._draft.go_on_with(draft)
        return is_here

    def retry(self) -> None:
        """Do what the database was not there for: put a draft back, send a comment."""
        if not self._draft.is_loaded:
            self._draft.load()
        self._sending.retry()

    def note_school(self) -> None:
        """Take note of whose incident it is: it may be shown as another school's at once."""
        self._draft.note_school()

    async def keep(self) -> bool:
        """Save what is typed; returns whether nothing of it is lost."""
        return await self._draft.keep(is_sending=self._sending.is_waiting)

    def give_back(self) -> None:
        """Give what is typed back, where the incident is not there for whoever typed it."""
        if self._draft.give_back():
            self._sending.give_up()

    def take_refusal(self, error: EdsError) -> None:
        """Go into the box where what stands in it is what was wrong."""
        if isinstance(error, InvalidInput) and self.is_open:
            if "files" in error.problems:
                self._view.chosen.problem(error.problems["files"])
                self._view.chosen.control.focus()
            elif "comment" in error.problems:
                self._view.box.focus()

    def close(self) -> None:
        """Leave what is typed for the next visit."""
        self._draft.close()
