"""Reads what a decision depends on beside the incident, before it is made (rule 37).

Each function returns a reader for one kind of decision. The reader is called inside the
transaction and returns the decision with what it has read, a pure function from then on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from eds_tui.domain.account import Account
from eds_tui.domain.decision import Decision
from eds_tui.domain.event import HANDED_OVER
from eds_tui.domain.found import Found
from eds_tui.domain.hand_over import HandOver
from eds_tui.domain.lifecycle import State
from eds_tui.domain.triage import Assignee, StateChange
from eds_tui.domain.triage_decisions import Decide, assign, change_state, close_as_duplicate, hang
from eds_tui.repository.unit_of_work import UnitOfWork

Read = Callable[[UnitOfWork, Found, datetime], Decide]
"""Reads what a decision rests on, and returns the decision."""


def reading_nothing(decide: Decide) -> Read:
    """Return the reader of a decision that rests on the incident alone."""
    return lambda _work, _found, _now: decide


def reading_last_comment(change: StateChange) -> Read:
    """Return the reader of a move to another state: what was asked last may be that question."""

    def read(work: UnitOfWork, found: Found, _now: datetime) -> Decide:
        asks = change.state is State.ON_HOLD_CUSTOMER
        last_comment = work.comments.latest(found.id) if asks else None
        return partial(change_state, change=change, last_comment=last_comment)

    return read


def reading_person(assignee: Assignee) -> Read:
    """Return the reader of an assignment: the person's account as it is by now."""

    def read(work: UnitOfWork, _found: Found, _now: datetime) -> Decide:
        account_id = assignee.account_id
        person = None if account_id is None else work.accounts.by_id(account_id)
        return partial(assign, assignee=assignee, person=person)

    return read


def reading_hand_over(given: HandOver) -> Read:
    """Return the reader of a hand-over: an assignment of which the history says whose it was."""
    assignment = reading_person(given.target)

    def read(work: UnitOfWork, found: Found, now: datetime) -> Decide:
        decide = assignment(work, found, now)

        def handed(on: Found, at: datetime) -> Decision:
            decision = decide(on, at)
            return replace(decision, details={**decision.details, HANDED_OVER: given.source.label})

        return handed

    return read


def reading_major(actor: Account, parent: int | None) -> Read:
    """Return the reader of a link: the major incident, and what hangs on this one."""

    def read(work: UnitOfWork, found: Found, now: datetime) -> Decide:
        if parent is None:
            return partial(hang, parent=None, other=None, has_children=False)
        other = work.incidents.find(actor.scope, parent, now)
        has_children = work.incidents.has_children(found.id)
        return partial(hang, parent=parent, other=other, has_children=has_children)

    return read


def reading_original(actor: Account, original: int) -> Read:
    """Return the reader of a closing as duplicate: the incident that is about it already."""

    def read(work: UnitOfWork, _found: Found, now: datetime) -> Decide:
        other = work.incidents.find(actor.scope, original, now)
        return partial(close_as_duplicate, original=original, other=other)

    return read
