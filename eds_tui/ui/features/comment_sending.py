"""Sending a comment once, however often it is tried, and by itself after an outage (rule 8)."""

from __future__ import annotations

from eds_tui.domain.account import Account
from eds_tui.domain.errors import (
    AlreadySent,
    AnotherSchool,
    Conflict,
    NotFound,
    OutcomeUnknown,
    OutOfReach,
    Unavailable,
)  # fmt: skip
from eds_tui.domain.lifecycle import State
from eds_tui.services.conversation import TELEPHONE_TO_REOPEN, Conversation
from eds_tui.ui.commands.forms import Send
from eds_tui.ui.features.comment_below import CommentBelow
from eds_tui.ui.features.comment_draft import CommentDraft, Typed
from eds_tui.ui.features.host import Host, retrying, task
from eds_tui.ui.features.incident_detail import OpenedIncident
from eds_tui.ui.runtime.background import in_thread, in_thread_with_timeout

NOT_SENT_YET = (
    "The comment is not sent yet. It is kept, and sent by itself, once, as soon as the database"
    " answers; or press the same key again."
)
NOT_KNOWN_YET = (
    "It is not known whether the comment is sent. It is kept; as soon as the database answers it is"
    " found out by itself, and sent once; or press the same key again."
)
FILE_MISSING = (
    "Nothing was sent, and all is kept: take that file away (Del on its name) or choose it again,"
    " and send."
)
"""Said where a file can't be read (any more) that was chosen before."""


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
        self._unsent: Typed | None = None
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
            self._try_again(unsent)

    def give_up(self) -> None:
        """Try no more by itself what could not be sent."""
        self._unsent = None

    @task(blocks_input=True)
    async def _send(self) -> None:
        await self._send_once(self._draft.typed())

    @task()
    async def _try_again(self, typed: Typed) -> None:
        async with retrying(self.host):
            await self._send_once(typed)

    async def _send_once(self, typed: Typed) -> None:
        try:
            sent_as, state = await self._store(typed)
            self._unsent = None
            self.has_sent = True
            await self._draft.drop(typed)
        finally:
            self._is_sending = False
        self.host.say(TELEPHONE_TO_REOPEN if state is State.RESOLVED else _sent(typed))
        self._incident.read_again()
        self._below.offer(typed, sent_as)

    async def _store(self, typed: Typed) -> tuple[str, State]:
        """Store a comment, and return the key under which that is done and the incident's state."""
        submission = self._draft.submission
        # Files may take their time; without any an answer comes at once or not at all.
        run = in_thread if typed.files else in_thread_with_timeout

        async def store(key: str) -> tuple[str, State]:
            return key, await run(
                self._conversation.comment,
                self._account, self._incident.number, typed.text, key, typed.caller, typed.files,
                typed.meant_for,
            )  # fmt: skip

        try:
            return await submission.send(typed.content, store)
        except OutOfReach as error:
            self._unsent = typed
            if isinstance(error, OutcomeUnknown):
                self._maybe_sent = submission.key
            # Once an answer was lost, one that can't be asked for says nothing new.
            words = NOT_KNOWN_YET if self._maybe_sent == submission.key else NOT_SENT_YET
            what = error.cause if isinstance(error, OutcomeUnknown) else error.message
            raise OutOfReach(f"{what} {words}") from error
        except Unavailable as error:
            self._unsent = None
            raise Unavailable(f"{error.message} {FILE_MISSING}") from error
        except AnotherSchool as error:
            self._unsent = None
            self._draft.mean_for(error.school_id)
            self._incident.read_again()
            again = f"It is kept; {Send.key()} again sends it to {error.school}."
            raise Conflict(f"{error.message} {again}") from error
        except (AlreadySent, NotFound):
            self._unsent = None
            self._incident.read_again()
            raise


def _sent(typed: Typed) -> str:
    """Return what is said of a comment that was sent."""
    count = len(typed.files)
    files = f"{count} file{'' if count == 1 else 's'}"
    if not typed.text.strip():
        return f"{files} attached."
    return f"Comment sent, with {files}." if count else "Comment sent."
