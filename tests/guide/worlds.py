"""The same two schools twice: once with confidential incidents, once as if there never were any.

Whatever a school is told, in whatever way, must be the same in both (rule 24).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto
from pathlib import Path

from eds_tui import bootstrap
from eds_tui.domain.account import Account
from eds_tui.domain.event import EventKind
from eds_tui.domain.incident import IncidentForm
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.triage import StateChange
from eds_tui.domain.views import Receipt
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.files import FileShelf
from tests.factories import People, SetClock, new_form
from tests.services.mailbox import DESK
from tests.services.triage_steps import ASKED, DEFERRED, REOPENED, RESOLVED, WAITING

FILE = "secret.txt"


class Hiding(Enum):
    """When an incident became confidential."""

    AT_ONCE = auto()
    LATER = auto()
    AGAIN = auto()
    """Later, after it had been hidden and shown before."""


Step = Callable[["World", int], object]


def _closed(world: World, number: int) -> None:
    with world.database.writing() as work:
        found = work.incidents.find(world.people.handler.scope, number, world.clock())
        assert found is not None
        long_ago = world.clock() - timedelta(days=3)
        changed = work.incidents.set_state(found.id, State.CLOSED, found.row.priority, long_ago)
        work.events.add(
            EventKind.CLOCK, world.clock(), None, incident_id=found.id, details={"changed": changed}
        )
        work.commit()


def _set(change: StateChange) -> Step:
    return lambda world, number: world.services.triage.set_state(
        world.people.handler, number, None, change
    )


LIVES: dict[str, tuple[Step, ...]] = {
    "new": (),
    "urgent": (
        lambda world, number: world.services.triage.set_priority(
            world.people.handler, number, None, Priority.CRITICAL
        ),
    ),
    "asked": (_set(ASKED),),
    "waiting": (_set(WAITING),),
    "deferred": (_set(DEFERRED),),
    "resolved": (_set(RESOLVED),),
    "reopened": (_set(RESOLVED), _set(REOPENED)),
    "closed": (_closed,),
}
"""What becomes of an incident before, or while, it is hidden."""


@dataclass
class World:
    """A database with its services and people.

    Args:
        database: A copy of the furnished one.
        people: Those in it.
        folder: Where files to attach are.
        told: Whether the confidential incidents are logged; else only their numbers are used up.
    """

    database: Database
    people: People
    folder: Path
    told: bool
    clock: SetClock = field(default_factory=SetClock)
    secrets: dict[int, tuple[Account, IncidentForm, Receipt]] = field(default_factory=dict)
    """The confidential ones by number: who logged each with which form, and what was answered."""

    def __post_init__(self) -> None:
        """Open the services."""
        self.services: Services = bootstrap.open_services(
            self.database, self.clock, service_centre_email=DESK
        )
        self._loggers = itertools.cycle((self.people.head, self.people.bursar, self.people.handler))
        self._keys = itertools.count(1)

    def key(self) -> str:
        """Return a submission key that is the same in both worlds."""
        return f"key-{next(self._keys)}"

    def log(self, actor: Account, description: str) -> int:
        """Log an incident that its school may know of."""
        form = new_form(submission=self.key(), description=description)
        return self.services.report.log(actor, form).number

    def log_secret(self, hiding: Hiding, words: str) -> int:
        """Log an incident that is, or will be, confidential; or use its number up."""
        actor, key = next(self._loggers), self.key()
        if not self.told:
            with self.database.writing() as work:
                number = work.incidents.next_number()
                work.commit()
            return number
        form = new_form(
            submission=key, school_id=self.people.school.id, caller="Caller", description=words,
            files=(FileShelf(self.folder).choose((), FILE),), category=Category.HARDWARE,
            impact=Impact.ENTERPRISE, confidential=hiding is Hiding.AT_ONCE,
        )  # fmt: skip
        receipt = self.services.report.log(actor, form)
        self.secrets[receipt.number] = actor, form, receipt
        self.services.conversation.comment(
            self.people.handler, receipt.number, f"{words} was looked at", f"said-{receipt.number}"
        )
        if hiding is not Hiding.AT_ONCE:
            self.services.conversation.comment(
                self.people.head, receipt.number, f"{words} answered", f"head-{receipt.number}"
            )
        return receipt.number

    def live(self, number: int, life: str) -> None:
        """Let things happen to a confidential incident."""
        if number in self.secrets:
            for step in LIVES[life]:
                step(self, number)

    def hide(self, number: int, hiding: Hiding) -> None:
        """Make it confidential, unless it has been from the first."""
        if number not in self.secrets or hiding is Hiding.AT_ONCE:
            return
        flips = {Hiding.LATER: (True,), Hiding.AGAIN: (True, False, True)}[hiding]
        for confidential in flips:
            self.services.triage.set_confidential(
                self.people.lead, number, None, confidential, "Asked for."
            )

    def point(self, number: int, below: int, elsewhere: int) -> tuple[int, ...]:
        """Log incidents that point to a confidential one, and return their numbers.

        Where it never was, they point to one of another school, of which their own may not know
        either.

        Args:
            number: The confidential one that they are duplicates of, or hang on.
            below: Another one, which hangs on one of them.
            elsewhere: The other school's.
        """
        to = number if number in self.secrets else elsewhere
        triage, handler = self.services.triage, self.people.handler
        duplicate, child, major = (
            self.log(self.people.bursar, f"Points as {what}")
            for what in ("duplicate", "child", "major")
        )
        triage.close_as_duplicate(handler, duplicate, None, to)
        triage.link(handler, child, None, to)
        if below in self.secrets:
            triage.link(handler, below, None, major)
        return duplicate, child, major
