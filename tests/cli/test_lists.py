"""Lists by command: what is in them, in which order, and how they look."""

from __future__ import annotations

import json
import re
from datetime import timedelta

from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee, StateChange
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.cli.running import CommandLine
from tests.factories import START, People, SetClock, new_form, set_state


def _numbers(cli: CommandLine, *arguments: str) -> list[str]:
    lines = cli.done("incidents", "list", *arguments, "--json").splitlines()
    return [json.loads(line)["number"] for line in lines]


def test_a_list_has_a_heading_and_columns_that_stay_in_place(
    cli: CommandLine, services: Services, people: People
) -> None:
    services.report.log(people.head, new_form(description="Short", telephone="01772 1"))
    services.report.log(
        people.neighbour,
        new_form(description="Two\nlines", telephone="a long number " * 4, confidential=True),
    )

    heading, second, first = cli.done("incidents", "list", "--as", "handler").splitlines()

    words = ("State", "P ", "Due", "Assigned", "Confid", "School", "Contact", "Inci")
    assert [heading.index(word) for word in words] == [13, 38, 41, 71, 89, 103, 133, 163]
    assert first[:38].split() == ["INC0000001", "New"]
    assert [line[38] for line in (first, second)] == ["0", "0"]
    assert [line[41:89].rstrip() for line in (first, second)] == ["–", "–"]
    assert second[89:101] == "confidential"
    assert first[89:101].strip() == ""
    assert first[103:131].rstrip() == "Test School, Test Town"
    assert second[103:131] == "St Mary's and St Michael's,…"
    assert first[133:161].rstrip() == "Test User, 01772 1"
    assert (first[163:], second[163:]) == ("Short", "Two lines")


def test_a_list_says_when_each_is_due_how_its_clock_stands_and_who_has_it(
    cli: CommandLine, services: Services, people: People, clock: SetClock
) -> None:
    clock.now = START.replace(year=2020)
    for _ in range(3):
        services.report.log(people.head, new_form())
    me = Assignee(people.handler.id, people.handler.name)
    services.triage.set_priority(people.handler, 1, None, Priority.MEDIUM)
    services.triage.assign(people.handler, 1, None, me)
    services.triage.set_priority(people.handler, 2, None, Priority.MEDIUM)
    waiting = StateChange(State.ON_HOLD_CHANGE, waiting_for="An upgrade")
    services.triage.set_state(people.handler, 2, None, waiting)
    services.triage.assign(people.handler, 2, None, Assignee(team="Networks"))

    _, third, second, first = cli.done("incidents", "list", "--as", "lead").splitlines()
    shown = cli.done("incidents", "list", "--as", "00000EDU")

    assert re.fullmatch(r"15-06-2020 11:52 late \d+ d +A\. Handler +", first[41:89])
    assert (second[41:64], second[71:87].rstrip()) == ("15-06-2020 11:52 paused", "Networks")
    assert third[41:87].rstrip() == "–"
    assert "15-06-2020 11:52 late " in shown
    assert not [word for word in ("Assigned", "A. Handler", "Networks") if word in shown]


def test_the_views_of_the_service_centre_are_the_readers_own(
    cli: CommandLine, services: Services, people: People, clock: SetClock
) -> None:
    cli.done("account", "team", "lead", "Networks")
    clock.now = START.replace(year=2020)
    for _ in range(4):
        services.report.log(people.head, new_form())
    services.triage.assign(people.handler, 1, None, Assignee(people.handler.id, "A. Handler"))
    services.triage.assign(people.handler, 2, None, Assignee(team="Networks"))
    services.triage.set_priority(people.handler, 3, None, Priority.CRITICAL)
    waiting = StateChange(State.ON_HOLD_CHANGE, waiting_for="An upgrade")
    services.triage.set_state(people.handler, 4, None, waiting)
    services.conversation.comment(people.head, 4, "Is there any news?", "key-1")

    found = {
        (login, view): _numbers(cli, "--as", login, "--view", view)
        for login in ("handler", "lead", "00000EDU")
        for view in ("mine", "team", "late", "due_today", "flagged")
    }

    assert {key: numbers for key, numbers in found.items() if numbers} == {
        ("handler", "mine"): ["INC0000001"],
        ("lead", "team"): ["INC0000002"],
        ("handler", "late"): ["INC0000003"],
        ("lead", "late"): ["INC0000003"],
        ("00000EDU", "late"): ["INC0000003"],
        ("handler", "flagged"): ["INC0000004"],
        ("lead", "flagged"): ["INC0000004"],
        ("00000EDU", "flagged"): ["INC0000004"],
    }


