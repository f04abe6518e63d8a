"""Drafts: what is typed is kept until it is sent (rule 36)."""

from __future__ import annotations

from typing import Any

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.views import Draft
from eds_tui.repository.unit_of_work import Database


class Drafts:
    """Keeps drafts, per person and place.

    Whoever is shut out reads none any more, but what they have typed until then is still kept.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def save(self, actor: Account, place: str, body: dict[str, Any]) -> None:
        """Keep what stands in a form; an earlier draft of the same place gives way."""
        with self._database.writing() as work:
            work.drafts.save(actor.id, place, body, self._clock())
            work.commit()

    def load(self, actor: Account, place: str) -> dict[str, Any] | None:
        """Return what the person left at a place."""
        with self._database.reading(actor) as work:
            return work.drafts.load(actor.id, place)

    def under(self, actor: Account, prefix: str) -> tuple[Draft, ...]:
        """Return what the person left in every form of a kind, the latest first."""
        with self._database.reading(actor) as work:
            return work.drafts.under(actor.id, prefix)

    def drop(self, actor: Account, place: str) -> None:
        """Forget the draft of a place: it was sent, or thrown away."""
        with self._database.writing() as work:
            work.drafts.drop(actor.id, place)
            work.commit()
