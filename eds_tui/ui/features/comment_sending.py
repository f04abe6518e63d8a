"""Sending a comment once, however often it is tried, and by itself after an outage (rule 8)."""

from __future__ import annotations

from eds_tui.domain.account import Account
from eds_tui.domain.errors import AlreadySent, NotFound, OutcomeUnknown, OutOfReach
from eds_tui.domain.lifecycle import State
from eds_tui.services.conversation import TELEPHONE_TO_REOPEN, Conversation
from eds_tui.ui.features.comment_below import CommentBelow
from eds_tui.ui.features.comment_draft import CommentDraft
from eds_tui.ui.features.host import Host, retrying, task
from eds_tui.ui.features.incident_detail import OpenedIncident
from eds_tui.ui.runtime.background import in_thread_with_timeout

NOT_SENT_YET = (
    "The comment is not sent yet. It is kept, and sent by itself, once, as soon as the database"
    " answers; or press the same key again."
)
NOT_KNOWN_YET = (
    "It is not known whether the comment is sent. It is kept; as soon as the database answers it is"
    " found out by itself, and sent once; or press the same key again."
)


class CommentSending:
    """Sends what stands in the box, and tries again by itself what the database was away for.

    Args:
        host: The screen.
        conversation: Takes the comment.
        account: Who sends.
        incident: What is commented on.
        draft: What is typed.
        below: Offers to send it to what hangs on the incident.
    """

    def __init__(
        self,
        *,
        host: Host,
        conversation: Conversation,
        account: Account,
        incident: OpenedIncident,
        draft: CommentDraft,
        below: CommentBelow,
    ) -> None:
        self.host = host
        self._conversation = conversation
        self._account = account
        self._incident = incident
        self._draft = draft
        self._below = below
        self._is_sending = False
        self._unsent: tuple[str, str] | None = None
        self._maybe_sent = ""
        """The key under which an answer was lost."""
        self.has_sent = False
        """Whether a comment was sent from here."""

    def is_waiting(self) -> bool:
        """Return whether a comment is on its way, or waits for the database."""
        return self._is_sending or self._unsent is not None

    def send(self) -> None:
        """Send what is in the box, once."""
        if not self._is_sending:
            self._is_sending = True
            self._send()

    def retry(self) -> None:
        """Send what could not be sent, unless it has been changed or a dialog is open."""
        unsent = self._unsent
        if unsent is None or self._is_sending or not self.host.is_in_front:
            return
        if unsent == self._draft.typed():
            self._is_sending = True
            self._try_again(*unsent)

    def give_up(self) -> None:
        """Try no more by itself what could not be sent."""
        self._unsent = None

    @task(blocks_input=True)
    async def _send(self) -> None:
        await self._send_once(*self._draft.typed())

    @task()
    async def _try_again(self, text: str, caller: str) -> None:
        async with retrying(self.host):
            await self._send_once(text, caller)

    async def _send_once(self, text: str, caller: str) -> None:
        try:
            sent_as, state = await self._store(text, caller)
            self._unsent = None
            self.has_sent = True
            await self._draft.drop(text)
        finally:
            self._is_sending = False
        self.host.say(TELEPHONE_TO_REOPEN if state is State.RESOLVED else "Comment sent.")
        self._incident.read_again()
        self._below.offer(text, sent_as)

    async def _store(self, text: str, caller: str) -> tuple[str, State]:
        """Store a comment, and return the key under which that is done and the incident's state."""
        submission = self._draft.submission

        async def store(key: str) -> tuple[str, State]:
            return key, await in_thread_with_timeout(
                self._conversation.comment, self._account, self._incident.number, text, key, caller
            )

        try:
            return await submission.send(text, store)
        except OutOfReach as error:
            self._unsent = text, caller
            if isinstance(error, OutcomeUnknown):
                self._maybe_sent = submission.key
            # Once an answer was lost, one that can't be asked for says nothing new.
            words = NOT_KNOWN_YET if self._maybe_sent == submission.key else NOT_SENT_YET
            what = error.cause if isinstance(error, OutcomeUnknown) else error.message
            raise OutOfReach(f"{what} {words}") from error
        except (AlreadySent, NotFound):
            self._unsent = None
            self._incident.read_again()
            raise