def test_a_list_of_any_length_is_read_whole_and_cut_at_the_limit(
    cli: CommandLine, services: Services, people: People
) -> None:
    for _ in range(205):
        services.report.log(people.head, new_form())
    newest_first = [f"INC{number:07d}" for number in range(205, 0, -1)]

    assert _numbers(cli, "--as", "handler") == newest_first[:50]
    assert _numbers(cli, "--as", "handler", "--limit", "203") == newest_first[:203]
    assert _numbers(cli, "--as", "handler", "--limit", "1000") == newest_first


def test_views_and_schools_narrow_a_list(
    cli: CommandLine, services: Services, people: People, database: Database
) -> None:
    long_ago = START.replace(year=2020)
    for actor in (people.head, people.head, people.neighbour, people.head):
        services.report.log(actor, new_form())
    set_state(database, people, 2, State.ON_HOLD_CHANGE, long_ago)
    set_state(database, people, 4, State.RESOLVED, long_ago)

    on_hold = _numbers(cli, "--as", "handler", "--view", "on_hold")
    triage = _numbers(cli, "--as", "handler", "--view", "triage")
    still_open = _numbers(cli, "--as", "handler", "--school", "00000")
    closed = _numbers(cli, "--as", "handler", "--view", "closed")
    everything = _numbers(cli, "--as", "handler", "--view", "all")

    assert on_hold == ["INC0000002"]
    assert triage == ["INC0000003", "INC0000001"]
    assert still_open == ["INC0000002", "INC0000001"]
    assert closed == ["INC0000004"]
    assert everything == ["INC0000004", "INC0000003", "INC0000002", "INC0000001"]


def test_a_school_has_its_latest_20_closed_and_after_its_open_ones_in_the_list_of_all(
    cli: CommandLine, services: Services, people: People, database: Database
) -> None:
    services.report.log(people.head, new_form())
    long_ago = START.replace(year=2020)
    for number in range(2, 24):
        services.report.log(people.head, new_form())
        at = long_ago + timedelta(hours=number)
        set_state(database, people, number, State.RESOLVED, at)
    closed = [f"INC{number:07d}" for number in range(23, 1, -1)]

    assert _numbers(cli, "--as", "00000EDU", "--view", "closed") == closed[:20]
    assert _numbers(cli, "--as", "00000EDU", "--view", "all") == ["INC0000001", *closed[:20]]
    assert _numbers(cli, "--as", "handler", "--view", "closed") == closed


def test_a_list_is_sorted_by_what_is_asked_for_and_says_by_what_it_can_be(
    cli: CommandLine, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 46: what is late begins with the worst, unless another --sort is given."""
    for _ in range(3):
        services.report.log(people.head, new_form())
        clock.forward(minutes=1)
    services.triage.set_priority(people.handler, 3, None, Priority.CRITICAL)
    services.triage.set_priority(people.handler, 1, None, Priority.LOW)
    handler = ("--as", "handler")
    assert _numbers(cli, *handler) == ["INC0000003", "INC0000002", "INC0000001"]
    due = ["INC0000003", "INC0000001", "INC0000002"]
    assert _numbers(cli, "--sort", "due", *handler) == due
    assert _numbers(cli, "--sort", "priority", "--limit", "2", *handler) == due[:2]
    clock.forward(days=30)
    assert _numbers(cli, "--view", "late", *handler) == due[:2]
    assert _numbers(cli, "--view", "late", "--sort", "newest", *handler) == due[:2]
    refused = cli("incidents", "list", "--view", "all", "--sort", "due", *handler)
    assert "The list all is sorted by one of: newest, oldest." in refused.stderr
    found = cli.done("incidents", "search", "internet", "--sort", "oldest", "--json", *handler)
    assert next(json.loads(line)["number"] for line in found.splitlines()) == "INC0000001"
