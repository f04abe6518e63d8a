"""Drafts: what is typed is kept until it is sent (rule 36).

They are kept in the database. While that can't be reached they wait in files of this machine, and
go into the database as soon as the person's drafts are next asked for.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.text import storable
from eds_tui.domain.views import Draft
from eds_tui.repository.draft_files import DraftFiles, FiledDraft
from eds_tui.repository.unit_of_work import Database, UnitOfWork

_TEXTS = frozenset({"text", "description"})
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Drafts:
    """Keeps drafts, per person and place.

    Whoever is shut out reads none any more, but what they have typed until then is still kept.

    Args:
        database: Where they are kept.
        clock: When.
        files: Where they wait while the database can't be reached; ``None`` keeps none.
    """

    def __init__(self, database: Database, clock: Clock, files: DraftFiles | None = None) -> None:
        self._database = database
        self._clock = clock
        self._files = files

    def save(self, actor: Account, place: str, body: dict[str, Any]) -> None:
        """Keep what stands in a form; an earlier draft of the same place gives way.

        Raises:
            Unavailable: The database can't take it; ``keep_here`` can.
        """
        at = self._clock()
        with self._database.writing() as work:
            work.drafts.save(actor.id, place, body, at)
            work.commit()

    def keep_here(
        self, actor: Account, place: str, body: dict[str, Any], *, goes_on: bool = True
    ) -> None:
        """Keep what stands in a form on this machine, until the database can be reached.

        Args:
            actor: Whose it is.
            place: Which form.
            body: What stands in it.
            goes_on: Whether it goes on with what the database had for the place; else it was not
                known, and both are kept.

        Raises:
            Unavailable: It can't be kept here either.
        """
        if self._files is None:
            raise Unavailable("The database can't be reached, and no draft is kept here.")
        now = self._clock()
        self._files.save(actor, Draft(place, body, now), now if goes_on else _LONG_AGO)

    def forget_here(self, actor: Account, place: str) -> None:
        """Forget what waits on this machine for a place: the database has it."""
        if self._files is not None:
            self._files.drop(actor, place)

    def load(self, actor: Account, place: str) -> dict[str, Any] | None:
        """Return what the person left at a place.

        Raises:
            Unavailable: The database can't be reached: there may be more than what waits here.
        """
        self._put_away(actor)
        with self._database.reading(actor, walled=False) as work:
            draft = work.drafts.load(actor.id, place)
            if draft is None or _is_sent(work, actor, draft):
                return None
            return draft.body

    def under(self, actor: Account, prefix: str) -> tuple[Draft, ...]:
        """Return what the person left in every form of a kind, the latest first.

        While the database can't be reached, what waits on this machine is all there is.

        Raises:
            Unavailable: The database can't be reached, and nothing waits here.
        """
        try:
            self._put_away(actor)
            with self._database.reading(actor, walled=False) as work:
                drafts = work.drafts.under(actor.id, prefix)
                return tuple(draft for draft in drafts if not _is_sent(work, actor, draft))
        except Unavailable:
            here = [filed.draft for filed in self._waiting(actor)]
            if left := tuple(draft for draft in here if draft.place.startswith(prefix)):
                return left
            raise

    def drop(self, actor: Account, place: str) -> None:
        """Forget the draft of a place: it was sent, or thrown away."""
        with self._database.writing() as work:
            work.drafts.drop(actor.id, place)
            work.commit()
        self.forget_here(actor, place)

    def _waiting(self, actor: Account) -> tuple[FiledDraft, ...]:
        return self._files.all(actor) if self._files is not None else ()

    def _put_away(self, actor: Account) -> None:
        """Put what waits on this machine into the database, beside what is newer there."""
        for filed in self._waiting(actor):
            with self._database.writing() as work:
                if not _is_sent(work, actor, filed.draft):
                    draft = _beside(filed, work.drafts.load(actor.id, filed.draft.place))
                    work.drafts.save(actor.id, draft.place, draft.body, draft.saved_at)
                work.commit()
            assert self._files is not None
            self._files.drop_unchanged(actor, filed)


def _is_sent(work: UnitOfWork, actor: Account, draft: Draft) -> bool:
    """Return whether all that a draft says has been sent, though the draft is still there.

    That is so where the program ended, or its connection, between the one and the other. What was
    typed after that, by somebody who did not learn of it, has not been sent.
    """
    submission = str(draft.body.get("submission", ""))
    if not submission:
        return False
    sent = work.incidents.logged(submission, actor.id) or work.comments.sent(submission)
    if sent is None:
        return False
    text, at = sent
    typed = draft.body.get("description") or draft.body.get("text") or ""
    return draft.saved_at <= at or storable(str(typed)) == text


def _beside(filed: FiledDraft, stored: Draft | None) -> Draft:
    """Return how a draft of this machine goes into the database.

    What is there from before the database went away gives way. What is newer stays: a comment's
    texts are joined, and of a form there are two drafts.
    """
    draft = filed.draft
    if stored is None or stored.saved_at <= filed.since:
        return draft
    if _covers(stored.body, draft.body):
        return stored
    if "text" in stored.body:
        here, there = str(draft.body.get("text", "")), str(stored.body["text"])
        return replace(stored, body=stored.body | {"text": f"{there}\n\n{here}"})
    kind = draft.place.partition(":")[0]
    # The same draft gets the same place, should this be begun again.
    digest = hashlib.sha256(json.dumps(draft.body, sort_keys=True).encode()).hexdigest()
    return replace(draft, place=f"{kind}:{digest[:32]}")


def _covers(body: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return whether a draft has all of another: what was typed on after it was kept here."""
    return all(
        value == body.get(name) or (name in _TEXTS and str(body.get(name, "")).startswith(value))
        for name, value in other.items()
        if name != "submission"
    )
