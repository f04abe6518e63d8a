"""Makes one decision on one incident, in a unit of work that its caller commits (rule 37)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from eds_tui.domain.account import Account
from eds_tui.domain.errors import Conflict
from eds_tui.domain.event import EventKind
from eds_tui.domain.found import Found
from eds_tui.domain.pointer import check_public
from eds_tui.repository.unit_of_work import UnitOfWork
from eds_tui.services.core.changes import store_effects
from eds_tui.services.core.decision_facts import Read
from eds_tui.services.core.lookup import find_incident
from eds_tui.services.core.timed_transitions import apply_timed_transitions, with_due
from eds_tui.services.core.version_conflict import changes_since, check_version_conflict


def decide_on(
    work: UnitOfWork,
    actor: Account,
    number: int,
    version: int | None,
    read: Read,
    now: datetime,
    *,
    kind: EventKind = EventKind.TRIAGED,
) -> Found:
    """Make one decision, and return the incident as it then is.

    Args:
        work: The unit of work, to be given up when this raises.
        actor: Who decides.
        number: The incident's.
        version: The one that was on the screen; ``None`` decides whatever it is. What others
            have changed since stays, where the decision can go beside it.
        read: Reads what the decision rests on, and says what it comes to.
        now: The moment.
        kind: What the history calls it.

    Raises:
        VersionConflict: Somebody changed since then what the decision rests on.
        InvalidInput: The decision is not allowed or lacks something.
        NotFound: There is no such incident.
    """
    found = find_incident(work, actor, number, now)
    meanwhile = changes_since(work, actor, found, version, now)
    found = apply_timed_transitions(work, found, now)
    decide = read(work, found, now)
    if meanwhile is not None:
        check_version_conflict(work, actor, found, meanwhile, decide, now)
    decision = decide(found, now)
    decision.check(found.fields)
    check_public("comment", work.comments.confidential_in(decision.comment, found.id))
    after = with_due(work, found, decision.after, now)
    if not work.incidents.change(found, after, actor.name):
        raise Conflict(f"{found.row.reference} was changed meanwhile.")
    store_effects(work, actor, found, replace(decision, after=after), kind, now)
    return work.incidents.by_id(found.id, now)
