"""Calls by command: who rang, how often, and the same fault of another school (42, 43, 49)."""

from __future__ import annotations

import json

from eds_tui.services.container import Services
from tests.cli.running import CommandLine
from tests.factories import People, log

CALL = ("--as", "handler", "--school", "30112", "--caller", "Mrs New", "--telephone", "01234 5")


def test_a_chase_is_counted_and_listed_and_the_school_is_not_told(
    cli: CommandLine, services: Services, people: People
) -> None:
    """Rule 43: once under a key."""
    log(services, people, 2)
    chase = ("incidents", "chase", "2", "--caller", "Test Bursar")
    for _ in range(2):
        assert "rang once" in cli.done(*chase, "--as", "handler", "--key", "a chase")
    assert "rang 2 times" in cli.done(*chase, "--as", "handler")
    _, line = cli.done("incidents", "chased", "--as", "lead").splitlines()
    assert line.startswith("2 times, ")
    assert "INC0000002" in line
    (row,) = map(json.loads, cli.done("incidents", "chased", "--as", "lead", "--json").splitlines())
    assert (row["number"], row["chases"]) == ("INC0000002", 2)
    assert "Rang" in cli.done("incidents", "show", "2", "--as", "handler")
    assert "rang" not in cli.done("incidents", "show", "2", "--as", "00000EDU").lower()
    assert "chases" not in cli.done("incidents", "show", "2", "--as", "00000EDU", "--json")
    for arguments in ((*chase, "--as", "00000EDU"), ("incidents", "chased", "--as", "bursar")):
        assert cli(*arguments).exit_code != 0
    assert cli(*chase[:-1], " ", "--as", "handler").exit_code != 0


def test_callers_are_listed_and_forgotten(cli: CommandLine, people: People) -> None:
    """Rule 42: by leads."""
    cli.log(*CALL)
    callers = ("school", "callers", "30112")
    assert cli.done(*callers, "--as", "handler").startswith("Mrs New  01234 5  rang ")
    assert json.loads(cli.done(*callers, "--as", "handler", "--json"))["telephone"] == "01234 5"
    refused = cli(*callers, "--forget", "Mrs New", "--as", "handler")
    assert refused.exit_code != 0
    assert cli(*callers, "--forget", "Nobody", "--as", "lead").exit_code != 0
    assert cli.done(*callers, "--forget", "mrs new", "--as", "lead") == ""
    cli.log(*CALL)
    assert cli.done(*callers, "--forget-all", "--as", "lead") == ""


def test_a_call_is_hung_on_the_first_as_it_is_logged(cli: CommandLine, people: People) -> None:
    """Rule 49: one that can't be is logged all the same, and that is told."""
    first = cli.log(*CALL)
    second = cli.log(*CALL, "--parent", first)
    assert f"{first} St Mary's" in cli.done("incidents", "show", second, "--as", "handler")
    arguments = ("--category", "N", "--impact", "2", "--description", "No internet.")
    third = cli("incidents", "log", *CALL, *arguments, "--parent", "INC0000099")
    assert third.exit_code == 0
    assert third.stdout.strip() == "INC0000003"
    assert "It hangs on none: There is no incident INC0000099." in third.stderr
