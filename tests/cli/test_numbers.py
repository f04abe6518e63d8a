"""Every number that a command takes: whatever is typed there is answered in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from eds_tui.cli.choices import PRIORITY, STATE, Reference, WholeNumber
from eds_tui.cli.program import COMMANDS, program
from tests.cli.running import CommandLine
from tests.factories import People

NUMBERS = [
    "99999999999999999999", "9" * 5_000, "9223372036854775807", "9223372036854775808", "2147483648",
    "999999999999999", "0", "-1", "-99999999999999999999", "1.5", "1e9", "0x10", "1_000", "٣", "²",
    "in 99999999999 days", "1/1/99999", "", " ", "\x1b[2J",
]  # fmt: skip
WORDS = {"--out": "-"}
"""Values of options that take more than any text."""
ONE_OF_A_FEW: dict[click.ParamType[Any], str] = {STATE: "on_hold_deferral", PRIORITY: "4"}
ALSO = {
    "assign": ["--nobody"],
    "attachment": ["--id", "1"],
    "link": ["--parent", "2"],
    "state": ["--until", "tomorrow 9"],
}
"""What else a command wants, so that it comes to the number."""
TEXTS = {"portal_number", "la_number", "dfe_number", "urn", "school", "until"}
"""Parameters whose texts hold numbers as well."""


def _commands(
    command: click.Command = program, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from _commands(found, (*path, name))


def _is_number(parameter: click.Parameter) -> bool:
    return isinstance(parameter.type, WholeNumber | Reference) or parameter.name in TEXTS


def _usual(parameter: click.Parameter) -> list[str]:
    """Return a value that a parameter takes, with its option."""
    if isinstance(parameter.type, WholeNumber | Reference):
        value = "1"
    elif parameter.type in ONE_OF_A_FEW:
        value = ONE_OF_A_FEW[parameter.type]
    elif isinstance(parameter.type, click.Choice):
        value = str(parameter.type.choices[0])
    elif parameter.name == "login":
        value = "lead"
    else:
        value = WORDS.get(parameter.opts[0], "1")
    return [parameter.opts[0], value] if isinstance(parameter, click.Option) else [value]


def _asked(command: click.Command, number: click.Parameter, value: str) -> list[str]:
    """Return the arguments with which a command gets a value for a number, and all it needs."""
    words = [
        word
        for each in command.params
        if each is not number and each.required
        for word in _usual(each)
        if isinstance(each, click.Option)
    ]
    if isinstance(number, click.Option):
        words.append(f"{number.opts[0]}={value}")
    places = [each for each in command.params if isinstance(each, click.Argument)]
    given = [
        value if each is number else _usual(each)[0]
        for each in places
        if each is number or each.required
    ]
    also = ALSO.get(str(command.name), [])
    if number.opts[0] not in also:
        words += also
    return [*words, "--", *given]


ASKED = [
    pytest.param(path, command, parameter, id=" ".join((*path, str(parameter.name))))
    for path, command in _commands()
    for parameter in command.params
    if _is_number(parameter)
]


def test_no_number_is_taken_by_a_type_that_cannot_say_what_is_wrong_in_words() -> None:
    assert {path[0] for path, _ in _commands()} == set(COMMANDS)
    assert len(ASKED) > 25
    odd = [
        (path, parameter.name)
        for path, command in _commands()
        for parameter in command.params
        if isinstance(parameter.type, click.types.IntParamType | click.types.FloatParamType)
    ]
    assert odd == []


@pytest.mark.parametrize(("path", "command", "parameter"), ASKED)
def test_whatever_number_is_given_the_answer_is_in_words(
    cli: CommandLine,
    people: People,
    path: tuple[str, ...],
    command: click.Command,
    parameter: click.Parameter,
) -> None:
    for value in NUMBERS:
        result = cli(*path, *_asked(command, parameter, value), stdin="")
        assert isinstance(result.exception, SystemExit | None), (value, result.exception)
        assert result.exit_code in {0, 1, 2}, value
        assert result.exit_code == 0 or result.stderr.strip(), value
        assert "\x1b" not in result.output


def test_a_list_as_long_as_anybody_may_wish_is_all_there_is(
    cli: CommandLine, two_old_incidents: None
) -> None:
    for limit in ("2", "99999999999999999999", "9" * 5_000):
        listed = cli.done("incidents", "list", "--as", "handler", "--limit", limit, "--json")
        assert listed.count("\n") == 2


@pytest.mark.on_sqlite
def test_a_folder_that_cannot_be_read_is_said_in_words(
    cli: CommandLine, people: People, tmp_path: Path
) -> None:
    """As root too: what is no folder can't be gone through by anybody."""
    (tmp_path / "file").touch()
    beyond = str(tmp_path / "file" / "folder" / "thing")
    log = ("--category", "N", "--impact", "2", "--description", "Slow.", "--attach", beyond)
    for command in (
        ("incidents", "log", "--as", "00000EDU", *log),
        ("db", "backup", beyond),
        ("message", "preview", "comment", beyond),
        ("service-level", "set", beyond),
        ("school", "list", "--database", f"sqlite:///{beyond}"),
        ("db", "upgrade", "--database", f"sqlite:///{beyond}"),
        ("demo", "--no-open", "--database", f"sqlite:///{beyond}"),
        ("demo", "--no-open", "--reset", "--database", f"sqlite:///{beyond}"),
    ):
        result = cli(*command)
        assert isinstance(result.exception, SystemExit), (command, result.exception)
        assert result.exit_code in {1, 2}, command
        assert "thing" in result.stderr or "file" in result.stderr, command
