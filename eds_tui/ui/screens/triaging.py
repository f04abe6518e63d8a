"""Deciding about incidents: the same keys on a row of a list and on the open incident."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from textual import work

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.deferral import parse_when
from eds_tui.domain.errors import EdsError
from eds_tui.domain.history import in_words
from eds_tui.domain.incident import LONGEST_COMMENT, parse_number
from eds_tui.domain.lifecycle import MOVES, State
from eds_tui.domain.priority import Priority, suggested_priority
from eds_tui.domain.triage import Assignee, StateChange
from eds_tui.domain.views import IncidentRow
from eds_tui.services.conversation import Conversation
from eds_tui.services.history import History
from eds_tui.services.triage import Triage
from eds_tui.ui.background import off_loop
from eds_tui.ui.chord import Chord
from eds_tui.ui.dialogs.confirm import ConfirmDialog
from eds_tui.ui.dialogs.defer import DeferDialog
from eds_tui.ui.dialogs.pick import PickDialog
from eds_tui.ui.dialogs.read import ReadDialog
from eds_tui.ui.dialogs.write import LineDialog, ResolveDialog, TextDialog
from eds_tui.ui.screens.place import Place
from eds_tui.ui.wording import due_text

Result = TypeVar("Result")
Decide = Callable[[IncidentRow], IncidentRow]
"""Makes a decision on one incident and returns it as it then is; runs in a thread."""

Deciding = tuple[Triage, History, Conversation]
_STATE_KEYS = {
    "i": (State.IN_PROGRESS, "i In Progress"),
    "t": (State.AWAITING_TRIAGE, "t Triage"),
    "c": (State.ON_HOLD_CUSTOMER, "c Customer"),
    "h": (State.ON_HOLD_CHANGE, "h Change"),
    "d": (State.ON_HOLD_DEFERRAL, "d Deferral"),
    "r": (State.RESOLVED, "r Resolved"),
}


@dataclass(frozen=True)
class Outcome:
    """What came of a decision on one incident."""

    before: IncidentRow
    after: IncidentRow | None
    refusal: str = ""


class TriagePlace(Place[Result]):
    """A place in which one decides about incidents.

    Args:
        deciding: The services that make decisions, take work notes and tell what happened.
        account: Who decides.
        clock: For deferrals.
    """

    def __init__(self, deciding: Deciding, account: Account, clock: Clock) -> None:
        super().__init__()
        self._triage, self._history, self._notes = deciding
        self._account = account
        self._clock = clock
        self._decided_last: tuple[int, ...] = ()

    def targets(self) -> Sequence[IncidentRow]:
        """Return what a decision is about: what is ticked, else what is under the cursor."""
        raise NotImplementedError

    def decided(self, outcomes: Sequence[Outcome], *, move_on: bool = True) -> None:
        """Show what came of a decision.

        Args:
            outcomes: One for each incident.
            move_on: Whether the next incident is to be decided about.
        """
        raise NotImplementedError

    def _decide(self, what: str, decide: Decide) -> None:
        """Decide on every target; more than one is asked about, with their number.

        Args:
            what: The decision as it is asked about: ``Set priority 3 – Medium``.
            decide: Makes it on one.
        """
        rows = tuple(self.targets())
        if len(rows) > 1:
            question = f"{what} on {len(rows)} incidents?"
            self.app.push_screen(
                ConfirmDialog(question, yes="Do it", no="Leave them"),
                lambda sure: self._go_ahead(rows, decide) if sure else None,
            )
        elif rows:
            self._go_ahead(rows, decide)

    def _go_ahead(self, rows: tuple[IncidentRow, ...], decide: Decide) -> None:
        self._carry_out(rows, decide)

    @work(exit_on_error=False)
    async def _carry_out(self, rows: tuple[IncidentRow, ...], decide: Decide) -> None:
        async with self.telling():
            outcomes = await off_loop(_each, rows, decide)
            done = tuple(each.before.number for each in outcomes if each.after)
            self._decided_last = done or self._decided_last
            self.decided(outcomes)
            self.notice.say(_summary(outcomes), bad=len(done) < len(outcomes))

    def _one(self) -> IncidentRow | None:
        rows = self.targets()
        return rows[0] if rows else None

    def action_set_priority(self) -> None:
        """Ask for the digit of a priority."""
        row = self._one()
        if row is not None:
            names = "  ".join(f"{each.value} {each.short_label}" for each in Priority)
            suggested = suggested_priority(row.impact).value
            answers = {
                str(priority.value): partial(self._set_priority, priority) for priority in Priority
            }
            self.ask(Chord(f"Priority?  {names}  (try {suggested})", answers))

    def _set_priority(self, priority: Priority) -> None:
        self._decide(
            f"Set priority {priority.label}",
            lambda row: self._triage.set_priority(self._account, row.number, row.version, priority),
        )

    def action_set_state(self) -> None:
        """Ask for the letter of a state, of those that it can go to."""
        row = self._one()
        if row is None:
            return
        possible = {
            key: (state, name)
            for key, (state, name) in _STATE_KEYS.items()
            if any(state in MOVES[each.state] for each in self.targets())
        }
        if not possible:
            self.say("It is closed and stays so. Log a new incident that names this one.")
            return
        names = "  ".join(name for _, name in possible.values())
        answers = {key: partial(self._ask_for, state) for key, (state, _) in possible.items()}
        self.ask(Chord(f"State?  {names}", answers))

    def _ask_for(self, state: State) -> None:
        """Ask for what a state must bring, then move."""
        push = self.app.push_screen
        match state:
            case State.ON_HOLD_CUSTOMER:
                push(
                    TextDialog("Question to the school", longest=LONGEST_COMMENT),
                    lambda text: self._move(StateChange(state, question=text)) if text else None,
                )
            case State.ON_HOLD_CHANGE:
                push(
                    LineDialog("Which change does it wait for?"),
                    lambda text: self._move(StateChange(state, waiting_for=text)) if text else None,
                )
            case State.ON_HOLD_DEFERRAL:
                push(DeferDialog(self._clock), self._defer)
            case State.RESOLVED:
                push(
                    ResolveDialog(),
                    lambda end: (
                        self._move(StateChange(state, code=end[0], resolution=end[1]))
                        if end
                        else None
                    ),
                )
            case State.IN_PROGRESS if any(row.state is State.RESOLVED for row in self.targets()):
                push(
                    LineDialog("Why is it reopened?"),
                    lambda text: self._move(StateChange(state, reason=text)) if text else None,
                )
            case _:
                self._move(StateChange(state))

    def _defer(self, text: str | None) -> None:
        if text:
            until = parse_when(text, self._clock())
            self._move(StateChange(State.ON_HOLD_DEFERRAL, until=until))

    def _move(self, change: StateChange) -> None:
        def decide(row: IncidentRow) -> IncidentRow:
            return self._triage.set_state(self._account, row.number, row.version, change)

        above = self._one()
        self._decide(f"Set state {change.state.label}", decide)
        if above is not None and above.children:
            self._offer_below(above, decide)

    @work(exit_on_error=False)
    async def _offer_below(self, above: IncidentRow, decide: Decide) -> None:
        """Offer to do the same on what hangs on a major incident."""
        async with self.telling():
            rows = await off_loop(self._triage.below, self._account, above.number)
            if rows:
                question = f"The same on the {len(rows)} that hang on {above.reference}?"
                sure = await self.app.push_screen_wait(
                    ConfirmDialog(question, yes="Do it", no="Leave them")
                )
                if sure:
                    self._go_ahead(rows, decide)

    def action_assign_to_me(self) -> None:
        """Assign it to whoever is signed in."""
        me = self._account
        self._assign(Assignee(me.id, me.name, me.team))

    def action_assign(self) -> None:
        """Ask for a person or a team."""
        self._ask_assignee()

    @work(exit_on_error=False)
    async def _ask_assignee(self) -> None:
        async with self.telling():
            if self._one() is None:
                return
            everybody = await off_loop(self._triage.assignees, self._account)
            lines = [each.label for each in everybody]
            place = await self.app.push_screen_wait(PickDialog("Assign to", lines))
            if place is not None:
                self._assign(everybody[place])

    def _assign(self, assignee: Assignee) -> None:
        self._decide(
            f"Assign to {assignee.label}",
            lambda row: self._triage.assign(self._account, row.number, row.version, assignee),
        )

    def action_flip_confidential(self) -> None:
        """Ask for a reason, then hide it or show it."""
        row = self._one()
        if row is not None:
            title = "Show it to the school: why?" if row.confidential else "Hide it: why?"
            self.app.push_screen(
                LineDialog(title),
                lambda reason: self._flip(not row.confidential, reason) if reason else None,
            )

    def _flip(self, confidential: bool, reason: str) -> None:
        what = "Make confidential" if confidential else "Make visible to the school"
        self._decide(
            what,
            lambda row: self._triage.set_confidential(
                self._account, row.number, row.version, confidential, reason
            ),
        )

    def action_link(self) -> None:
        """Ask how it is linked."""
        if self._one() is not None:
            answers = {
                "m": partial(self._ask_number, "Major incident's number", self._link),
                "d": partial(self._ask_number, "Duplicate of which number?", self._duplicate),
                "n": partial(self._link, None),
            }
            prompt = "Link?  m Under a major incident  d Duplicate of another  n Under none"
            self.ask(Chord(prompt, answers))

    def _ask_number(self, title: str, then: Callable[[int], None]) -> None:
        def answered(text: str | None) -> None:
            number = parse_number(text or "")
            if number is not None:
                then(number)
            elif text:
                self.refuse(EdsError(f"{text} is not an incident number."))

        self.app.push_screen(LineDialog(title), answered)

    def _link(self, parent: int | None) -> None:
        self._decide(
            "Link",
            lambda row: self._triage.link(self._account, row.number, row.version, parent),
        )

    def _duplicate(self, original: int) -> None:
        self._decide(
            "Close as duplicate",
            lambda row: self._triage.close_as_duplicate(
                self._account, row.number, row.version, original
            ),
        )

    def action_work_note(self) -> None:
        """Ask for a work note on one incident."""
        row = self._one()
        if row is not None:
            title = f"Work note on {row.reference}: the school never sees it"
            self.app.push_screen(
                TextDialog(title, longest=LONGEST_COMMENT),
                lambda text: self._take_note(row, text) if text else None,
            )

    def _take_note(self, row: IncidentRow, text: str) -> None:
        self._add_note(row, text, uuid.uuid4().hex)

    @work(exit_on_error=False)
    async def _add_note(self, row: IncidentRow, text: str, submission: str) -> None:
        async with self.telling():
            await off_loop(self._notes.work_note, self._account, row.number, text, submission)
            self.say(f"Work note kept on {row.reference}.")
            self.decided([])

    def action_undo(self) -> None:
        """Take one's own last decision back."""
        numbers = self._decided_last
        if not numbers:
            self.say("There is nothing of yours to undo here.")
            return
        self._decided_last = ()
        self._take_back(numbers)

    @work(exit_on_error=False)
    async def _take_back(self, numbers: tuple[int, ...]) -> None:
        async with self.telling():
            rows = [await off_loop(self._triage.undo, self._account, number) for number in numbers]
            self.decided([Outcome(row, row) for row in rows], move_on=False)
            self.say(f"Taken back: {', '.join(row.reference for row in rows)}.")

    def action_show_history(self) -> None:
        """Show what happened to it."""
        self._show_history()

    @work(exit_on_error=False)
    async def _show_history(self) -> None:
        row = self._one()
        if row is not None:
            async with self.telling():
                events = await off_loop(self._history.of_incident, self._account, row.number)
                lines = [in_words(event) for event in events]
                self.app.push_screen(ReadDialog(f"History of {row.reference}", lines))

    def action_explain_due(self) -> None:
        """Show why it is due when it is."""
        self._explain_due()

    @work(exit_on_error=False)
    async def _explain_due(self) -> None:
        row = self._one()
        if row is not None:
            async with self.telling():
                lines = await off_loop(self._history.why_due, self._account, row.number)
                self.app.push_screen(ReadDialog(f"Why {row.reference} is due then", lines))


def _each(rows: Sequence[IncidentRow], decide: Decide) -> list[Outcome]:
    outcomes = []
    for row in rows:
        try:
            outcomes.append(Outcome(row, decide(row)))
        except EdsError as error:
            outcomes.append(Outcome(row, None, error.message))
    return outcomes


def _summary(outcomes: Sequence[Outcome]) -> str:
    """Return what is said of a decision: how many were done, and each one refused with why."""
    refused = [each for each in outcomes if each.after is None]
    if len(outcomes) == 1:
        (only,) = outcomes
        return only.refusal if only.after is None else _now(only.after)
    words = f"{len(outcomes) - len(refused)} done"
    if refused:
        reasons = " ".join(f"{each.before.reference}: {each.refusal}" for each in refused)
        words += f", {len(refused)} refused: {reasons}"
    return words


def _now(row: IncidentRow) -> str:
    due = f", due {due_text(row)}" if row.sla_due else ""
    whose = f", {row.assignment}" if row.assignment else ""
    return f"{row.reference}: {row.priority.label}, {row.state.label}{due}{whose}"
