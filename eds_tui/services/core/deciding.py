"""Makes one decision on one incident, in a unit of work that its caller commits (rule 37)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from eds_tui.domain.account import Account, Action
from eds_tui.domain.decision import Decision
from eds_tui.domain.errors import Conflict
from eds_tui.domain.event import EventKind
from eds_tui.domain.found import Found
from eds_tui.domain.pointer import check_public
from eds_tui.domain.views import IncidentRow
from eds_tui.repository.unit_of_work import Database, UnitOfWork
from eds_tui.services.core.changes import store_effects
from eds_tui.services.core.decision_facts import Read
from eds_tui.services.core.lookup import find_incident
from eds_tui.services.core.timed_transitions import apply_timed_transitions, with_due
from eds_tui.services.core.version_conflict import changes_since, check_version_conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The incident that is decided on, as it was seen."""

    number: int
    version: int | None
    """The one that was on the screen; ``None`` decides whatever it is. What others have changed
    since stays, where the decision can go beside it."""


def decide(
    database: Database,
    now: datetime,
    actor: Account,
    seen: Seen,
    read: Read,
    *,
    kind: EventKind,
) -> IncidentRow:
    """Make one decision in one transaction, and return the incident as it then is.

    Raises:
        EdsError: What :func:`decide_on` raises.
        NotAllowed: The account is a school's.
    """
    actor.require(Action.TRIAGE)
    with database.writing(actor) as work:
        found = decide_on(work, actor, seen, read, now, kind=kind)
        work.commit()
    return found.row


def decide_on(
    work: UnitOfWork,
    actor: Account,
    seen: Seen,
    read: Read,
    now: datetime,
    *,
    kind: EventKind = EventKind.TRIAGED,
) -> Found:
    """Make one decision, and return the incident as it then is.

    Args:
        work: The unit of work, to be given up when this raises.
        actor: Who decides.
        seen: What is decided on.
        read: Reads what the decision rests on, and says what it comes to.
        now: The moment.
        kind: What the history calls it.

    Raises:
        VersionConflict: Somebody changed since then what the decision rests on.
        InvalidInput: The decision is not allowed or lacks something.
        NotFound: There is no such incident.
    """
    found = find_incident(work, actor, seen.number, now)
    meanwhile = changes_since(work, actor, found, seen.version, now)
    found = apply_timed_transitions(work, found, now)
    decide = read(work, found, now)
    if meanwhile is not None:
        check_version_conflict(work, actor, found, meanwhile, decide, now)
    decision = decide(found, now)
    decision.check(found.fields)
    _check_words(work, found, decision)
    after = with_due(work, found, decision.after, now)
    if not work.incidents.change(found, after, actor.name):
        raise Conflict(f"{found.row.reference} was changed meanwhile.")
    store_effects(work, actor, found, replace(decision, after=after), kind, now)
    return work.incidents.by_id(found.id, now)


def _check_words(work: UnitOfWork, found: Found, decision: Decision) -> None:
    """Refuse to name a confidential incident to a school (rule 24)."""
    check_public("comment", work.comments.confidential_in(decision.comment, found.id))
    words = decision.after.description
    if words != found.fields.description and not decision.after.confidential:
        check_public("description", work.comments.confidential_in(words, found.id))
