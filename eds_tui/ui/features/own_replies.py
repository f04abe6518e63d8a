"""Keeping what is typed as a reply of one's own, and removing one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from eds_tui.domain.account import Account
from eds_tui.domain.text import one_line
from eds_tui.domain.views import CannedReply
from eds_tui.services.canned_replies import CannedReplies
from eds_tui.ui import dialogs
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import changing, showing_errors

if TYPE_CHECKING:
    from eds_tui.ui.widgets.text_box import TextBox

Replies = Sequence[CannedReply]


class OwnReplies:
    """Adds to and takes from what somebody keeps for themselves.

    Args:
        host: The screen.
        replies: Keeps it.
        account: Whose own it is.
        say: Says what was done, where it is seen.
        refuse: Says what was not.
    """

    def __init__(
        self,
        *,
        host: Host,
        replies: CannedReplies,
        account: Account,
        say: Callable[[str], None],
        refuse: Callable[[str], None],
    ) -> None:
        self.host = host
        self._replies = replies
        self._account = account
        self._say = say
        self._refuse = refuse

    def actions(self, box: TextBox, own: Replies) -> list[tuple[str, Callable[[], object]]]:
        """Return what can be done beside choosing a reply, each in words.

        Args:
            box: The box in which one types.
            own: What is kept so far.
        """
        found: list[tuple[str, Callable[[], object]]] = []
        if marked := box.selected_text.strip():
            found.append(("+ Keep the marked text for me", partial(self._ask_title, marked, own)))
        elif typed := box.text.strip():
            found.append(("+ Keep what stands here for me", partial(self._ask_title, typed, own)))
        if own:
            found.append(("- Take one of mine away", partial(self._ask_which, own)))
        return found

    def _ask_title(self, text: str, own: Replies) -> None:
        titles = {reply.title for reply in own}

        def named(title: str | None) -> None:
            if title is None:
                return
            reply = CannedReply(title.strip(), text)
            if reply.title in titles:
                question = f"You keep {one_line(reply.title)} already. Put this in its place?"
                dialog = dialogs.ConfirmDialog(question, yes="Put it there", no="Leave it")
                self.host.app.push_screen(dialog, partial(self._sure, reply))
            else:
                self._save(reply)

        dialog = dialogs.LineDialog("Keep it for you alone: under which title?", quick=True)
        self.host.app.push_screen(dialog, named)

    def _sure(self, reply: CannedReply, sure: bool | None) -> None:
        if sure:
            self._save(reply)

    @task()
    async def _save(self, reply: CannedReply) -> None:
        async with showing_errors(lambda error: self._refuse(error.message)):
            await changing(self._replies.save_own, self._account, reply)
            self._say(f"{one_line(reply.title)} is kept; it is offered to you alone.")

    def _ask_which(self, own: Replies) -> None:
        def picked(place: int | None) -> None:
            if place is not None:
                self._drop(own[place])

        titles = [reply.title for reply in own]
        self.host.app.push_screen(dialogs.PickDialog("Take which one away?", titles), picked)

    @task()
    async def _drop(self, reply: CannedReply) -> None:
        async with showing_errors(lambda error: self._refuse(error.message)):
            await changing(self._replies.drop_own, self._account, reply.title)
            self._say(f"{one_line(reply.title)} is yours no more.")
