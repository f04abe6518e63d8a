"""The texts that decisions ask for in dialogs: kept until the decision is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING, Any, TypeVar

from eds_tui.domain.account import Account, Action
from eds_tui.domain.drafts import box_of, kind_of
from eds_tui.domain.presence import Writing
from eds_tui.domain.views import IncidentRow
from eds_tui.services.canned_replies import CannedReplies
from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.features.canned_replies import About, CannedReplyPicker, ReplyTarget
from eds_tui.ui.features.dialog_draft import DialogDraft, Settled, settling
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.runtime.background import showing_errors

if TYPE_CHECKING:
    from eds_tui.ui.dialogs.dialog_text import DialogText

Answer = TypeVar("Answer")
_READ_BY_SCHOOLS = frozenset({"question", "resolution"})
"""The kinds of texts that schools read."""


class DecisionTexts:
    """Asks for texts about incidents, and keeps each until it has led to something.

    Args:
        host: The screen.
        drafts: Keep what is typed.
        account: Who types.
        replies: Has the canned replies.
    """

    def __init__(
        self, *, host: Host, drafts: SessionDrafts, account: Account, replies: CannedReplies
    ) -> None:
        self.host = host
        self._replies = replies
        self._drafts = drafts
        self._account = account
        self._dialog: Dialog[Any] | None = None
        self._about: Sequence[IncidentRow] = ()
        self._answered: DialogDraft | None = None
        """What was typed for the decision that is being made."""

    def ask(
        self,
        dialog: Dialog[Answer],
        kind: str,
        rows: Sequence[IncidentRow],
        then: Callable[[Answer, DialogDraft], object],
    ) -> None:
        """Ask for a text, which is kept until it is settled.

        Args:
            dialog: Asks for it; what was left in it before is put back.
            kind: What is asked for, as the drafts call it: ``note``, ``resolution``.
            rows: The incidents that it is about.
            then: Given the answer and what keeps it, which is to be settled whatever comes of it.
        """
        numbers = [row.number for row in rows]
        self._ask(dialog, box_of(kind, numbers), rows, then)

    def ask_in(
        self, dialog: Dialog[Answer], box: str, then: Callable[[Answer, DialogDraft], object]
    ) -> None:
        """Ask for a text in a box that is about no incident, and keep it until it is settled."""
        self._ask(dialog, box, (), then)

    def _ask(
        self,
        dialog: Dialog[Answer],
        box: str,
        rows: Sequence[IncidentRow],
        then: Callable[[Answer, DialogDraft], object],
    ) -> None:
        numbers = [row.number for row in rows]
        schools = [row.school_id for row in rows if kind_of(box) in _READ_BY_SCHOOLS]
        text = DialogDraft(drafts=self._drafts, box=box, numbers=numbers, schools=schools)
        dialog.keeper = text
        if rows and dialog.text is not None:
            dialog.text.reply = self._picker(dialog, dialog.text, rows[0]).pick

        def answered(answer: Answer | None) -> None:
            if answer is None:
                self._throw_away(text)
            else:
                self._answered = text
                then(answer, text)

        self._show(dialog, rows, answered)

    def _picker(self, dialog: Dialog[Any], text: DialogText, row: IncidentRow) -> CannedReplyPicker:
        """Return what puts a canned reply into a dialog."""
        target = ReplyTarget(
            box=text.box, about=lambda: About.incident(row), say=dialog.complain, tell=text.say
        )
        return CannedReplyPicker(
            host=self.host, replies=self._replies, account=self._account, target=target
        )

    def ask_briefly(
        self,
        dialog: Dialog[Answer],
        rows: Sequence[IncidentRow],
        then: Callable[[Answer], None],
    ) -> None:
        """Ask for what is as quick to type again, and is not kept."""
        self._show(dialog, rows, lambda answer: None if answer is None else then(answer))

    def _show(
        self,
        dialog: Dialog[Answer],
        rows: Sequence[IncidentRow],
        answered: Callable[[Answer | None], None],
    ) -> None:
        self._dialog, self._about = dialog, rows
        self.host.app.push_screen(dialog, answered)

    def writing(self) -> Writing | None:
        """Return the work note or decision that is being typed in a dialog."""
        dialog = self._dialog
        if dialog is None or dialog is not self.host.app.screen or not dialog.is_mounted:
            return None
        if not self._about or not self._account.may(Action.TRIAGE):
            return None
        return Writing(self._about[0].number, internal=True) if dialog.written().strip() else None

    def settling(self, text: DialogDraft | None) -> AbstractAsyncContextManager[Settled]:
        """Forget what was typed for something where that is made inside; else keep it."""
        return settling(text, self.host)

    @task()
    async def leave(self, text: DialogDraft | None) -> None:
        """Keep a text of which nothing has come, for the next time."""
        async with self.settling(text):
            """Nothing came of it."""

    async def keep(self) -> bool:
        """Keep what was typed for a decision that is just being made.

        Returns:
            Whether nothing of it is lost.
        """
        text = self._answered
        if text is None or text.is_settled:
            return True
        kept = []
        async with showing_errors(self.host.show_error):
            kept.append(await text.keep())
        return bool(kept)

    @task()
    async def _throw_away(self, text: DialogDraft) -> None:
        await text.drop()
