"""The keys of triage: the same on a row of a list and on the open incident."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import EdsError
from eds_tui.domain.incident import format_number, parse_number
from eds_tui.domain.presence import Writing
from eds_tui.domain.priority import Priority, suggested_priority
from eds_tui.domain.triage import Assignee
from eds_tui.domain.views import IncidentRow
from eds_tui.ui import dialogs
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.chord import Chord
from eds_tui.ui.commands.triage import (
    Assign,
    AssignToMe,
    ExplainDue,
    FlipConfidential,
    Link,
    Rang,
    Refused,
    SetPriority,
    SetState,
    ShowHistory,
    Undo,
    WorkNote,
)  # fmt: skip
from eds_tui.ui.features.chases import ChaseCounting
from eds_tui.ui.features.conflict_review import ConflictReview
from eds_tui.ui.features.decision_text import DecisionTexts
from eds_tui.ui.features.decisions import (
    Decide,
    Decision,
    Decisions,
    DecisionServices,
    IncidentsInHand,
)  # fmt: skip
from eds_tui.ui.features.dialog_draft import DialogDraft
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.features.incident_history import IncidentHistory
from eds_tui.ui.features.putting_right import PuttingRight
from eds_tui.ui.features.state_moves import StateMoves
from eds_tui.ui.features.undo import LastDecision
from eds_tui.ui.features.work_note import WorkNotes
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.screen_factory import ScreenFactory


class TriageFeature:
    """Makes every decision of triage on the incidents in hand.

    Args:
        host: The screen.
        services: The services, and what the session remembers.
        account: Who decides.
        clock: For deferrals.
        in_hand: The incidents, and how the screen shows what becomes of them.
        screens: Makes the form that puts one right.
    """

    def __init__(
        self,
        *,
        host: Host,
        services: DecisionServices,
        account: Account,
        clock: Clock,
        in_hand: IncidentsInHand,
        screens: ScreenFactory,
    ) -> None:
        self.host = host
        self._triage = services.triage
        self._account = account
        self._in_hand = in_hand
        memory = services.memory
        self.texts = texts = DecisionTexts(
            host=host, drafts=services.drafts, account=account, replies=services.replies
        )
        self._review = ConflictReview(
            host=host, in_hand=in_hand, memory=memory, texts=self.texts, clock=clock
        )
        self.decisions = Decisions(
            host=host, in_hand=in_hand, memory=memory, texts=texts, refused=self._review.remember
        )
        self._last = LastDecision(
            host=host, in_hand=in_hand, triage=services.triage, account=account, memory=memory,
            texts=self.texts, review=self._review,
        )  # fmt: skip
        self._states = StateMoves(
            host=host, decisions=self.decisions, texts=self.texts, triage=services.triage,
            account=account, clock=clock,
        )  # fmt: skip
        self._notes = WorkNotes(
            host=host, texts=self.texts, conversation=services.conversation, account=account,
            shelf=services.shelf, noted=partial(in_hand.show_outcomes, (), move_on=True),
        )  # fmt: skip
        self._chases = ChaseCounting(
            host=host, texts=self.texts, callers=services.callers, account=account, in_hand=in_hand,
        )  # fmt: skip
        self._putting_right = PuttingRight(
            host=host, screens=screens, memory=memory, targets=self._targets, put=in_hand.put_fresh
        )
        self._history = IncidentHistory(
            host=host, in_hand=in_hand, history=services.history, account=account
        )

    def handlers(self) -> Handlers:
        """Return what is done for each command of triage."""
        return {
            SetPriority: self._ask_priority,
            SetState: lambda: self._states.ask(self._targets()),
            Assign: self._ask_assignee,
            AssignToMe: self._assign_to_me,
            FlipConfidential: self._ask_why_flipped,
            Link: self._ask_link,
            Rang: lambda: self._chases.ask(self._targets()),
            WorkNote: lambda: self._notes.ask(self._targets()),
            ShowHistory: self._history.show,
            ExplainDue: self._history.explain_due,
            Undo: self._last.undo,
            **self._putting_right.handlers(),
            Refused: self._review.show,
        }

    def writing(self) -> Writing | None:
        """Return the work note or decision that is being typed in a dialog."""
        return self.texts.writing()

    async def keep(self) -> bool:
        """Keep what was typed for a decision that is just being made; returns whether it is."""
        return await self.texts.keep()

    def _targets(self) -> tuple[IncidentRow, ...]:
        """Return what a decision is about, which stays with it."""
        return tuple(self._in_hand.targets())

    def _decide(
        self,
        what: str,
        rows: Sequence[IncidentRow],
        decide: Decide,
        text: DialogDraft | None = None,
        *,
        done: str = "",
    ) -> None:
        self.decisions.make(Decision(what=what, rows=rows, decide=decide, text=text, done=done))

    def _ask_priority(self) -> None:
        """Ask for the digit of a priority."""
        rows = self._targets()
        if rows:
            names = "  ".join(f"{each.value} {each.short_label}" for each in Priority)
            suggested = suggested_priority(rows[0].impact).value
            answers = {
                str(priority.value): partial(self._set_priority, rows, priority)
                for priority in Priority
            }
            self.host.ask(Chord(f"Priority?  {names}  (try {suggested})", answers))

    def _set_priority(self, rows: Sequence[IncidentRow], priority: Priority) -> None:
        self._decide(
            f"Set priority {priority.label}",
            rows,
            lambda row: self._triage.set_priority(self._account, row.number, row.version, priority),
        )

    def _assign_to_me(self) -> None:
        """Assign it to whoever is signed in."""
        me = self._account
        self._assign(self._targets(), Assignee(me.id, me.name, me.team))

    @task(blocks_input=True)
    async def _ask_assignee(self) -> None:
        """Ask for a person or a team."""
        rows = self._targets()
        if not rows:
            return
        everybody = await in_thread_with_timeout(self._triage.assignees, self._account)
        self.host.app.push_screen(
            dialogs.PickDialog("Assign to", [each.label for each in everybody]),
            lambda index: None if index is None else self._assign(rows, everybody[index]),
        )

    def _assign(self, rows: Sequence[IncidentRow], assignee: Assignee) -> None:
        self._decide(
            f"Assign to {assignee.label}",
            rows,
            lambda row: self._triage.assign(self._account, row.number, row.version, assignee),
        )

    def _ask_why_flipped(self) -> None:
        """Ask for a reason, then hide it or show it."""
        rows = self._targets()
        if rows:
            confidential = not rows[0].confidential
            title = "Hide it: why?" if confidential else "Show it to the school: why?"
            then = partial(self._flip, rows, confidential)
            self.texts.ask(dialogs.LineDialog(title), "hide", rows, then)

    def _flip(
        self, rows: Sequence[IncidentRow], confidential: bool, reason: str, text: DialogDraft
    ) -> None:
        self._decide(
            "Make confidential" if confidential else "Make visible to the school",
            rows,
            lambda row: self._triage.set_confidential(
                self._account, row.number, row.version, confidential, reason
            ),
            text,
        )

    def _ask_link(self) -> None:
        """Ask how it is linked."""
        rows = self._targets()
        if rows:
            under, other = partial(self._link, rows), partial(self._duplicate, rows)
            answers = {
                "m": partial(self._ask_number, "Major incident's number", rows, under),
                "d": partial(self._ask_number, "Duplicate of which number?", rows, other),
                "n": partial(under, None),
            }
            prompt = "Link?  m Under a major incident  d Duplicate of another  n Under none"
            self.host.ask(Chord(prompt, answers))

    def _ask_number(
        self, title: str, rows: Sequence[IncidentRow], then: Callable[[int], None]
    ) -> None:
        def answered(text: str) -> None:
            number = parse_number(text)
            if number is not None:
                then(number)
            elif text:
                self.host.refuse(EdsError(f"{text} is not an incident number."))

        self.texts.ask_briefly(dialogs.LineDialog(title, quick=True), rows, answered)

    def _link(self, rows: Sequence[IncidentRow], parent: int | None) -> None:
        self._decide(
            "Link",
            rows,
            lambda row: self._triage.link(self._account, row.number, row.version, parent),
            done=f"hangs on {format_number(parent)}" if parent else "hangs on none now",
        )

    def _duplicate(self, rows: Sequence[IncidentRow], original: int) -> None:
        self._decide(
            "Close as duplicate",
            rows,
            lambda row: self._triage.close_as_duplicate(
                self._account, row.number, row.version, original
            ),
            done=f"is closed as a duplicate of {format_number(original)}",
        )
