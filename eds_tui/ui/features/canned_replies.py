"""Putting a canned reply into the text that is being typed, in a box of a screen or a dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from eds_tui.domain.account import Account
from eds_tui.domain.views import CannedReply, IncidentRow
from eds_tui.services.canned_replies import CannedReplies as CannedReplyService
from eds_tui.ui import dialogs
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.triage import CannedReplies
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.features.own_replies import OwnReplies
from eds_tui.ui.runtime.background import in_thread_with_timeout, showing_errors

if TYPE_CHECKING:
    from eds_tui.ui.widgets.text_box import TextBox

NONE_YET = "There are no replies yet. Type one, and this key keeps it for you."
NO_NUMBER = "{number}"
"""Stays in a text for an incident that has none yet."""


@dataclass(frozen=True)
class About:
    """What the placeholders of a reply are filled in with."""

    caller: str
    school: str
    number: str = NO_NUMBER

    @classmethod
    def incident(cls, row: IncidentRow) -> About:
        """Return that of an incident."""
        return cls(caller=row.contact_name, school=row.school, number=row.reference)


@dataclass(frozen=True, kw_only=True)
class ReplyTarget:
    """Where a reply is put."""

    box: Callable[[], TextBox | None]
    """Returns the box; ``None`` where there is none just now."""
    about: Callable[[], About | None]
    """Returns what it is about; ``None`` where that is not known yet."""
    say: Callable[[str], None]
    """Says what is wrong, where it is seen."""
    tell: Callable[[str], None]
    """Says what was done, likewise."""


class CannedReplyPicker:
    """Asks which reply is wanted, fills it in, and puts it where the cursor is.

    Args:
        host: The screen.
        replies: Has the replies.
        account: Who picks.
        target: Where it is put.
    """

    def __init__(
        self, *, host: Host, replies: CannedReplyService, account: Account, target: ReplyTarget
    ) -> None:
        self.host = host
        self._replies = replies
        self._account = account
        self._target = target
        self._own = OwnReplies(
            host=host, replies=replies, account=account, say=target.tell, refuse=target.say
        )

    def handlers(self) -> Handlers:
        """Return what is done for the command."""
        return {CannedReplies: self.pick}

    @task(blocks_input=True)
    async def pick(self) -> None:
        """Ask which reply, and put it in; one's own stand below those of all."""
        target = self._target
        async with showing_errors(lambda error: target.say(error.message)):
            replies = await in_thread_with_timeout(self._replies.all, self._account)
            own = await in_thread_with_timeout(self._replies.own, self._account)
            about, box = target.about(), target.box()
            rows = [
                *((reply.title, partial(self._put, reply)) for reply in replies),
                *((f"{reply.title} · mine", partial(self._put, reply)) for reply in own),
                *(self._own.actions(box, own) if box is not None else ()),
            ]
            if not rows:
                target.say(NONE_YET)
            elif about is not None and box is not None:
                self.host.app.push_screen(
                    dialogs.PickDialog("Which reply?", [words for words, _ in rows]),
                    lambda place: None if place is None else rows[place][1](),
                )

    def _put(self, reply: CannedReply) -> None:
        about, box = self._target.about(), self._target.box()
        if about is not None and box is not None:
            text = reply.filled(caller=about.caller, number=about.number, school=about.school)
            box.focus()
            box.put_in(text)
