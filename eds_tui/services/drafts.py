"""The service for drafts: what is typed is kept until it is sent (rule 36).

They are kept in the database. While that can't be reached they wait in files of this machine, and
go into the database as soon as the person's drafts are next asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.drafts import (
    FEEDBACK,
    LEASE,
    beside,
    covers,
    goes_on_from,
    is_at,
    is_unplaced,
    kind_of,
    number_of,
    text_of,
    unplaced,
)  # fmt: skip
from eds_tui.domain.errors import TakenOver, Unavailable
from eds_tui.domain.text import storable
from eds_tui.domain.views import Draft
from eds_tui.repository.draft_files import DraftFiles, FiledDraft
from eds_tui.repository.draft_sessions import DraftSessions
from eds_tui.repository.unit_of_work import Database, UnitOfWork

_TAKEN_OVER = "Another session of yours goes on with this text."


class Drafts:
    """Keeps drafts, per person, place and session.

    A draft is gone on with by one session at a time; one whose session has died is anybody's of
    that account. Whoever is shut out reads none any more, but what they have typed until then is
    still kept.

    Args:
        database: Where they are kept.
        clock: When.
        files: Where they wait while the database can't be reached; ``None`` keeps none.
        sessions: Tells which sessions live.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        files: DraftFiles | None = None,
        sessions: DraftSessions | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._files = files
        self._sessions = sessions or DraftSessions(None)

    def begin_session(self) -> str:
        """Return the name of a session, which lives until it is ended or its program is."""
        return self._sessions.begin()

    def end_session(self, actor: Account, session: str) -> None:
        """Let a session be over: what it has left is offered to the next one at once.

        Raises:
            Unavailable: Other machines learn of it only after a while.
        """
        self._sessions.end(session)
        with self._database.writing() as work:
            work.drafts.let_go(actor.id, session)
            work.commit()

    def renew(self, actor: Account, session: str) -> None:
        """Say to other machines that a session lives and goes on with its drafts."""
        with self._database.writing() as work:
            work.drafts.renew(actor.id, session, self._clock())
            work.commit()

    def save(self, actor: Account, place: str, body: dict[str, Any], session: str = "") -> None:
        """Keep what stands in a form; an earlier draft of the same place gives way.

        Raises:
            TakenOver: Another session goes on with the draft of that place.
            Unavailable: The database can't take it; ``keep_here`` can.
        """
        draft = self._draft(actor, place, body, session)
        with self._database.writing() as work:
            stored = work.drafts.load(actor.id, place)
            if stored is not None and self._is_elsewhere(stored, session):
                raise TakenOver(_TAKEN_OVER)
            work.drafts.save(actor.id, draft)
            work.commit()

    def keep_here(
        self, actor: Account, place: str, body: dict[str, Any], session: str = ""
    ) -> None:
        """Keep what stands in a form on this machine, until the database can be reached.

        Raises:
            Unavailable: It can't be kept here either.
        """
        if self._files is None:
            raise Unavailable("The database can't be reached, and no draft is kept here.")
        draft = self._draft(actor, place, body, session)
        self._files.save(actor, draft, draft.saved_at)

    def forget_here(self, actor: Account, place: str) -> None:
        """Forget what waits on this machine for a place: the database has it."""
        if self._files is not None:
            self._files.drop(actor, place)

    def take(self, actor: Account, place: str, session: str = "") -> dict[str, Any] | None:
        """Let a session go on with what was left at a place, and return what that is.

        Returns:
            ``None`` where there is nothing, or nothing for this session.

        Raises:
            Unavailable: The database can't be reached: there may be more than what waits here.
        """
        self._put_away(actor, session)
        with self._database.writing(actor) as work:
            stored = work.drafts.load(actor.id, place)
            offered = self._offered(work, actor, (stored,) if stored else (), session)
            if not offered or offered[0].is_elsewhere or offered[0].place != place:
                return None
            if session:
                work.drafts.hold(actor.id, place, session, self._clock())
                work.commit()
            return offered[0].body

    def left(self, actor: Account, box: str, session: str = "") -> tuple[Draft, ...]:
        """Return what the person left in a box and may be gone on with, the latest first.

        Raises:
            Unavailable: The database can't be reached: there may be more than what waits here.
        """
        self._put_away(actor, session)
        with self._database.reading(actor, walled=False) as work:
            drafts = self._offered(work, actor, work.drafts.under(actor.id, box), session)
            return tuple(
                draft for draft in drafts if is_at(draft.place, box) and not draft.is_elsewhere
            )

    def under(self, actor: Account, prefix: str, session: str = "") -> tuple[Draft, ...]:
        """Return what the person left in every form of a kind, the latest first.

        What another session goes on with says so. A school learns nothing of an incident that it
        may not know of: what was typed there is given back without its place (rule 24).

        While the database can't be reached, what waits on this machine is all there is.

        Raises:
            Unavailable: The database can't be reached, and nothing waits here.
        """
        try:
            self._put_away(actor, session)
            with self._database.reading(actor, walled=False) as work:
                return self._offered(work, actor, work.drafts.under(actor.id, prefix), session)
        except Unavailable:
            here = (filed.draft for filed in self._waiting(actor))
            if left := tuple(
                # What the school may know of is not known just now.
                unplaced(draft) if _is_schools(actor) and number_of(draft.place) else draft
                for draft in self._shown(actor, here, session)
                if draft.place.startswith(prefix)
            ):
                return left
            raise

    def drop(self, actor: Account, place: str, session: str = "") -> None:
        """Forget the draft of a place: it was sent, or thrown away.

        What another session goes on with stays.
        """
        with self._database.writing() as work:
            place = _place_in(work.drafts.under(actor.id, ""), place)
            stored = work.drafts.load(actor.id, place)
            if stored is not None and not self._is_elsewhere(stored, session):
                work.drafts.drop(actor.id, place)
                work.commit()
        self.forget_here(actor, place)

    def _draft(self, actor: Account, place: str, body: dict[str, Any], session: str) -> Draft:
        now = self._clock()
        return Draft(
            place=place, body=body, saved_at=now, session=session,
            seen_at=now if session else None, school_id=_school_of(actor),
        )  # fmt: skip

    def _is_elsewhere(self, draft: Draft, session: str) -> bool:
        """Return whether another session, which lives, goes on with a draft."""
        if draft.session in ("", session):
            return False
        if (alive := self._sessions.is_alive(draft.session)) is not None:
            return alive
        return draft.seen_at is not None and abs(self._clock() - draft.seen_at) < LEASE

    def _shown(self, actor: Account, drafts: Iterable[Draft], session: str) -> list[Draft]:
        """Return those that were typed for the school of the account, marked where elsewhere."""
        return [
            replace(draft, is_elsewhere=self._is_elsewhere(draft, session))
            for draft in drafts
            if draft.school_id in (None, _school_of(actor))
        ]

    def _offered(
        self, work: UnitOfWork, actor: Account, drafts: Iterable[Draft], session: str
    ) -> tuple[Draft, ...]:
        now = self._clock()
        return tuple(
            draft if _may_know(work, actor, draft, now) else unplaced(draft)
            for draft in self._shown(actor, drafts, session)
            if not _is_sent(work, actor, draft)
        )

    def _waiting(self, actor: Account) -> tuple[FiledDraft, ...]:
        return self._files.all(actor) if self._files is not None else ()

    def _put_away(self, actor: Account, session: str) -> None:
        """Put what waits on this machine into the database, beside what is newer there.

        Another session that lives does that itself, with what was typed since.
        """
        for filed in self._waiting(actor):
            if filed.draft.session != session and self._sessions.is_alive(filed.draft.session):
                continue
            with self._database.writing() as work:
                if not _is_sent(work, actor, filed.draft):
                    stored = work.drafts.load(actor.id, filed.draft.place)
                    work.drafts.save(actor.id, self._put_beside(filed, stored))
                work.commit()
            assert self._files is not None
            self._files.drop_unchanged(actor, filed)

    def _put_beside(self, filed: FiledDraft, stored: Draft | None) -> Draft:
        """Return how a draft of this machine goes into the database.

        What is there from before it went away gives way, and of one session's the earlier. Of what
        is newer, or gone on with elsewhere, there are two, unless it has all that this one has.
        """
        draft = filed.draft
        if stored is None or goes_on_from(draft, stored):
            return draft
        if goes_on_from(stored, draft) or covers(stored.body, draft.body):
            return stored
        if stored.saved_at > filed.since or self._is_elsewhere(stored, draft.session):
            return beside(draft)
        return draft


