"""Accounts at the console: added, listed, changed, disabled; passwords taken as typed."""

from __future__ import annotations

import pytest

from eds_tui.cli.context import operator
from eds_tui.domain.account import SHARED_AT_THE_CENTRE, Role
from eds_tui.domain.errors import SignInRefused
from eds_tui.domain.event import EventKind
from eds_tui.domain.history import in_words
from eds_tui.domain.password import TOO_LONG, Weakness
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.cases import each_case
from tests.cli.running import CommandLine
from tests.factories import PASSWORD, People

ADD = ("account", "add", "desk2", "--name", "New Handler", "--role", "handler")


@pytest.mark.parametrize("line", ["{}\n", "{}\r\n", "{}", "{}\nanother line\n"])
def test_a_password_is_one_line_of_standard_input(
    cli: CommandLine, services: Services, line: str
) -> None:
    typed = "pass–word with spaces "

    assert cli.done(*ADD, stdin=line.format(typed).encode()) == "Account desk2 added.\n"

    assert services.sign_in.sign_in("DESK2", typed).role is Role.HANDLER


ODD = "  deux  blancs,\u00a0dur\N{HORSE}\N{CLOUD}\ufe0f e\u0301  "


def test_a_password_is_taken_to_the_character_at_a_prompt_and_from_input(
    cli: CommandLine, services: Services, people: People
) -> None:
    typed = f"{ODD}\r".encode()
    answers = [(b"Password: ", typed), (b"The same again: ", typed)]

    status, _ = cli.in_terminal(["-m", "eds_tui", *ADD], answers)
    cli.done("account", "password", "lead", stdin=f"{ODD}\n".encode())

    assert status == 0
    for login in ("desk2", "lead"):
        assert services.sign_in.sign_in(login, ODD).login == login


def test_in_a_terminal_a_password_is_typed_twice_and_never_seen(
    cli: CommandLine, services: Services
) -> None:
    typed = f"{PASSWORD}\r".encode()
    answers = [(b"Password: ", typed), (b"The same again: ", typed)]

    status, screen = cli.in_terminal(["-m", "eds_tui", *ADD], answers)

    assert status == 0
    assert PASSWORD.encode() not in screen
    assert screen.rstrip().endswith(b"Account desk2 added.")
    assert services.sign_in.sign_in("desk2", PASSWORD).name == "New Handler"


def test_passwords_that_differ_are_asked_for_again(cli: CommandLine, services: Services) -> None:
    typed = f"{PASSWORD}\r".encode()
    answers = [
        (b"Password: ", typed),
        (b"The same again: ", b"something else\r"),
        (b"Password: ", typed),
        (b"The same again: ", typed),
    ]

    status, _ = cli.in_terminal(["-m", "eds_tui", *ADD], answers)

    assert status == 0
    assert services.sign_in.sign_in("desk2", PASSWORD).login == "desk2"


@pytest.mark.parametrize("command", [ADD, ("account", "password", "handler")])
def test_no_command_takes_a_password_as_an_option(
    cli: CommandLine, people: People, command: tuple[str, ...]
) -> None:
    option = cli(*command, "--password", PASSWORD)
    argument = cli(*command, PASSWORD)

    assert (option.exit_code, argument.exit_code) == (2, 2)
    assert "No such option" in option.stderr


@each_case(
    "changes, stdin, told",
    [
        ((), b"short\n", ["password: A password has at least 12 characters."]),
        ((), b"", ["password: A password has at least 12 characters."]),
        ((), b"x" * 1_025, [f"password: {TOO_LONG}"]),
        ((), b"x" * 10_000_000, [f"password: {TOO_LONG}"]),
        ((), b"New Handler 2026\n", [f"password: {Weakness.NAME.value}"]),
        ((), b"abcdefghijklm\n", [f"password: {Weakness.RUN.value}"]),
        (("--generic",), f"{PASSWORD}\n".encode(), [f"generic: {SHARED_AT_THE_CENTRE}"]),
        ((), b"not utf-8 \xe5\xe4\xf6\n", ["password: The password is not in UTF-8."]),
        (
            ("--role", "school", "--name", " "),
            b"a long enough password\n",
            [
                "name: Give the name of the person, or of the shared login.",
                "school: A school account needs its school's portal number.",
            ],
        ),
        (("--school", "77777"), b"", ["There is no school with portal number 77777."]),
        (("--school", ""), b"", ["There is no school with portal number ."]),
    ],
)
def test_an_account_that_could_not_be_used_is_refused(
    cli: CommandLine, changes: tuple[str, ...], stdin: bytes, told: list[str]
) -> None:
    result = cli(*ADD, *changes, stdin=stdin)

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == told
    assert cli.done("account", "list").splitlines()[1:] == []


def test_a_name_that_is_taken_is_refused(cli: CommandLine, people: People) -> None:
    result = cli("account", "add", "HANDLER", *ADD[3:], stdin=f"{PASSWORD}\n")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "There is an account named HANDLER already.\n"


def test_accounts_are_listed_with_their_school_and_state(cli: CommandLine, people: People) -> None:
    cli.done("account", "disable", "BURSAR")
    cli.done("account", "team", "HANDLER", " Networks ")

    heading, *lines = cli.done("account", "list").splitlines()

    assert heading.split() == ["Account", "Role", "School", "Team", "State", "Bell", "Name"]
    assert [line.split(maxsplit=3) for line in lines] == [
        ["00000EDU", "school", "00000", "Test User"],
        ["30112EDU", "school", "30112", "Neighbour"],
        ["bursar", "school", "00000", "disabled        Bursar"],
        ["handler", "handler", "Networks", "A. Handler"],
        ["lead", "lead", "S.", "Lead"],
    ]


