"""Triage: the same keys on a row of a list and on the open incident."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from textual import work

from eds_tui.domain.errors import EdsError
from eds_tui.domain.history import in_words
from eds_tui.domain.incident import LONGEST_COMMENT, parse_number
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority, suggested_priority
from eds_tui.domain.triage import Assignee
from eds_tui.domain.views import IncidentRow
from eds_tui.ui.chord import Chord
from eds_tui.ui.dialogs.pick import PickDialog
from eds_tui.ui.dialogs.read import ReadDialog
from eds_tui.ui.dialogs.write import LineDialog, TextDialog
from eds_tui.ui.features.kept_text import KeptText
from eds_tui.ui.runtime.background import changing, in_thread_with_timeout
from eds_tui.ui.screens.state_moves import StateMoves
from eds_tui.ui.textual_ext.typeahead import BLOCKS_INPUT

Result = TypeVar("Result")


class TriagePlace(StateMoves[Result]):
    """A place in which every decision of triage can be made."""

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

    def action_assign_to_me(self) -> None:
        """Assign it to whoever is signed in."""
        self._one()
        me = self._account
        self._assign(Assignee(me.id, me.name, me.team))

    def action_assign(self) -> None:
        """Ask for a person or a team."""
        self._ask_assignee()

    @work(group=BLOCKS_INPUT)
    async def _ask_assignee(self) -> None:
        async with self.showing_errors():
            if self._one() is None:
                return
            everybody = await in_thread_with_timeout(self._triage.assignees, self._account)
            self.app.push_screen(
                PickDialog("Assign to", [each.label for each in everybody]),
                lambda place: None if place is None else self._assign(everybody[place]),
            )

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
            self.ask_text(
                LineDialog(title), "hide", lambda reason: self._flip(not row.confidential, reason)
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

        self.app.push_screen(LineDialog(title, quick=True), answered)

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
            self.ask_text(
                TextDialog(title, longest=LONGEST_COMMENT),
                "note",
                lambda text: self._take_note(row, text),
            )

    def _take_note(self, row: IncidentRow, text: str) -> None:
        if self._text is not None:
            self._add_note(row, text, self._text)

    @work
    async def _add_note(self, row: IncidentRow, text: str, kept: KeptText) -> None:
        async with self.showing_errors(), self.settling(kept) as settled:

            async def send(key: str) -> State:
                return await changing(self._notes.work_note, self._account, row.number, text, key)

            await kept.submission.send(text, send)
            settled.made = True
            self.say(f"Work note kept on {row.reference}.")
            self.decided([])

    def action_show_history(self) -> None:
        """Show what happened to it."""
        self._show_history()

    @work(group=BLOCKS_INPUT)
    async def _show_history(self) -> None:
        row = self._one()
        if row is not None:
            async with self.showing_errors():
                events = await in_thread_with_timeout(
                    self._history.of_incident, self._account, row.number
                )
                lines = [in_words(event) for event in events]
                self.app.push_screen(ReadDialog(f"History of {row.reference}", lines))

    def action_explain_due(self) -> None:
        """Show why it is due when it is."""
        self._explain_due()

    @work(group=BLOCKS_INPUT)
    async def _explain_due(self) -> None:
        row = self._one()
        if row is not None:
            async with self.showing_errors():
                lines = await in_thread_with_timeout(
                    self._history.why_due, self._account, row.number
                )
                self.app.push_screen(ReadDialog(f"Why {row.reference} is due then", lines))