def _place_in(drafts: Iterable[Draft], place: str) -> str:
    """Return the place of a draft, also of one that was given back without it."""
    if not is_unplaced(place):
        return place
    return next((each.place for each in drafts if unplaced(each).place == place), place)


def _school_of(actor: Account) -> int:
    return actor.school_id or 0


def _is_schools(actor: Account) -> bool:
    return not actor.role.is_service_centre


def _may_know(work: UnitOfWork, actor: Account, draft: Draft, now: datetime) -> bool:
    """Return whether the person may know of the incident that a draft is about (rule 24)."""
    number = number_of(draft.place)
    if number is None or not _is_schools(actor):
        return True
    return work.incidents.find(actor.scope, number, now) is not None


def _is_sent(work: UnitOfWork, actor: Account, draft: Draft) -> bool:
    """Return whether all that a draft says has been sent, though the draft is still there.

    That is so where the program or its connection ended between the two. What was typed after
    that by somebody who did not learn of it has not been sent, nor has what another person sent.
    """
    typed = storable(text_of(draft))
    if kind_of(draft.place) == FEEDBACK:
        return typed == work.comments.rated(number_of(draft.place), actor.id)
    if not (submission := str(draft.body.get("submission", ""))):
        return False
    logged = work.receipts.logged(submission, actor.id)
    if logged is None:
        sent = work.comments.sent(submission)
        if sent is None or sent.author_id != actor.id:
            return False
        logged = sent.text, sent.at
    text, at = logged
    return draft.saved_at <= at or typed == text
