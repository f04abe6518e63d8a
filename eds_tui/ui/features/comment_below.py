"""Sending a comment on a major incident to all that hangs on it as well."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

from eds_tui.domain.account import Account
from eds_tui.domain.errors import AnotherSchool, OutOfReach
from eds_tui.domain.views import IncidentRow
from eds_tui.services.conversation import Conversation
from eds_tui.services.triage import Triage
from eds_tui.ui import dialogs
from eds_tui.ui.features.comment_draft import Typed
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.features.incident_detail import OpenedIncident
from eds_tui.ui.runtime.background import in_thread_with_timeout


class CommentBelow:
    """Offers to send a comment on, and sends it to one after the other.

    Args:
        host: The screen.
        conversation: Takes the comments.
        triage: Knows what hangs on the incident.
        account: Who sends.
        incident: The major incident, or any other.
    """

    def __init__(
        self,
        *,
        host: Host,
        conversation: Conversation,
        triage: Triage,
        account: Account,
        incident: OpenedIncident,
    ) -> None:
        self.host = host
        self._conversation = conversation
        self._triage = triage
        self._account = account
        self._incident = incident

    def offer(self, typed: Typed, sent_as: str) -> None:
        """Offer to send a comment to all that hangs on the incident, if anything does.

        Args:
            typed: The comment, of which the words are sent on and the files are not.
            sent_as: The key under which it was sent on the incident itself.
        """
        if self._incident.children and typed.text.strip():
            self._offer(typed, sent_as)

    @task()
    async def _offer(self, typed: Typed, sent_as: str) -> None:
        rows = await in_thread_with_timeout(
            self._triage.below, self._account, self._incident.number
        )
        what = "its words, without the files," if typed.files else "it"
        question = f"Send {what} to the {len(rows)} that hang on it as well?"
        if rows and await self._confirms(question, "Send it", "Only here"):
            await self._send(rows, typed.text, sent_as)

    async def _send(self, rows: Sequence[IncidentRow], text: str, sent_as: str) -> None:
        waiting, done = list(rows), 0
        while waiting:
            row = waiting[0]
            # Tried again under the same key, it is kept once though the answer was lost.
            key = uuid.uuid5(uuid.NAMESPACE_OID, f"{sent_as} {row.number}").hex
            try:
                await in_thread_with_timeout(
                    self._conversation.comment, self._account, row.number, text, key,
                    school_seen=row.school_id,
                )  # fmt: skip
            except AnotherSchool as error:
                question = f"{error.message} Send it to {error.school}?"
                if await self._confirms(question, "Send it", "Leave it out"):
                    waiting[0] = replace(row, school_id=error.school_id)
                else:
                    del waiting[0]
            except OutOfReach as error:
                left = ", ".join(row.reference for row in waiting)
                so_far = f"{error.message} Sent to {done} of {len(rows)}."
                if not await self._confirms(f"{so_far} Go on?", "Go on", "Leave the rest"):
                    raise OutOfReach(f"{so_far} Look at {left}.") from error
            else:
                del waiting[0]
                done += 1
        self.host.say(f"Sent to {done} more.")

    async def _confirms(self, question: str, yes: str, no: str) -> bool:
        dialog = dialogs.ConfirmDialog(question, yes=yes, no=no)
        sure: bool | None = await self.host.app.push_screen_wait(dialog)
        return bool(sure)
