"""Tells a lead what somebody has to put right: a clock that is off, a mail server that refuses."""

from __future__ import annotations

from collections.abc import Callable

from eds_tui.domain.account import Account
from eds_tui.services.outbox import Outbox
from eds_tui.ui.runtime.background import in_thread_with_timeout


class LeadRemarks:
    """Looks now and then, and says what is new.

    Args:
        outbox: Knows what is wrong.
        account: Who has signed in.
        say: Shows a sentence.
    """

    def __init__(self, outbox: Outbox, account: Account, say: Callable[[str], None]) -> None:
        self._outbox = outbox
        self._account = account
        self._say = say
        self._said: frozenset[str] = frozenset()

    async def look(self) -> None:
        """Say the first that has not been said since it came up; the next one the next time."""
        found = await in_thread_with_timeout(self._outbox.remarks, self._account)
        new = next((remark for remark in found if _kind(remark) not in self._said), "")
        if new:
            self._say(new)
        # What is put right may come up again.
        self._said = (self._said | {_kind(new)}) & frozenset(map(_kind, found))


def _kind(remark: str) -> str:
    """Return a remark without its numbers, which change while it stays the same."""
    return "".join(char for char in remark if not char.isdigit())
