"""Detects and explains version conflicts of decisions (rule 37)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from eds_tui.domain.account import Account
from eds_tui.domain.decision import PUT_RIGHT, Decision, conflicts
from eds_tui.domain.errors import Conflict, InvalidInput
from eds_tui.domain.event import DECIDED, Event
from eds_tui.domain.found import Found
from eds_tui.domain.incident import format_number
from eds_tui.domain.lifecycle import state_at
from eds_tui.domain.triage_decisions import Decide
from eds_tui.domain.triage_fields import TriageFields, reverted
from eds_tui.domain.version_conflict import (
    THE_CLOCK,
    ConflictingChange,
    FieldConflict,
    Names,
    VersionConflict,
    Wanted,
    field_by_field,
    other_incidents,
)
from eds_tui.domain.views import IncidentRow
from eds_tui.repository.unit_of_work import UnitOfWork
from eds_tui.services.core.timed_transitions import with_due

_LAST_ALONE = "Only what was changed last can be taken back."


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What has happened to an incident since a version of it was seen."""

    seen: TriageFields
    """Its fields as whoever decides sees them: what they have changed since is among that."""
    changes: tuple[Event, ...]
    """What was changed, oldest first."""


def changes_since(
    work: UnitOfWork, actor: Account, found: Found, version: int | None, now: datetime
) -> Meanwhile | None:
    """Return what has happened to an incident since a version of it was seen.

    A timed transition conflicts with nothing: every reader sees it, stored or not. Nor does what
    one has changed oneself, at another kiosk or ahead of the screen.

    Args:
        work: The unit of work.
        actor: Who decides.
        found: The incident as it is stored.
        version: The one that was seen; ``None`` is whatever it is.
        now: The moment.

    Returns:
        ``None`` where it is that version still.

    Raises:
        Conflict: Nothing is known of that version.
    """
    if version is None or found.row.version == version:
        return None
    behind = found.row.version - version
    since = work.events.last_changes(found.id, behind) if behind > 0 else ()
    if not since or len(since) != behind:
        raise Conflict(_changed_by(found, found.changed_by))
    seen, _ = _with_own(_before(found.fields, since), found.fields, since, actor).by_the_clock(now)
    return Meanwhile(seen, since)


def check_version_conflict(
    work: UnitOfWork,
    actor: Account,
    found: Found,
    meanwhile: Meanwhile,
    decide: Decide,
    now: datetime,
) -> None:
    """Refuse a decision that conflicting changes stand in the way of, and explain it (rule 37).

    Args:
        work: The unit of work, to be given up when this raises.
        actor: Who decides.
        found: The incident as it is, timed transitions applied.
        meanwhile: What has happened to it since it was seen.
        decide: What is wanted.
        now: The moment.

    Raises:
        VersionConflict: What others have changed stands in the way of the decision.
        InvalidInput: The decision was not allowed on what was seen, nor is it now.
    """
    seen = meanwhile.seen
    before = replace(found, fields=seen, row=_row_of(found, seen, now))
    attempts = [_attempt(work, on, decide, now) for on in (before, found)]
    made = [each.decision for each in attempts if each.decision is not None]
    if not made:
        decide(found, now).check(found.fields)
    if not conflicts(seen, found.fields, made[0]):
        return
    wanted = [each.wanted for each in attempts if each.wanted is not None]
    names = _names(work, seen, found.fields, *(each.after for each in wanted))
    others = [event for event in meanwhile.changes if event.actor_id != actor.id]
    fields = field_by_field(seen, found.fields, wanted, others, names)
    conflict = ConflictingChange(
        row=found.row,
        fields=fields,
        text=_typed(made[0]),
        refusal=attempts[-1].refusal,
    )
    raise VersionConflict(_changed_by(found, _latest_shown(others, fields)), conflict)


def _typed(decision: Decision) -> str:
    """Return the words that were typed for a decision, beside the fields that show them."""
    if decision.about in PUT_RIGHT:
        return ""
    reason: str = decision.details.get("reason", "")
    return decision.comment or reason


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """What a decision comes to on one state of an incident."""

    decision: Decision | None = None
    """The decision; ``None`` where it is not allowed."""
    wanted: Wanted | None = None
    """The fields before and after it, the due date worked out; ``None`` likewise."""
    refusal: str = ""
    """Why it is not allowed; empty where it is."""


def _attempt(work: UnitOfWork, on: Found, decide: Decide, now: datetime) -> _Attempt:
    """Return what a decision comes to on an incident, made or refused."""
    try:
        decision = decide(on, now)
        decision.check(on.fields)
    except InvalidInput as error:
        return _Attempt(refusal=error.message)
    after = with_due(work, on, decision.after, now)
    return _Attempt(decision=decision, wanted=Wanted(before=on.fields, after=after))


def change_since_own_decision(
    work: UnitOfWork, found: Found, actor: Account
) -> ConflictingChange | None:
    """Return what others have made of an incident since somebody's own last decision on it.

    Returns:
        With that decision's fields as seen, and those before it as wanted; ``None`` where there is
        no such decision.
    """
    changes = work.events.last_changes(found.id)
    last = max((at for at, each in enumerate(changes) if each.actor_id == actor.id), default=None)
    if last is None or changes[last].kind not in DECIDED:
        return None
    since = changes[last + 1 :]
    seen = _before(found.fields, since)
    wanted = Wanted(before=seen, after=reverted(seen, changes[last].details["changed"]))
    names = _names(work, seen, found.fields, wanted.after)
    fields = field_by_field(seen, found.fields, [wanted], since, names)
    return ConflictingChange(row=found.row, fields=fields, refusal=_LAST_ALONE)


def _latest_shown(changes: Sequence[Event], fields: Sequence[FieldConflict]) -> str:
    """Return who made the latest of some changes that is shown; empty where none is."""
    shown = {field.by for field in fields}
    names = (each.actor or THE_CLOCK for each in reversed(changes))
    return next((name for name in names if name in shown), "")


def _changed_by(found: Found, name: str) -> str:
    return f"{found.row.reference} was changed by {name or 'somebody else'}."


def _with_own(
    seen: TriageFields, now: TriageFields, since: Sequence[Event], actor: Account
) -> TriageFields:
    """Return what was seen, with the fields that the person has since had the last word on."""
    last = {name: event.actor_id for event in since for name in event.details["changed"]}
    own = [name for name, actor_id in last.items() if actor_id == actor.id]
    return replace(seen, **{name: getattr(now, name) for name in own})


def _before(fields: TriageFields, since: Sequence[Event]) -> TriageFields:
    for event in reversed(since):
        fields = reverted(fields, event.details["changed"])
    return fields


def _row_of(found: Found, fields: TriageFields, now: datetime) -> IncidentRow:
    """Return the row as whoever saw those fields sees it, in what decisions go by."""
    return replace(
        found.row,
        state=state_at(fields.state, fields.closes_at, now, fields.deferred_until),
        priority=fields.priority,
        confidential=fields.confidential,
        school_id=fields.school_id,
    )


def _names(work: UnitOfWork, *fields: TriageFields) -> Names:
    numbers = work.incidents.numbers(other_incidents(*fields))
    schools = {each.school_id for each in fields}
    return Names(
        incidents={row_id: format_number(number) for row_id, number in numbers.items()},
        schools=work.schools.titles(schools) if len(schools) > 1 else {},
    )
