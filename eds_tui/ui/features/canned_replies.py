"""Putting a canned reply into the comment that is being typed."""

from __future__ import annotations

from eds_tui.domain.account import Account
from eds_tui.domain.views import CannedReply, IncidentRow
from eds_tui.services.canned_replies import CannedReplies as CannedReplyService
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.triage import CannedReplies
from eds_tui.ui.dialogs.pick import PickDialog
from eds_tui.ui.features.comment_box import CommentBox
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.features.incident_detail import OpenedIncident
from eds_tui.ui.runtime.background import in_thread_with_timeout


class CannedReplyPicker:
    """Asks which reply is wanted, fills it in and hands it on.

    Args:
        host: The screen.
        replies: Has the replies.
        account: Who picks.
        incident: What is replied to.
        comment: Takes the reply.
    """

    def __init__(
        self,
        *,
        host: Host,
        replies: CannedReplyService,
        account: Account,
        incident: OpenedIncident,
        comment: CommentBox,
    ) -> None:
        self.host = host
        self._replies = replies
        self._account = account
        self._incident = incident
        self._comment = comment

    def handlers(self) -> Handlers:
        """Return what is done for the command."""
        return {CannedReplies: self.pick}

    @task(blocks_input=True)
    async def pick(self) -> None:
        """Ask which reply, and put it in."""
        replies = await in_thread_with_timeout(self._replies.all, self._account)
        row = self._incident.row
        if not replies:
            self.host.say("There are no canned replies yet; a lead can add them.")
        elif row is not None and self._comment.is_open:
            self.host.app.push_screen(
                PickDialog("Which reply?", [reply.title for reply in replies]),
                lambda place: None if place is None else self._put(replies[place], row),
            )

    def _put(self, reply: CannedReply, row: IncidentRow) -> None:
        self._comment.insert(
            reply.filled(caller=row.contact_name, number=row.reference, school=row.school)
        )
