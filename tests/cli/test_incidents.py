"""Showing, logging and answering incidents by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from eds_tui.domain.lifecycle import State
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.conversation import TELEPHONE_TO_REOPEN
from tests.cli.running import CommandLine
from tests.factories import START, People, SetClock, new_form, set_state


def test_plain_output_shows_an_incident_from_top_to_bottom(
    cli: CommandLine, services: Services, people: People
) -> None:
    form = new_form(
        school_id=people.school.id,
        caller="Test Bursar",
        telephone="01772 123456",
        description="Line one\nline two",
    )
    services.report.log(people.handler, form)
    services.conversation.comment(people.head, 1, "Still so.\nSince Monday.", "key-1")

    first, again = (cli.done("incidents", "show", "1", "--as", "handler") for _ in range(2))

    new = "  ── new since 10 Jun 11:52 ──"
    assert first.splitlines()[16] == new
    assert again.splitlines() == [line for line in first.splitlines() if line != new]
    assert again.splitlines() == [
        "Number        INC0000001",
        "School        Test School, Test Town",
        "State         New",
        "Priority      0 – None",
        "SLA due date  –",
        "Category      Network",
        "Impact        2 Site/Department",
        "Confidential  no",
        "Contact       Test Bursar, 01772 123456",
        "Logged        10-06-2026 11:52:00 by A. Handler for Test Bursar (phone)",
        "Resolved      –",
        "Assigned      –",
        "Description",
        "  Line one",
        "  line two",
        "Comments",
        "  Test User",
        "  10-06-2026 11:52:00 - Still so.",
        "    Since Monday.",
    ]


def test_plain_output_shows_files_and_feedback(
    cli: CommandLine, services: Services, people: People, database: Database, tmp_path: Path
) -> None:
    (tmp_path / "log.txt").write_bytes(b"x" * 1234)
    number = cli.log("--as", "00000EDU", "--attach", str(tmp_path / "log.txt"))
    long_ago = START.replace(year=2020)
    set_state(database, people, 1, State.RESOLVED, long_ago)
    services.conversation.rate(people.head, 1, 4, "Quick,\nand kind")

    output = cli.done("incidents", "show", number, "--as", "00000EDU")

    assert "State         Closed\n" in output
    assert "Resolved      10-06-2020 11:52:00\n" in output
    assert "Attachments\n  log.txt (1,234 bytes)\n" in output
    assert output.endswith("Feedback      4 of 5\n  Quick,\n  and kind\n")


@pytest.mark.parametrize("spelling", ["INC0000001", "inc1", "0000001", "1", " Inc 1 "])
def test_a_reference_is_understood_in_any_spelling(
    cli: CommandLine, people: People, spelling: str
) -> None:
    number = cli.log("--as", "00000EDU")

    assert cli.shown(spelling, "00000EDU")["number"] == number == "INC0000001"


@pytest.mark.parametrize(
    ("category", "impact", "stored"),
    [
        ("D", "1", ("Data", 1)),
        ("hardware", "Site/Department", ("Hardware", 2)),
        ("p", "multiple users", ("Passwords / Logins", 3)),
        ("passwords / logins", "4 Single User", ("Passwords / Logins", 4)),
        ("SOFTWARE", "site", ("Software", 2)),
    ],
)
def test_category_and_impact_are_given_by_name_letter_or_digit(
    cli: CommandLine, people: People, category: str, impact: str, stored: tuple[str, int]
) -> None:
    number = cli.log("--as", "00000EDU", "--category", category, "--impact", impact)

    found = cli.shown(number, "00000EDU")
    assert (found["category"], found["impact"]) == stored


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (("--category", "Printer"), "--category"),
        (("--impact", "5"), "--impact"),
        (("--impact", ""), "--impact"),
        (("--as", "handler", "--view", "yesterday"), "--view"),
    ],
)
def test_a_choice_that_there_is_none_of_is_a_usage_error(
    cli: CommandLine, people: People, arguments: tuple[str, ...], wrong: str
) -> None:
    command = "list" if "--view" in arguments else "log"

    result = cli("incidents", command, *arguments)

    assert result.exit_code == 2
    assert f"Invalid value for '{wrong}'" in result.stderr
    assert result.stdout == ""


def test_every_wrong_field_has_a_line_and_nothing_is_logged(
    cli: CommandLine, people: People
) -> None:
    result = cli("incidents", "log", "--as", "handler")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "school: Give the caller's school: --school SCHOOL.",
        "caller: Give the caller's name.",
        "category: Choose a category: D, H, N, P or S.",
        "impact: Choose an impact: 1, 2, 3 or 4.",
        "description: Type the description.",
    ]
    assert cli.done("incidents", "list", "--as", "handler", "--json") == ""


def test_8000_characters_are_kept_and_one_more_is_refused(cli: CommandLine, people: People) -> None:
    longest = "é" * 8_000
    number = cli.log("--as", "00000EDU", "--description", "-", stdin=longest)
    complete = ("--category", "N", "--impact", "2", "--description", "-")

    result = cli("incidents", "log", "--as", "00000EDU", *complete, stdin=f"{longest}.")

    assert cli.shown(number, "00000EDU")["description"] == longest
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "description: The description has 8,001 characters; at most 8,000 can be kept.\n"
    )


def test_endless_standard_input_is_not_read_to_its_end(cli: CommandLine, people: People) -> None:
    result = cli("incidents", "comment", "1", "-", "--as", "handler", stdin=b"x" * 1_048_577)

    assert result.exit_code == 1
    assert result.stderr == (
        "comment: Standard input has more than 1 MB; that is no text to keep.\n"
    )


def test_a_comment_from_standard_input_keeps_every_line_break(
    cli: CommandLine, people: People
) -> None:
    number = cli.log("--as", "00000EDU")

    cli.done("incidents", "comment", number, "-", "--as", "00000EDU", stdin=b"a\r\nb\rc\n\n")

    (comment,) = cli.shown(number, "handler")["comments"]
    assert comment["text"] == "a\r\nb\rc\n\n"
    assert comment["from_school"] is True


def test_a_comment_by_telephone_names_who_called(cli: CommandLine, people: People) -> None:
    number = cli.log("--as", "00000EDU")

    cli.done(
        *("incidents", "comment", number, "It works again.", "--as", "handler"),
        *("--caller", "Mrs Testing"),
    )

    (comment,) = cli.shown(number, "00000EDU")["comments"]
    assert comment["author"] == "A. Handler for Mrs Testing (phone)"
    assert comment["from_school"] is False


def test_a_school_that_comments_on_a_resolved_incident_is_told_to_telephone(
    cli: CommandLine, services: Services, people: People, database: Database
) -> None:
    number = cli.log("--as", "00000EDU")
    opened = services.queue.open(people.lead, 1).row.opened_at
    set_state(database, people, 1, State.RESOLVED, opened)

    by_school = cli("incidents", "comment", number, "No better.", "--as", "00000EDU")
    by_handler = cli("incidents", "comment", number, "We know.", "--as", "handler")

    assert (by_school.exit_code, by_school.stderr) == (0, f"{TELEPHONE_TO_REOPEN}\n")
    assert (by_handler.exit_code, by_handler.stderr) == (0, "")
    assert cli.shown(number, "00000EDU")["state"] == "Resolved"


def test_moments_are_given_to_scripts_in_utc(
    cli: CommandLine, services: Services, people: People, clock: SetClock
) -> None:
    services.report.log(people.head, new_form())

    assert cli.shown("1", "handler")["opened_at"] == "2026-06-10T10:52:00+00:00"


def test_in_a_terminal_it_is_said_where_updates_are_and_the_number_stays_alone_elsewhere(
    cli: CommandLine, people: People
) -> None:
    complete = ("--category", "N", "--impact", "2", "--description", "Slow.", "--as", "00000EDU")
    command = ("-m", "eds_tui", "incidents", "log", *complete)

    _, plain = cli.in_terminal(command)
    _, hidden = cli.in_terminal([*command, "--confidential"])
    piped = cli.program("incidents", "log", *complete)

    assert plain.decode().splitlines() == [
        "INC0000001",
        "Its updates: eds-tui incidents show INC0000001, and by e-mail to head@test-school.example",
    ]
    assert hidden.decode().splitlines() == [
        "INC0000002",
        "It is confidential: telephone the ICT Service Centre for updates.",
    ]
    assert (piped.stdout, piped.stderr) == (b"INC0000003\n", b"")
