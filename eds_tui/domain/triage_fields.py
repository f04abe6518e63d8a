"""The fields of an incident that decisions change, and the difference that a change makes."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import ON_HOLD, PAUSED, State, closes_at
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.service_level import Pause

REPLIED = "customer replied"
"""The flag of an incident on hold whose school has written (rule 17)."""

DEFERRAL_ENDED = "deferral ended"
"""The flag of an incident whose deferral ran out (rule 16)."""


@dataclass(frozen=True, slots=True)
class ClockPause:
    """A time in which an incident's clock stood still, and the state that stopped it."""

    began: datetime
    ended: datetime | None
    """When it ended, or is known to end, as a deferral is; ``None`` while nobody knows."""
    state: State

    @property
    def counted(self) -> Pause:
        """The pause as service time is counted with, its state in words."""
        return Pause(began=self.began, ended=self.ended, reason=self.state.label)


@dataclass(frozen=True, slots=True)
class TriageFields:
    """All that a decision may change: how an incident is dealt with, then what was logged."""

    state: State
    priority: Priority
    confidential: bool = False
    assigned_to_id: int | None = None
    assigned_to: str = ""
    team: str = ""
    pauses: tuple[ClockPause, ...] = ()
    """The times in which its clock stood still, oldest first."""
    paused_since: datetime | None = None
    deferred_until: datetime | None = None
    waiting_for: str = ""
    flag: str = ""
    resolution_code: str = ""
    resolved_at: datetime | None = None
    closes_at: datetime | None = None
    late_when_resolved: bool | None = None
    sla_due: datetime | None = None
    """With every pause whose end is known; an open one moves it when it ends."""
    warn_at: datetime | None = None
    """When three quarters of the target are used, likewise."""
    warned: int = 0
    """Which warnings have been given: 0 none, 1 of three quarters, 2 of the breach."""
    parent_id: int | None = None
    duplicate_of_id: int | None = None
    category: Category | None = None
    """This and the rest is what was logged, which the service centre puts right (rule 40)."""
    impact: Impact | None = None
    school_id: int = 0
    contact_name: str = ""
    contact_telephone: str = ""
    contact_email: str = ""
    description: str = ""
    channel: Channel | None = None
    logged_by: str = ""

    def moved(self, state: State, now: datetime, until: datetime | None = None) -> TriageFields:
        """Return the fields after a move to another state, pauses begun and ended by it.

        Args:
            state: The state it goes to.
            now: When.
            until: The end of a deferral.
        """
        pauses = self.pauses
        if self.paused_since is not None and pauses:
            pauses = (*pauses[:-1], replace(pauses[-1], ended=now))
        paused = state in PAUSED
        if paused:
            pauses = (*pauses, ClockPause(began=now, ended=until, state=state))
        resolved = state in {State.RESOLVED, State.CLOSED}
        return replace(
            self,
            state=state,
            pauses=pauses,
            paused_since=now if paused else None,
            deferred_until=until if state is State.ON_HOLD_DEFERRAL else None,
            waiting_for="",
            flag="",
            resolution_code="",
            resolved_at=now if resolved else None,
            closes_at=closes_at(now) if state is State.RESOLVED else now if resolved else None,
            late_when_resolved=self.late_when_resolved if resolved else None,
        )

    def by_the_clock(self, now: datetime) -> tuple[TriageFields, datetime | None]:
        """Return the fields after a timed transition, and when that was (rules 16, 18).

        A deferral has ended, or a resolved incident is closed; else nothing has, at no time.
        """
        until, closes = self.deferred_until, self.closes_at
        if self.state is State.ON_HOLD_DEFERRAL and until is not None and until <= now:
            return replace(self.moved(State.IN_PROGRESS, until), flag=DEFERRAL_ENDED), until
        if self.state is State.RESOLVED and closes is not None and closes <= now:
            return replace(self, state=State.CLOSED), closes
        return self, None

    @property
    def known_pauses(self) -> tuple[Pause, ...]:
        """The pauses whose end is known."""
        return tuple(pause.counted for pause in self.pauses if pause.ended is not None)

    @property
    def all_pauses(self) -> tuple[Pause, ...]:
        """Every pause, the one that goes on with no end."""
        return tuple(pause.counted for pause in self.pauses)


LOGGED = (
    "category", "impact", "school_id", "contact_name", "contact_telephone", "contact_email",
    "description", "channel", "logged_by",
)  # fmt: skip
"""The fields that an incident is logged with, and that stay unless they are put right (rule 40)."""

Difference = dict[str, list[Any]]
"""Field name to the value before and the value after."""


def difference(before: TriageFields, after: TriageFields) -> Difference:
    """Return what a change changed, for the event log (rule 30)."""
    pairs = {name: [getattr(before, name), getattr(after, name)] for name in _NAMES}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


_NAMES = tuple(field.name for field in fields(TriageFields))


def answered(current: TriageFields, now: datetime, *, from_school: bool) -> TriageFields:
    """Return the fields after a comment: the school's answer ends a hold for it (rule 17).

    Args:
        current: As they are.
        now: When it is made.
        from_school: Whether the school has written, or telephoned; else the service centre has.
    """
    if not from_school:
        return replace(current, flag="")
    if current.state is State.ON_HOLD_CUSTOMER:
        return replace(current.moved(State.IN_PROGRESS, now), flag=REPLIED)
    return replace(current, flag=REPLIED) if current.state in ON_HOLD else current


def reverted(current: TriageFields, made: Difference) -> TriageFields:
    """Return the fields with a change taken back."""
    return replace(current, **{name: old for name, (old, _) in made.items()})
