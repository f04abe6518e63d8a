"""Decisions on a screen that has nothing else: what a feature is given is all that it needs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar

import pytest
from textual.app import App
from textual.pilot import Pilot

from eds_tui.domain.priority import Priority
from eds_tui.domain.views import IncidentRow
from eds_tui.services.container import Services
from eds_tui.services.files import NoShelf
from eds_tui.settings import Settings
from eds_tui.ui.commands.base import Command
from eds_tui.ui.commands.triage import DECISIONS, Refused, SetPriority, Undo
from eds_tui.ui.dialogs.confirm import ConfirmDialog
from eds_tui.ui.dialogs.conflict import Answer, ConflictDialog
from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.features.decisions import (
    DecisionMemory,
    DecisionServices,
    IncidentsInHand,
    Outcome,
)  # fmt: skip
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.features.triage import TriageFeature
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.session import SessionScreens
from eds_tui.ui.textual_ext.terminal_app import TerminalApp
from eds_tui.ui.themes import THEMES
from tests.factories import People, SetClock
from tests.ui.faulty import until

pytestmark = [pytest.mark.on_sqlite, pytest.mark.usefixtures("three_incidents")]
NUMBERS = (1, 2, 3)
Result = TypeVar("Result")


class Bench(BaseScreen[None]):
    """Holds three incidents, all of which are ticked."""

    def __init__(self, services: Services, people: People, clock: SetClock) -> None:
        super().__init__()
        self.memory = DecisionMemory()
        self.rows = [services.queue.open(people.handler, number).row for number in NUMBERS]
        self.triage = TriageFeature(
            host=self,
            services=DecisionServices(
                triage=services.triage,
                history=services.history,
                conversation=services.conversation,
                callers=services.callers,
                memory=self.memory,
                replies=services.canned_replies,
                shelf=NoShelf(),
                drafts=SessionDrafts(drafts=services.drafts, account=people.handler),
            ),
            account=people.handler,
            clock=clock,
            in_hand=IncidentsInHand(
                targets=lambda: self.rows,
                show_outcomes=self._show_outcomes,
                put_fresh=self._put,
                open_incident=lambda number: None,
            ),
            screens=SessionScreens(
                services=services,
                account=people.handler,
                school=None,
                settings=Settings(database_url=""),
                clock=clock,
            ),
        )

    def do(self, command: type[Command]) -> None:
        """Do what a command stands for."""
        self.triage.handlers()[command]()

    def answer(self, key: str) -> None:
        """Answer what has been asked."""
        assert self.chord is not None
        self.chord.answers[key]()

    def _show_outcomes(self, outcomes: Sequence[Outcome], *, move_on: bool) -> None:
        for outcome in outcomes:
            if outcome.after is not None:
                self._put(outcome.after)

    def _put(self, row: IncidentRow) -> None:
        self.rows = [row if each.number == row.number else each for each in self.rows]


@asynccontextmanager
async def sitting_at(bench: Bench) -> AsyncIterator[Pilot[None]]:
    """Show a bench in a program that has nothing else."""
    app: App[None] = TerminalApp(THEMES[0].name)
    async with app.run_test() as pilot:
        await app.push_screen(bench)
        yield pilot


async def answered(pilot: Pilot[None], kind: type[Dialog[Result]], answer: Result) -> None:
    """Wait for a dialog, and answer it."""
    await until(lambda: isinstance(pilot.app.screen, kind))
    dialog = pilot.app.screen
    assert isinstance(dialog, kind)
    dialog.dismiss(answer)


async def test_of_several_the_one_with_a_conflict_is_decided_again_and_all_are_taken_back(
    services: Services, people: People, clock: SetClock
) -> None:
    bench = Bench(services, people, clock)

    def priorities() -> list[Priority]:
        return [services.queue.open(people.lead, number).row.priority for number in NUMBERS]

    async with sitting_at(bench) as pilot:
        services.triage.set_priority(people.lead, 2, None, Priority.LOW)
        bench.do(SetPriority)
        bench.answer("3")
        await answered(pilot, ConfirmDialog, True)
        await until(lambda: "2 done, 1 refused" in bench.notice.text)
        assert bench.memory.decided == (1, 3)
        bench.do(Refused)
        await answered(pilot, ConflictDialog, Answer.MINE)
        await until(lambda: bench.memory.decided == (1, 3, 2))
        assert priorities() == [Priority.MEDIUM] * 3
        await until(lambda: bench.is_in_front)
        bench.do(Undo)
        await until(lambda: "Taken back" in bench.notice.text)
    assert priorities() == [Priority.NONE, Priority.LOW, Priority.NONE]


def test_every_command_of_triage_has_what_is_done_for_it(
    services: Services, people: People, clock: SetClock
) -> None:
    assert set(Bench(services, people, clock).triage.handlers()) == set(DECISIONS)
