"""Explains a version conflict field by field: seen, current, wanted (rule 37)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as field_of
from datetime import datetime

from eds_tui.domain.clock import full_time
from eds_tui.domain.decision import FIELDS_OF, Aspect
from eds_tui.domain.errors import Conflict
from eds_tui.domain.event import Event
from eds_tui.domain.triage import ResolutionCode
from eds_tui.domain.triage_fields import TriageFields
from eds_tui.domain.views import IncidentRow

NOBODY = "none"
"""Stands for a field that is empty."""

THE_CLOCK = "the clock"
"""Who is named for a timed transition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldConflict:
    """One field of an incident that somebody else has changed, or that was to be changed."""

    name: str
    saw: str
    """What stood there when the decision was made."""
    now: str
    by: str = ""
    """Who changed it; empty where nobody did."""
    at: datetime | None = None
    """When it was changed."""
    yours: str = ""
    """What was wanted; empty where the decision leaves it alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictingChange:
    """What a person needs to know who was refused."""

    row: IncidentRow
    """The incident as it is now; a decision over its version is made on what is shown here."""
    fields: tuple[FieldConflict, ...]
    text: str = ""
    """What was typed with the decision."""
    refusal: str = ""
    """Why it can't be made over what is there now; empty where it can."""


class VersionConflict(Conflict):
    """Somebody was quicker, and the decision rests on what they changed.

    Args:
        message: Who it was, in a sentence.
        conflict: What they changed, field by field.
    """

    def __init__(self, message: str, conflict: ConflictingChange) -> None:
        super().__init__(message)
        self.conflict = conflict
        """What they changed, field by field."""
        self.more = in_lines(conflict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A decision as it would be made: on some fields, to other ones."""

    before: TriageFields
    after: TriageFields


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """How what fields point to is named, by row id."""

    incidents: Mapping[int, str] = field_of(default_factory=dict)
    schools: Mapping[int, str] = field_of(default_factory=dict)


def field_by_field(
    seen: TriageFields,
    now: TriageFields,
    wanted: Sequence[Wanted],
    since: Sequence[Event],
    names: Names,
) -> tuple[FieldConflict, ...]:
    """Return the fields that differ, in the order in which an incident is read.

    Args:
        seen: What was on the screen.
        now: What others have made of it.
        wanted: The decision on what was seen and on what is there now, as far as it can be made;
            of a field that both change the last one counts.
        since: The events between, oldest first.
        names: How other incidents and schools are named.
    """
    found = []
    for name, fields, words in _FIELDS:
        is_changed = _differs(fields, seen, now)
        mine = [each.after for each in wanted if _differs(fields, each.before, each.after)]
        if is_changed or mine:
            by, at = _changed_by(fields, since) if is_changed else ("", None)
            yours = words(mine[-1], names) if mine else ""
            saw, is_now = words(seen, names), words(now, names)
            found.append(FieldConflict(name=name, saw=saw, now=is_now, by=by, at=at, yours=yours))
    return tuple(found)


def _differs(names: frozenset[str], one: TriageFields, other: TriageFields) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in names)


def _changed_by(fields: frozenset[str], since: Sequence[Event]) -> tuple[str, datetime | None]:
    for event in reversed(since):
        if not fields.isdisjoint(event.details["changed"]):
            return event.actor or THE_CLOCK, event.at
    return "", None


def in_lines(conflict: ConflictingChange) -> tuple[str, ...]:
    """Return a conflict in words, a line for each field."""
    lines = []
    for field in conflict.fields:
        saw = f"was {field.saw}, " if field.saw != field.now else ""
        at = f", {full_time(field.at)}" if field.at else ""
        by = f" ({field.by}{at})" if field.by else ""
        yours = f", yours {field.yours}" if field.yours else ""
        lines.append(f"{field.name}: {saw}is {field.now}{by}{yours}")
    if conflict.refusal:
        lines.append(conflict.refusal)
    return tuple(lines)


def other_incidents(*fields: TriageFields) -> frozenset[int]:
    """Return the row ids of the incidents that some fields point to."""
    ids = {each.parent_id for each in fields} | {each.duplicate_of_id for each in fields}
    return frozenset(row_id for row_id in ids if row_id is not None)


def _moment(moment: datetime | None) -> str:
    return full_time(moment)[:-3] if moment else NOBODY


def _assigned(fields: TriageFields, names: Names) -> str:
    team = f"team {fields.team}" if fields.team else ""
    return ", ".join(part for part in (fields.assigned_to, team) if part) or "nobody"


def _pointed(row_id: int | None, names: Names) -> str:
    return NOBODY if row_id is None else names.incidents.get(row_id, "another incident")


_Words = Callable[[TriageFields, Names], str]
_FIELDS: tuple[tuple[str, frozenset[str], _Words], ...] = (
    ("State", frozenset({"state"}), lambda fields, _: fields.state.list_label),
    ("Put off to", frozenset({"deferred_until"}), lambda fields, _: _moment(fields.deferred_until)),
    ("Waits for", frozenset({"waiting_for"}), lambda fields, _: fields.waiting_for or NOBODY),
    ("Flag", frozenset({"flag"}), lambda fields, _: fields.flag or NOBODY),
    (
        "Ended as",
        frozenset({"resolution_code"}),
        lambda fields, _: (
            ResolutionCode(fields.resolution_code).label if fields.resolution_code else NOBODY
        ),
    ),
    (
        "Same as",
        frozenset({"duplicate_of_id"}),
        lambda fields, names: _pointed(fields.duplicate_of_id, names),
    ),
    ("Priority", FIELDS_OF[Aspect.PRIORITY], lambda fields, _: fields.priority.label),
    ("Due", frozenset({"sla_due"}), lambda fields, _: _moment(fields.sla_due)),
    ("Assigned to", FIELDS_OF[Aspect.ASSIGNMENT], _assigned),
    (
        "Confidential",
        FIELDS_OF[Aspect.CONFIDENTIAL],
        lambda fields, _: "yes" if fields.confidential else "no",
    ),
    (
        "Under",
        FIELDS_OF[Aspect.LINK],
        lambda fields, names: _pointed(fields.parent_id, names),
    ),
    (
        "School",
        FIELDS_OF[Aspect.SCHOOL],
        lambda fields, names: names.schools.get(fields.school_id, "another school"),
    ),
    ("Caller", FIELDS_OF[Aspect.CALLER], lambda fields, _: fields.contact_name or NOBODY),
    (
        "Telephone",
        FIELDS_OF[Aspect.TELEPHONE],
        lambda fields, _: fields.contact_telephone or NOBODY,
    ),
    ("E-mail", FIELDS_OF[Aspect.EMAIL], lambda fields, _: fields.contact_email or NOBODY),
    (
        "Category",
        FIELDS_OF[Aspect.CATEGORY],
        lambda fields, _: fields.category.label if fields.category else NOBODY,
    ),
    (
        "Impact",
        FIELDS_OF[Aspect.IMPACT],
        lambda fields, _: f"{fields.impact} {fields.impact.label}" if fields.impact else NOBODY,
    ),
    ("Description", FIELDS_OF[Aspect.DESCRIPTION], lambda fields, _: fields.description or NOBODY),
)
"""Name, fields, and what stands in them in words."""
