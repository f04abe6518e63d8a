"""By command, everybody may do and learn what they may on the screens, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from eds_tui.services.container import Services
from tests.cases import each_case
from tests.cli.running import CommandLine
from tests.factories import People, new_form

NEVER_GIVEN_OUT = "INC0000099"


@each_case("reader", ["00000EDU", "bursar", "30112EDU"])
@each_case(
    "command",
    [
        ("show",),
        ("show", "--json"),
        ("comment", "A word"),
        ("attachment", "secret.txt", "--out", "-"),
    ],
)
def test_a_confidential_incident_answers_a_school_as_a_number_never_given_out(
    cli: CommandLine, people: People, tmp_path: Path, reader: str, command: tuple[str, ...]
) -> None:
    (tmp_path / "secret.txt").write_bytes(b"secret")
    number = cli.log(
        *("--as", "00000EDU", "--confidential", "--attach", str(tmp_path / "secret.txt"))
    )
    verb, *rest = command

    hidden = cli("incidents", verb, number, *rest, "--as", reader)
    absent = cli("incidents", verb, NEVER_GIVEN_OUT, *rest, "--as", reader)

    assert (hidden.exit_code, hidden.stdout) == (absent.exit_code, absent.stdout) == (1, "")
    assert hidden.stderr == absent.stderr.replace(NEVER_GIVEN_OUT, number)
    assert NEVER_GIVEN_OUT in absent.stderr


@pytest.mark.parametrize(
    "command", [("show",), ("comment", "A word"), ("attachment", "note.txt", "--out", "-")]
)
def test_another_schools_incident_answers_as_a_number_never_given_out(
    cli: CommandLine, people: People, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "note.txt").write_bytes(b"note")
    number = cli.log("--as", "00000EDU", "--attach", str(tmp_path / "note.txt"))
    verb, *rest = command

    foreign = cli("incidents", verb, number, *rest, "--as", "30112EDU")
    absent = cli("incidents", verb, NEVER_GIVEN_OUT, *rest, "--as", "30112EDU")

    assert (foreign.exit_code, foreign.stdout) == (absent.exit_code, absent.stdout) == (1, "")
    assert foreign.stderr == absent.stderr.replace(NEVER_GIVEN_OUT, number)


def test_lists_have_confidential_incidents_for_the_service_centre_only(
    cli: CommandLine, people: People
) -> None:
    cli.log("--as", "00000EDU", "--confidential")

    seen = {
        login: len(cli.done("incidents", "list", "--as", login, "--view", view, "--json"))
        for view in ("open", "all")
        for login in ("00000EDU", "bursar", "30112EDU", "handler", "lead")
    }

    assert [login for login, size in seen.items() if size] == ["handler", "lead"]


def test_the_service_centre_reads_a_confidential_incident_and_sees_it_marked_in_words(
    cli: CommandLine, people: People
) -> None:
    number = cli.log("--as", "00000EDU", "--confidential")

    assert cli.shown(number, "handler")["confidential"] is True
    assert "Confidential  yes\n" in cli.done("incidents", "show", number, "--as", "lead")


def test_a_school_lists_its_own_incidents_alone(
    cli: CommandLine, services: Services, people: People
) -> None:
    services.report.log(people.head, new_form(description="Ours"))
    services.report.log(people.neighbour, new_form(description="Theirs"))

    output = cli.done("incidents", "list", "--as", "bursar", "--school", "00000")

    assert "Ours" in output
    assert "Theirs" not in output


@pytest.mark.parametrize("portal_number", ["30112", "77777"])
@pytest.mark.parametrize("verb", ["list", "log"])
def test_a_school_names_no_other_school_whether_there_is_one_or_not(
    cli: CommandLine, people: People, verb: str, portal_number: str
) -> None:
    result = cli("incidents", verb, "--as", "00000EDU", "--school", portal_number)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Your account is of another school; leave --school out.\n"


@pytest.mark.parametrize("command", [("log",), ("comment", "1", "A word")])
def test_a_school_takes_no_calls(
    cli: CommandLine, people: People, command: tuple[str, ...]
) -> None:
    cli.log("--as", "00000EDU")

    result = cli("incidents", *command, "--as", "00000EDU", "--caller", "Somebody")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "caller: Only the service centre takes calls; leave --caller out.\n"


def test_a_shared_login_gives_a_name_with_the_telephone(cli: CommandLine, people: People) -> None:
    complete = ("--category", "N", "--impact", "2", "--description", "Slow.")

    refused = cli("incidents", "log", "--as", "bursar", *complete, "--telephone", "01772 123456")

    assert refused.exit_code == 1
    assert refused.stderr == (
        "telephone: This login is shared: give your name here, and a number.\n"
    )
    assert cli.log("--as", "bursar", "--telephone", "Anne 01772 123456") == "INC0000001"


@pytest.mark.parametrize(
    "command",
    [
        ("list",),
        ("show", "1"),
        ("log",),
        ("comment", "1", "A word"),
        ("attachment", "1", "x", "--out", "-"),
        ("priority", "1", "3"),
        ("note", "1", "A word"),
        ("history", "1"),
    ],
)
def test_a_disabled_account_does_nothing(
    cli: CommandLine, people: People, command: tuple[str, ...]
) -> None:
    cli.log("--as", "00000EDU")
    cli.done("account", "disable", "HANDLER")

    result = cli("incidents", *command, "--as", "handler")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "The account handler is disabled.\n"


def test_an_account_that_there_is_none_of_is_refused(cli: CommandLine, people: People) -> None:
    result = cli("incidents", "list", "--as", "nobody\x1b[2J")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "There is no account named nobody\u241b[2J.\n"
