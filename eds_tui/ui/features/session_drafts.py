"""The drafts of one session: kept under its name, and let go of at its end (rule 36)."""

from __future__ import annotations

import threading
from typing import Any

from eds_tui.domain.account import Account
from eds_tui.domain.drafts import RENEW_EVERY, is_at
from eds_tui.domain.views import Draft
from eds_tui.services.drafts import Drafts

Body = dict[str, Any]


class SessionDrafts:
    """Keeps what one session types, apart from every other session of the same account.

    What asks the database or the disk is called in a thread.

    Args:
        drafts: Where drafts are kept.
        account: Whose session it is.
    """

    def __init__(self, *, drafts: Drafts, account: Account) -> None:
        self._drafts = drafts
        self._account = account
        self._name = ""
        self._naming = threading.Lock()
        self._ended = False
        self._open: set[str] = set()
        """The places at which a box or form is open."""
        self._left: dict[str, Body] = {}
        """What was left in boxes that have been closed, by place, the latest last."""

    def is_to_be_renewed(self, second: int) -> bool:
        """Return whether other machines are to be told again that the session lives.

        Args:
            second: Counts the seconds.
        """
        is_time = second % int(RENEW_EVERY.total_seconds()) == 0
        return is_time and not self._ended and bool(self._name and (self._open or self._left))

    def open(self, place: str) -> None:
        """Take note of a box that is open: its draft is offered to no other one."""
        self._open.add(place)

    def close(self, place: str, body: Body) -> None:
        """Take note of a box that is closed, and of what is left in it."""
        self._open.discard(place)
        if body:
            self._left[place] = body

    def remembered(self, box: str) -> tuple[str, Body] | None:
        """Return place and contents of what was left last in a box of this session, if any."""
        for place in reversed(self._left):
            if is_at(place, box) and place not in self._open:
                return place, self._left.pop(place)
        return None

    def save(self, place: str, body: Body) -> None:
        """Keep a draft in the database.

        Raises:
            TakenOver: Another session goes on with it.
            Unavailable: The database can't take it.
        """
        self._drafts.save(self._account, place, body, self._begun())

    def keep_here(self, place: str, body: Body) -> None:
        """Keep a draft on this machine.

        Raises:
            Unavailable: It can't be kept here.
        """
        self._drafts.keep_here(self._account, place, body, self._begun())

    def forget_here(self, place: str) -> None:
        """Forget what waits on this machine for a place."""
        self._drafts.forget_here(self._account, place)

    def take_up(self, box: str, first: str = "") -> tuple[Draft | None, int]:
        """Go on with the latest of what was left in a box; returns it, and how many more wait.

        Args:
            box: The box.
            first: The place of the draft that is wanted before any other one.

        Raises:
            Unavailable: The database can't be reached.
        """
        left = self._drafts.left(self._account, box, self._begun())
        waiting = [draft for draft in left if draft.place not in self._open]
        for draft in sorted(waiting, key=lambda each: each.place != first):
            if self.take(draft.place) is not None:
                return draft, len(waiting) - 1
        return None, 0

    def take(self, place: str) -> Body | None:
        """Go on with a draft; ``None`` where that is not for this session.

        Raises:
            Unavailable: The database can't be reached.
        """
        return self._drafts.take(self._account, place, self._begun())

    def under(self, prefix: str) -> list[Draft]:
        """Return what was left in every form of a kind and is open nowhere here, the latest first.

        Raises:
            Unavailable: The database can't be reached, and nothing waits here.
        """
        drafts = self._drafts.under(self._account, prefix, self._begun())
        return [draft for draft in drafts if draft.place not in self._open]

    def drop(self, place: str) -> None:
        """Forget a draft: it was sent, or thrown away.

        Raises:
            Unavailable: The database can't be reached.
        """
        self._left.pop(place, None)
        self._drafts.drop(self._account, place, self._begun())

    def renew(self) -> None:
        """Say to other machines that the session lives.

        Raises:
            Unavailable: The database can't be reached.
        """
        self._drafts.renew(self._account, self._name)

    def end(self) -> None:
        """Let whatever is left be offered to the next session.

        Raises:
            Unavailable: The database can't be reached.
        """
        with self._naming:
            name, self._ended = self._name, True
        if name:
            self._drafts.end_session(self._account, name)

    def _begun(self) -> str:
        """Return the session's name; after its end it has none: what is kept then is nobody's."""
        with self._naming:
            if self._ended:
                return ""
            if not self._name:
                self._name = self._drafts.begin_session()
            return self._name
