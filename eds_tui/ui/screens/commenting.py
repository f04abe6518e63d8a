"""Writing a comment: the box, its draft, and sending it once (rules 9, 13, 36)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from textual import work

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.drafts import box_of, given_back, is_at, unplaced
from eds_tui.domain.errors import (
    AlreadySent,
    EdsError,
    InvalidInput,
    NotFound,
    OutcomeUnknown,
    OutOfReach,
)  # fmt: skip
from eds_tui.domain.lifecycle import State
from eds_tui.domain.views import Draft, IncidentRow
from eds_tui.services.conversation import TELEPHONE_TO_REOPEN
from eds_tui.ui.commands.everywhere import Unfinished
from eds_tui.ui.dialogs.confirm import ConfirmDialog
from eds_tui.ui.drafting import DraftKeeper
from eds_tui.ui.features.submission import Submission
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.screens.deciding import Deciding
from eds_tui.ui.screens.triaging import TriagePlace
from eds_tui.ui.textual_ext.typeahead import BLOCKS_INPUT
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.text_box import TextBox

NOT_SENT_YET = (
    "The comment is not sent yet. It is kept, and sent by itself, once, as soon as the database"
    " answers; or press the same key again."
)
NOT_KNOWN_YET = (
    "It is not known whether the comment is sent. It is kept; as soon as the database answers it is"
    " found out by itself, and sent once; or press the same key again."
)


class CommentingPlace(TriagePlace[bool]):
    """A place with a box in which an incident is commented on. Returns whether one was sent.

    Args:
        deciding: The services.
        account: Who types.
        clock: The clock.
        number: The incident's.
        comment: What was typed already and belongs here.
        caller: On whose behalf.
    """

    def __init__(
        self,
        deciding: Deciding,
        account: Account,
        clock: Clock,
        number: int,
        comment: str = "",
        caller: str = "",
    ) -> None:
        super().__init__(deciding, account, clock)
        self._conversation = deciding.conversation
        self._number = number
        self._given = comment
        self._caller = caller
        self._submission = Submission()
        self._sending = False
        self._unsent: tuple[str, str] | None = None
        self._maybe_sent = ""
        self._draft_is_here = False
        self._is_kept = True
        self._sent = False
        self._first = ""
        self._box = box_of("comment", [number])
        self._keeper = DraftKeeper(
            deciding.drafts, self._box, self.snapshot, renewed=self._submission.renew
        )

    def begin_with(self, draft: Draft) -> None:
        """Put this draft into the box, if it is of this box, before any other that was left."""
        if is_at(draft.place, self._box):
            self._first = draft.place

    @property
    def box(self) -> TextBox:
        """Where a comment is typed."""
        return self.query_one("#box", TextBox)

    @property
    def caller(self) -> LineInput:
        """For whom, when it is taken on the telephone (rule 29)."""
        return self.query_one("#caller", LineInput)

    def children_of_it(self) -> int:
        """Return how many incidents hang on this one."""
        raise NotImplementedError

    def commented(self) -> None:
        """Show what was sent."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Put back what was left here."""
        self._load_draft()

    @work(exclusive=True, group="load draft")
    async def _load_draft(self) -> None:
        # Until it is there nothing is stored in its place.
        again = self.retrying() if self._keeper.is_away else self.showing_errors()
        async with again:
            draft = await self._keeper.load(self._first)
            typed = self.box.text
            left = str(draft.get("text", ""))
            parts = [left, *(text for text in (self._given, typed) if text not in left)]
            self._given = ""
            self._put_in("\n\n".join(dict.fromkeys(part for part in parts if part)))
            if not self.caller.value:
                self.caller.value = str(draft.get("caller", ""))
            if draft:
                self._submission.restore(draft)
            self._draft_is_here = True
            if more := self._keeper.more:
                verb = "waits" if more == 1 else "wait"
                self.say(f"{more} more that you typed here {verb}: {Unfinished.key()} shows it.")

    def _put_in(self, text: str) -> None:
        if text != self.box.text:
            self.box.load_text(text)
            self.box.move_cursor(self.box.document.end)
            self.box.focus()

    @work(group=BLOCKS_INPUT)
    async def go_on_with(self, draft: Draft) -> None:
        """Go on with another comment that was left here; what stands in the box is kept as well."""
        async with self.showing_errors():
            await self._keeper.move_to(draft)
            self._submission.restore(draft.body)
            self._put_in(str(draft.body.get("text", "")))
            self.caller.value = str(draft.body.get("caller", ""))

    def give_back(self) -> None:
        """Give what stands in the box back to whoever typed it, where it can't be placed."""
        if text := self.box.text.strip():
            self._unsent = None
            draft = unplaced(Draft(self._box, {"text": text}, self._clock()))
            self.notice.say(given_back(draft), bad=True)

    def on_unmount(self) -> None:
        """Leave what is typed for the next visit."""
        self._keeper.close()

    def snapshot(self) -> dict[str, Any]:
        """Return what is typed in the box, and for whom."""
        text, caller = self._typed()
        if not text:
            return {}
        values = {"text": text} | self._submission.values()
        return values | {"caller": caller} if caller else values

    def _typed(self) -> tuple[str, str]:
        return self.box.text, self.caller.value

    def tick(self, second: int) -> None:
        """Keep what has been typed, and do what the database was not there for."""
        self._keep()
        if self.is_time_to_retry(second):
            if not self._draft_is_here:
                self._load_draft()
            if self._unsent == self._typed() and self.is_in_front and not self._sending:
                self._sending = True
                self._try_again(*self._unsent)

    @work(exclusive=True, group="draft")
    async def _keep(self) -> None:
        await self.keep()

    async def keep(self) -> bool:
        """Save what is typed; what was left here before is kept beside it until both are joined.

        Returns:
            Whether nothing of it is lost.
        """
        self._is_kept = False
        async with self.showing_errors():
            words = await self._keeper.keep()
            self.say_of_database(words, waiting=self._sending or self._unsent is not None)
            self._is_kept = True
        return await super().keep() and self._is_kept

    def action_back(self) -> None:
        """Leave; what is typed is kept as a draft."""
        self._keep_and_leave()

    @work(exclusive=True, group="leave")
    async def _keep_and_leave(self) -> None:
        if self.may_leave(kept=await self.keep()):
            self.dismiss(self._sent)

    def action_send(self) -> None:
        """Send what is in the box, once."""
        if not self._sending:
            self._sending = True
            self._send()

    @work(group=BLOCKS_INPUT)
    async def _send(self) -> None:
        async with self.showing_errors():
            await self._send_once(*self._typed())

    @work
    async def _try_again(self, text: str, caller: str) -> None:
        async with self.retrying():
            await self._send_once(text, caller)

    async def _send_once(self, text: str, caller: str) -> None:
        try:
            sent_as, state = await self._store(text, caller)
            self._unsent = None
            self._sent = True
            if self.box.text == text:
                self.box.clear()
                self.query_one("#thread").focus()
            await self._keeper.drop()
        finally:
            self._sending = False
        self.say(TELEPHONE_TO_REOPEN if state is State.RESOLVED else "Comment sent.")
        self.commented()
        self._offer_comment_below(text, sent_as)

    async def _store(self, text: str, caller: str) -> tuple[str, State]:
        """Store a comment, and return the key under which that is done and the incident's state."""

        async def store(key: str) -> tuple[str, State]:
            return key, await in_thread_with_timeout(
                self._conversation.comment, self._account, self._number, text, key, caller
            )

        try:
            return await self._submission.send(text, store)
        except OutOfReach as error:
            self._unsent = text, caller
            if isinstance(error, OutcomeUnknown):
                self._maybe_sent = self._submission.key
            # Once an answer was lost, one that can't be asked for says nothing new.
            unknown = self._maybe_sent == self._submission.key
            words = NOT_KNOWN_YET if unknown else NOT_SENT_YET
            what = error.cause if isinstance(error, OutcomeUnknown) else error.message
            raise OutOfReach(f"{what} {words}") from error
        except (AlreadySent, NotFound):
            self._unsent = None
            self.commented()
            raise

    @work
    async def _offer_comment_below(self, text: str, sent_as: str) -> None:
        """Offer to send a comment on a major incident to all that hangs on it."""
        if not self.children_of_it():
            return
        async with self.showing_errors():
            rows = await in_thread_with_timeout(self._triage.below, self._account, self._number)
            question = f"Send it to the {len(rows)} that hang on it as well?"
            if rows and await self._confirms(question, "Send it", "Only here"):
                await self._comment_below(rows, text, sent_as)

    async def _comment_below(self, rows: Sequence[IncidentRow], text: str, sent_as: str) -> None:
        done = 0
        while done < len(rows):
            row = rows[done]
            # Tried again under the same key, it is kept once though the answer was lost.
            key = uuid.uuid5(uuid.NAMESPACE_OID, f"{sent_as} {row.number}").hex
            try:
                await in_thread_with_timeout(
                    self._conversation.comment, self._account, row.number, text, key
                )
            except OutOfReach as error:
                left = ", ".join(row.reference for row in rows[done:])
                so_far = f"{error.message} Sent to {done} of {len(rows)}."
                if not await self._confirms(f"{so_far} Go on?", "Go on", "Leave the rest"):
                    raise OutOfReach(f"{so_far} Look at {left}.") from error
            else:
                done += 1
        self.say(f"Sent to {len(rows)} more.")

    async def _confirms(self, question: str, yes: str, no: str) -> bool:
        return await self.app.push_screen_wait(ConfirmDialog(question, yes=yes, no=no))

    def refuse(self, error: EdsError) -> None:
        """Say what was not done; a comment at fault gets the cursor."""
        super().refuse(error)
        if isinstance(error, InvalidInput) and "comment" in error.problems and self.box.display:
            self.box.focus()
