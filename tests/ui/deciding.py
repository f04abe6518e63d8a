"""What the service centre decided on incidents before a test begins."""

from __future__ import annotations

from datetime import timedelta

from eds_tui.domain.lifecycle import CLOSES_AFTER, State
from eds_tui.domain.triage import ResolutionCode, StateChange
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form


def resolve(services: Services, people: People, number: int) -> None:
    """Resolve an incident now."""
    change = StateChange(State.RESOLVED, code=ResolutionCode.FIXED, resolution="Put right.")
    services.triage.set_state(people.handler, number, None, change)


def hold(services: Services, people: People, number: int) -> None:
    """Ask the school a question."""
    change = StateChange(State.ON_HOLD_CUSTOMER, question="Which printer is it?")
    services.triage.set_state(people.handler, number, None, change)


def closed(services: Services, people: People, clock: SetClock, count: int = 1) -> None:
    """Log incidents of the head's that are closed now, a minute after one another."""
    for _ in range(count):
        receipt = services.report.log(people.head, new_form())
        resolve(services, people, receipt.number)
        clock.forward(minutes=1)
    clock.now += CLOSES_AFTER - timedelta(minutes=1)
