"""What is unread, by command: marked in every list, read by showing it, and the bell (rule 41)."""

from __future__ import annotations

import json

from eds_tui.domain.history import in_words
from eds_tui.domain.priority import Priority
from eds_tui.services.container import Services
from tests.cli.running import CommandLine
from tests.factories import People, log
from tests.services.triage_steps import ASKED


def listed(cli: CommandLine, login: str, *options: str) -> list[str]:
    """Return how each line of a list begins: the mark, and the number."""
    _, *lines = cli.done("incidents", "list", "--as", login, *options).splitlines()
    return [line[:11] for line in lines]


def test_what_is_unread_is_marked_listed_and_read_by_showing_it(
    cli: CommandLine, services: Services, people: People
) -> None:
    log(services, people, 2)
    services.conversation.comment(people.head, 1, "It is worse today.", "one")
    services.conversation.comment(people.lead, 2, "An engineer comes.", "two")

    assert listed(cli, "handler") == [" INC0000002", "●INC0000001"]
    assert listed(cli, "handler", "--view", "unread") == ["●INC0000001"]
    assert listed(cli, "00000EDU") == ["●INC0000002", " INC0000001"]
    assert listed(cli, "bursar", "--view", "answered") == ["●INC0000002"]
    rows = map(json.loads, cli.done("incidents", "list", "--as", "lead", "--json").splitlines())
    assert [row["unread"] for row in rows] == [False, True]

    shown = json.loads(cli.done("incidents", "show", "1", "--as", "handler", "--json"))
    assert [said["new"] for said in shown["comments"]] == [True]
    shown = json.loads(cli.done("incidents", "show", "1", "--as", "lead", "--json"))
    assert [said["new"] for said in shown["comments"]] == [False]
    assert listed(cli, "lead", "--view", "unread") == []
    assert listed(cli, "bursar", "--view", "answered") == ["●INC0000002"]


def test_a_school_reads_what_it_is_asked_in_these_words(
    cli: CommandLine, services: Services, people: People
) -> None:
    log(services, people, 1)
    services.triage.set_state(people.handler, 1, None, ASKED)
    services.triage.set_priority(people.handler, 1, None, Priority.LOW)
    assert f"Please answer: {ASKED.question}" in cli.done("incidents", "list", "--as", "00000EDU")
    assert "Please answer" not in cli.done("incidents", "list", "--as", "handler")
    (row,) = cli.done("incidents", "list", "--as", "00000EDU", "--json").splitlines()
    assert json.loads(row)["please_answer"] == ASKED.question


def test_the_bell_of_an_account_is_off_until_it_is_turned_on(
    cli: CommandLine, services: Services, people: People
) -> None:
    """Rule 41: it is listed, and a change of it is in the log."""
    said = "The bell of account handler is"
    assert cli.done("account", "bell", "HANDLER", "on") == f"{said} on.\n"
    lines = cli.done("account", "list").splitlines()
    assert [line.split()[:3] for line in lines if " on " in line] == [["handler", "handler", "on"]]
    found = map(json.loads, cli.done("account", "list", "--json").splitlines())
    assert [each["account"] for each in found if each["bell"]] == ["handler"]
    assert cli.done("account", "bell", "handler", "off") == f"{said} off.\n"
    assert cli("account", "bell", "nobody", "on").exit_code == 1
    told = [in_words(event) for event in services.history.administration(people.lead)]
    assert [line.partition("account: ")[2] for line in told[:2]] == [
        "bell: yes → no (account handler)", "bell: no → yes (account handler)",
    ]  # fmt: skip