def test_a_new_password_opens_the_kiosk_and_the_old_one_no_more(
    cli: CommandLine, services: Services, people: People
) -> None:
    output = cli.done("account", "password", "00000edu", stdin="another good password\n")

    assert output == "Account 00000EDU has a new password.\n"
    assert services.sign_in.sign_in("00000EDU", "another good password").login == "00000EDU"
    with pytest.raises(SignInRefused):
        services.sign_in.sign_in("00000EDU", PASSWORD)


@pytest.mark.parametrize(
    "command",
    [
        ("password",),
        ("disable",),
        ("enable",),
        ("team", "N"),
        ("role", "lead"),
        ("school", "00000"),
    ],
)
def test_an_account_that_there_is_none_of_is_told(
    cli: CommandLine, people: People, command: tuple[str, ...]
) -> None:
    verb, *rest = command

    result = cli("account", verb, "nobody", *rest)

    assert (result.exit_code, result.stderr) == (1, "There is no account named nobody.\n")


def test_a_disabled_account_opens_nothing(
    cli: CommandLine, services: Services, people: People
) -> None:
    assert cli.done("account", "disable", "00000EDU") == "Account 00000EDU is disabled.\n"

    with pytest.raises(SignInRefused):
        services.sign_in.sign_in("00000EDU", PASSWORD)


def test_an_account_that_is_enabled_again_signs_in_as_before(
    cli: CommandLine, services: Services, people: People
) -> None:
    cli.done("account", "disable", "00000EDU")

    assert cli.done("account", "enable", "00000edu") == "Account 00000edu is enabled.\n"

    assert services.sign_in.sign_in("00000EDU", PASSWORD) == people.head


def test_a_team_is_given_with_the_account_changed_and_taken_away(
    cli: CommandLine, services: Services, people: People
) -> None:
    cli.done(*ADD, "--team", " Networks ", stdin=f"{PASSWORD}\n")
    assert services.accounts.by_login("desk2").team == "Networks"

    changed = cli.done("account", "team", "DESK2", "Sch\x1bools")
    assert changed == "Account desk2 is in the team Sch\u241bools.\n"
    assert services.accounts.by_login("desk2").team == "Sch\x1bools"

    assert cli.done("account", "team", "desk2", "") == "Account desk2 is in no team.\n"
    assert services.accounts.by_login("desk2").team == ""


@pytest.mark.parametrize(
    ("login", "name", "told"),
    [
        ("00000EDU", "Networks", "team: A school account is in no team of the service centre."),
        ("handler", "N" * 65, "team: The name of a team has at most 64 characters."),
    ],
)
def test_a_team_that_can_not_be_is_refused(
    cli: CommandLine, services: Services, people: People, login: str, name: str, told: str
) -> None:
    result = cli("account", "team", login, name)

    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{told}\n")
    assert services.accounts.by_login(login).team == ""


def test_a_school_account_is_not_added_with_a_team(
    cli: CommandLine, services: Services, people: People
) -> None:
    school = ("--role", "school", "--school", "00000", "--team", "Networks")

    result = cli(*ADD, *school, stdin=f"{PASSWORD}\n")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "team: A school account is in no team of the service centre.\n"
    assert "desk2" not in [account.login for account in services.accounts.all()]


def test_an_account_is_given_another_role_and_another_school(
    cli: CommandLine, services: Services, people: People
) -> None:
    assert cli.done("account", "role", "HANDLER", "lead") == "Account handler has the role lead.\n"
    moved = cli.done("account", "school", "bursar", "30112")
    assert moved == "Account bursar belongs to St Mary's and St Michael's, Garstang.\n"
    cli.done("account", "role", "lead", "school", "--school", "00000")

    assert services.accounts.by_login("handler").role is Role.LEAD
    assert services.accounts.by_login("bursar").school_id == people.other_school.id
    assert services.accounts.by_login("lead").school_id == people.school.id


@pytest.mark.parametrize(("command", "told"), [
    (("role", "handler", "school"), "school: A school account needs its school's portal number."),
    (("role", "bursar", "handler"), f"generic: {SHARED_AT_THE_CENTRE}"),
    (("school", "handler", "00000"), "school: A service centre account belongs to no school."),
    (("school", "bursar", "77777"), "There is no school with portal number 77777."),
])  # fmt: skip
def test_a_role_and_a_school_that_do_not_go_together_are_refused(
    cli: CommandLine, people: People, command: tuple[str, ...], told: str
) -> None:
    result = cli("account", *command)

    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{told}\n")


def test_every_change_of_an_account_is_an_event_in_words_and_no_change_is_none(
    cli: CommandLine, database: Database, people: People
) -> None:
    cli.done("account", "enable", "handler")
    cli.done("account", "team", "handler", "Networks")
    cli.done("account", "team", "handler", "Networks")
    cli.done("account", "disable", "handler")
    cli.done("account", "enable", "handler")
    cli.done("account", "role", "handler", "school", "--school", "00000")

    with database.reading() as work:
        events = work.events.of_kind(EventKind.ACCOUNT_CHANGED)
    told = [in_words(event).split("  ", 1)[1] for event in events]
    who = f"{operator()} at the console changed an account:"
    moved = "team: Networks → none; role: handler → school; school: none → 00000"
    assert told == [
        f"{who} team: none → Networks (account handler)",
        f"{who} disabled: yes → no (account handler)",
        f"{who} {moved} (account handler)",
    ]
