"""Random lives of incidents: something happens over and over, by the dice."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import time, timedelta

from eds_tui.domain.account import Account
from eds_tui.domain.calendar import Calendar
from eds_tui.domain.errors import Conflict, InvalidInput, NotFound
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.service_hours import Hours
from eds_tui.domain.targets import EXAMPLE, ServiceLevel, Target
from eds_tui.domain.triage import Assignee, StateChange
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock
from tests.services.triage_steps import COMPLETE

STEPS = 40
"""How often something happens in a life."""


@dataclass
class Life:
    """The services, their clock, and the dice."""

    database: Database
    services: Services
    people: People
    clock: SetClock
    dice: random.Random
    on_screen: dict[int, int] = field(default_factory=dict)
    """The version of each incident that somebody read at some time."""
    all_that_happens: bool = False
    """Whether targets and calendar change, housekeeping runs and incidents are hidden as well."""

    def live(self) -> Iterator[bool]:
        """Let something happen over and over; yields whether a decision was taken."""
        for step in range(STEPS):
            self.clock.now += timedelta(minutes=self.dice.choice((0, 1, 7, 50, 300, 1500, 4000)))
            number = self.dice.choice((1, 2, 3))
            actor = self.dice.choice((self.people.handler, self.people.lead))
            try:
                if self.all_that_happens and self.dice.randrange(4) == 0:
                    self._something_else(actor, number)
                else:
                    self._something(actor, number, step)
            except (InvalidInput, Conflict, NotFound):
                yield False
            else:
                yield True

    def _seen(self, number: int) -> int | None:
        """Return the version that a decision is made on: none, this one, or an older one."""
        if self.dice.randrange(3) == 0:
            row = self.services.queue.open(self.people.handler, number, again=True).row
            self.on_screen[number] = row.version
        return self.dice.choice((None, self.on_screen.get(number)))

    def _something(self, actor: Account, number: int, step: int) -> None:
        triage, talk = self.services.triage, self.services.conversation
        seen = self._seen(number)
        match self.dice.randrange(12):
            case 0 | 1:
                triage.set_priority(actor, number, seen, self.dice.choice(list(Priority)))
            case 2 | 3 | 4 | 5:
                triage.set_state(actor, number, seen, self._change())
            case 6:
                who = self.dice.choice((Assignee(), Assignee(actor.id, actor.name)))
                triage.assign(actor, number, seen, who)
            case 7 | 8:
                talk.comment(self.people.head, number, "Words.", f"key-{step}")
            case 9:
                talk.comment(actor, number, "Words.", f"key-{step}")
            case 10:
                triage.undo(actor, number, self.dice.choice(("", "By mistake.")))
            case 11:
                triage.link(actor, number, seen, self.dice.choice((1, 2, 3, None)))

    def _something_else(self, actor: Account, number: int) -> None:
        match self.dice.randrange(4):
            case 0:
                self._change_service_level()
            case 1:
                self.services.housekeeping.run()
            case 2:
                hidden = self.dice.choice((True, False))
                self.services.triage.set_confidential(
                    actor, number, None, hidden, "A pupil is named."
                )
            case 3:
                self.services.triage.undo(actor, number, "By mistake.")

    def _change_service_level(self) -> None:
        """Put other targets and another calendar in force."""
        minutes = self.dice.choice((30, 90, 600))
        targets = dict(EXAMPLE.targets)
        for each in (Priority.CRITICAL, Priority.HIGH, Priority.LOW, Priority.ADVICE):
            targets[each] = Target(minutes=minutes * each.value)
        hours = (Hours(time(8), time(self.dice.choice((12, 18)))),)
        calendar = Calendar((*(hours,) * 5, (), ()))
        level = self.dice.choice((EXAMPLE, ServiceLevel(calendar, targets)))
        self.services.service_levels.change(None, level)

    def _change(self) -> StateChange:
        change = COMPLETE[self.dice.choice(list(State))]
        if change.state is State.ON_HOLD_DEFERRAL:
            ahead = timedelta(minutes=self.dice.choice((30, 1440, 5000)))
            change = replace(change, until=self.clock.now + ahead)
        return change
