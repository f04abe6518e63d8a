"""Lists by command: what is in them, in which order, and how they look."""

from __future__ import annotations

import json
from datetime import timedelta

from eds_tui.desk import Desk
from eds_tui.domain.lifecycle import State
from eds_tui.repository.unit_of_work import Database
from tests.cli.running import CommandLine
from tests.factories import START, People, new_form, set_state


def _numbers(cli: CommandLine, *arguments: str) -> list[str]:
    lines = cli.done("incidents", "list", *arguments, "--json").splitlines()
    return [json.loads(line)["number"] for line in lines]


def test_a_list_has_a_heading_and_columns_that_stay_in_place(
    cli: CommandLine, desk: Desk, people: People
) -> None:
    desk.report.log(people.head, new_form(description="Short", telephone="01772 1"))
    desk.report.log(
        people.neighbour,
        new_form(description="Two\nlines", telephone="a long number " * 4, confidential=True),
    )

    heading, second, first = cli.done("incidents", "list", "--as", "handler").splitlines()

    places = [
        heading.index(word) for word in ("State", "P ", "Confid", "School", "Contact", "Inci")
    ]
    assert places == [12, 25, 28, 42, 72, 102]
    assert first[:25].split() == ["INC0000001", "New"]
    assert [line[25] for line in (first, second)] == ["0", "0"]
    assert second[28:40] == "confidential"
    assert first[28:40].strip() == ""
    assert first[42:70].rstrip() == "Test School, Test Town"
    assert second[42:70] == "St Mary's and St Michael's,…"
    assert first[72:100].rstrip() == "Test User, 01772 1"
    assert (first[102:], second[102:]) == ("Short", "Two lines")


def test_a_list_of_any_length_is_read_whole_and_cut_at_the_limit(
    cli: CommandLine, desk: Desk, people: People
) -> None:
    for _ in range(205):
        desk.report.log(people.head, new_form())
    newest_first = [f"INC{number:07d}" for number in range(205, 0, -1)]

    assert _numbers(cli, "--as", "handler") == newest_first[:50]
    assert _numbers(cli, "--as", "handler", "--limit", "203") == newest_first[:203]
    assert _numbers(cli, "--as", "handler", "--limit", "1000") == newest_first


def test_views_and_schools_narrow_a_list(
    cli: CommandLine, desk: Desk, people: People, database: Database
) -> None:
    long_ago = START.replace(year=2020)
    for actor in (people.head, people.head, people.neighbour, people.head):
        desk.report.log(actor, new_form())
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
    cli: CommandLine, desk: Desk, people: People, database: Database
) -> None:
    desk.report.log(people.head, new_form())
    long_ago = START.replace(year=2020)
    for number in range(2, 24):
        desk.report.log(people.head, new_form())
        at = long_ago + timedelta(hours=number)
        set_state(database, people, number, State.RESOLVED, at)
    closed = [f"INC{number:07d}" for number in range(23, 1, -1)]

    assert _numbers(cli, "--as", "00000EDU", "--view", "closed") == closed[:20]
    assert _numbers(cli, "--as", "00000EDU", "--view", "all") == ["INC0000001", *closed[:20]]
    assert _numbers(cli, "--as", "handler", "--view", "closed") == closed
