"""States by command: each is reached with what it asks for, and with nothing else."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from eds_tui.domain.lifecycle import State
from eds_tui.domain.triage import StateChange
from eds_tui.services.container import Services
from tests.cli.running import CommandLine
from tests.factories import People

pytestmark = pytest.mark.usefixtures("two_old_incidents")

NEXT_YEAR = datetime.now(UTC).year + 1


@pytest.mark.parametrize(
    ("spelling", "options", "state", "said"),
    [
        ("awaiting_triage", (), "Awaiting Triage", []),
        ("Awaiting Triage", (), "Awaiting Triage", []),
        ("in progress", (), "In Progress", []),
        (
            "on_hold_customer",
            ("--question", "Which room?"),
            "On Hold (Awaiting Customer Update)",
            ["Which room?"],
        ),
        ("Hold change", ("--waiting-for", "An upgrade"), "On Hold (Awaiting Change)", []),
        (
            "resolved",
            ("--code", "No fault found", "--resolution", "Works."),
            "Resolved",
            ["Works."],
        ),
    ],
)
def test_a_state_is_reached_with_what_it_asks_for(
    cli: CommandLine, spelling: str, options: tuple[str, ...], state: str, said: list[str]
) -> None:
    output = cli.decide("state", "1", spelling, *options)

    assert output == f"INC0000001  0 – None  {state}  no due date  assigned to nobody\n"
    found = cli.shown("1", "00000EDU")
    assert found["state"] == state
    assert [comment["text"] for comment in found["comments"]] == said


def test_a_deferral_says_until_when_it_was_understood(cli: CommandLine) -> None:
    cli.decide("priority", "1", "3")

    output = cli.decide("state", "1", "deferred", "--until", f"12/1/{NEXT_YEAR} 2pm")

    day = datetime(NEXT_YEAR, 1, 12, tzinfo=UTC)
    assert f"On Hold (Customer Deferral) until {day:%a} 12 Jan {NEXT_YEAR} 14:00  due" in output
    assert re.search(r" \(late \d+ d, paused\)  ", output)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("on_hold_customer",), "question: Type the question to the school.\n"),
        (("on_hold_customer", "--question", " "), "question: Type the question to the school.\n"),
        (("on_hold_change",), "waiting_for: Type the change it waits for.\n"),
        (
            ("on_hold_deferral",),
            "until: Give the day and time until which it is put off.\n",
        ),
        (("on_hold_deferral", "--until", "32/1 9:00"), "until: There is no such day; write day,"),
        (("on_hold_deferral", "--until", "fri 3"), "until: Is that 03:00 or 15:00?"),
        (("resolved",), "code: Choose how it ended.\nresolution: Type the resolution.\n"),
        (("closed",), "state: From New it can't go to Closed.\n"),
        (
            ("in_progress", "--question", "Which room?"),
            "question: Only on_hold_customer takes it; leave --question out.\n",
        ),
        (
            ("on_hold_change", "--waiting-for", "X", "--until", "tomorrow", "--code", "fixed"),
            (
                "until: Only on_hold_deferral takes it; leave --until out.\n"
                "code: Only resolved takes it; leave --code out.\n"
            ),
        ),
        (
            ("resolved", "--waiting-for", "X"),
            "waiting_for: Only on_hold_change takes it; leave --waiting-for out.\n",
        ),
    ],
)
def test_a_state_without_what_it_asks_for_or_with_what_another_does_is_refused(
    cli: CommandLine, options: tuple[str, ...], told: str
) -> None:
    assert cli.refused("state", "1", *options).startswith(told)

    found = cli.shown("1", "handler")
    assert (found["state"], found["comments"]) == ("New", [])


@pytest.mark.parametrize(
    "options",
    [("on_hold_customer", "--question"), ("resolved", "--code", "fixed", "--resolution")],
)
def test_what_the_school_is_told_may_come_from_standard_input(
    cli: CommandLine, options: tuple[str, ...]
) -> None:
    cli.decide("state", "1", *options, "-", stdin="Two\r\nlines – ü\n")

    (comment,) = cli.shown("1", "00000EDU")["comments"]
    assert comment["text"] == "Two\r\nlines – ü\n"


def test_a_reopening_asks_for_a_reason(cli: CommandLine) -> None:
    cli.decide("state", "1", "resolved", "--code", "fixed", "--resolution", "Done.")

    assert cli.refused("state", "1", "in_progress") == "reason: Type the reason.\n"
    output = cli.decide("state", "1", "in_progress", "--reason", "It is back.")

    assert output.startswith("INC0000001  0 – None  In Progress  ")
    assert "(reason: It is back.)" in cli.decide("history", "1")


def test_a_flag_is_shown_until_somebody_deals_with_it(
    cli: CommandLine, services: Services, people: People
) -> None:
    asked = StateChange(State.ON_HOLD_CUSTOMER, question="Which room?")
    services.triage.set_state(people.handler, 1, None, asked)
    cli.done("incidents", "comment", "1", "Room 4.", "--as", "00000EDU")

    assert cli.shown("1", "handler")["flag"] == "customer replied"
    assert "\nFlag          customer replied\n" in cli.decide("show", "1")
    output = cli.decide("assign", "1", "--to", "handler")
    assert (
        output == "INC0000001  0 – None  In Progress  no due date  A. Handler  customer replied\n"
    )
