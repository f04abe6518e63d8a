"""Triage by command: each decision is made, and answered with the incident as it then is."""

from __future__ import annotations

import re

import pytest

from eds_tui.services.container import Services
from tests.cli.running import CommandLine
from tests.factories import People, SetClock

pytestmark = pytest.mark.usefixtures("two_old_incidents")


@pytest.mark.parametrize("spelling", ["3", "medium", "3 – Medium", "3-MEDIUM"])
def test_a_priority_starts_the_work_and_gives_a_due_date(cli: CommandLine, spelling: str) -> None:
    output = cli.decide("priority", "1", spelling)

    due = r"due Mon 15 Jun 2020 11:52 \(late \d+ d\)"
    expected = rf"INC0000001  3 – Medium  In Progress  {due}  assigned to nobody\n"
    assert re.fullmatch(expected, output)
    found = cli.shown("1", "handler")
    assert (found["priority"], found["state"], found["late"]) == (3, "In Progress", True)
    assert found["sla_due"] == "2020-06-15T10:52:00+00:00"


def test_the_priority_that_it_has_already_is_refused(cli: CommandLine) -> None:
    assert cli.refused("priority", "1", "0") == ("priority: The priority is 0 – None already.\n")


@pytest.mark.parametrize(
    "decision", [("priority", "4"), ("assign", "--to", "lead"), ("link", "--parent", "2")]
)
def test_a_closed_incident_is_decided_about_no_more(
    cli: CommandLine, decision: tuple[str, ...]
) -> None:
    cli.decide("duplicate", "1", "--of", "2")
    command, *options = decision
    assert cli.refused(command, "1", *options) == (
        "state: It is closed. Log a new incident that names this one.\n"
    )


def test_the_change_that_is_waited_for_is_shown_to_the_service_centre_alone(
    cli: CommandLine,
) -> None:
    cli.decide("state", "1", "on_hold_change", "--waiting-for", "The upgrade in July")
    assert "\nWaits for     The upgrade in July\n" in cli.decide("show", "1")
    assert cli.shown("1", "handler")["waiting_for"] == "The upgrade in July"
    assert "July" not in cli.done("incidents", "show", "1", "--as", "00000EDU")
    assert "waiting_for" not in cli.shown("1", "00000EDU")


def test_an_incident_is_given_to_a_person_a_team_and_nobody(cli: CommandLine) -> None:
    cli.done("account", "team", "lead", "Networks")
    start = "INC0000001  0 – None  New  no due date  "

    assert cli.decide("assign", "1", "--to", "HANDLER") == f"{start}A. Handler\n"
    assert cli.decide("assign", "1", "--to", "lead") == f"{start}S. Lead, team Networks\n"
    found = cli.shown("1", "handler")
    assert (found["assigned_to"], found["team"]) == ("S. Lead", "Networks")
    assert cli.decide("assign", "1", "--team", "networks") == f"{start}team Networks\n"
    assert cli.decide("assign", "1", "--nobody") == f"{start}assigned to nobody\n"
    found = cli.shown("1", "handler")
    assert (found["assigned_to"], found["team"]) == (None, None)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--to", "somebody"), "There is no account named somebody.\n"),
        (
            ("--to", "00000EDU"),
            "assignee: Test User can't be given incidents; choose somebody else.\n",
        ),
        (("--team", "Network"), "team: There is no team Network; there are Networks.\n"),
        (("--team", ""), "team: There is no team ; there are Networks.\n"),
    ],
)
def test_whoever_can_not_be_given_an_incident_is_refused(
    cli: CommandLine, options: tuple[str, ...], told: str
) -> None:
    cli.done("account", "team", "lead", "Networks")

    assert cli.refused("assign", "1", *options) == told
    assert cli.shown("1", "handler")["assigned_to"] is None


def test_a_team_is_refused_while_there_is_none(cli: CommandLine) -> None:
    assert cli.refused("assign", "1", "--team", "Networks") == (
        "team: There is no team Networks; no account has a team yet.\n"
    )


def test_a_work_note_is_seen_by_the_service_centre_alone(cli: CommandLine) -> None:
    output = cli.decide("note", "1", "-", stdin="Switch 4\nis old.\n")

    assert output == "INC0000001  0 – None  New  no due date  assigned to nobody\n"
    (note,) = cli.shown("1", "lead")["comments"]
    assert (note["text"], note["internal"], note["author"]) == (
        "Switch 4\nis old.\n",
        True,
        "A. Handler",
    )
    assert "  A. Handler, work note\n" in cli.decide("show", "1")
    assert cli.shown("1", "00000EDU")["comments"] == []
    assert "Switch" not in cli.done("incidents", "show", "1", "--as", "00000EDU")


def test_an_empty_work_note_is_refused(cli: CommandLine) -> None:
    assert cli.refused("note", "1", " ") == "note: Type the work note.\n"


def test_a_note_on_a_confidential_incident_is_no_opening_of_it(cli: CommandLine) -> None:
    cli.decide("confidential", "1", "yes", "--reason", "Staff matter.")

    cli.decide("note", "1", "Done by hand.")

    assert "opened it" not in cli.decide("history", "1")


def test_an_incident_is_hidden_from_its_school_and_shown_again(cli: CommandLine) -> None:
    output = cli.decide("confidential", "1", "yes", "--reason", "Staff matter.")

    assert output == ("INC0000001  0 – None  New  no due date  assigned to nobody  confidential\n")
    assert cli("incidents", "show", "1", "--as", "00000EDU").exit_code == 1
    cli.decide("confidential", "1", "no", "--reason", "Asked for.")
    assert cli.shown("1", "00000EDU")["confidential"] is False
    assert cli.decide("history", "1").count("(reason: ") == 2


def test_a_confidential_incident_is_not_changed_without_a_reason(cli: CommandLine) -> None:
    told = cli.refused("confidential", "1", "yes", "--reason", " ")

    assert told == "reason: Type the reason.\n"
    assert cli.shown("1", "handler")["confidential"] is False


def test_an_incident_hangs_on_a_major_one_and_is_taken_off_again(cli: CommandLine) -> None:
    output = cli.decide("link", "2", "--parent", "inc1")

    assert output.endswith("  assigned to nobody  under INC0000001\n")
    assert cli.shown("2", "handler")["parent"] == "INC0000001"
    assert cli.shown("1", "handler")["children"] == 1
    assert "\nLinked        1 under it\n" in cli.decide("show", "1")
    assert "\nLinked        under INC0000001\n" in cli.decide("show", "2")
    assert cli.decide("link", "2", "--no-parent").endswith("  assigned to nobody\n")
    assert cli.shown("2", "handler")["parent"] is None


@pytest.mark.parametrize(
    ("parent", "told"),
    [
        ("1", "parent: An incident can't hang on itself.\n"),
        ("99", "parent: There is no incident INC0000099.\n"),
    ],
)
def test_a_link_that_can_not_be_is_refused(cli: CommandLine, parent: str, told: str) -> None:
    assert cli.refused("link", "1", "--parent", parent) == told


def test_a_duplicate_is_closed_and_names_the_one_that_stays(cli: CommandLine) -> None:
    output = cli.decide("duplicate", "2", "--of", "1")

    assert output.startswith("INC0000002  0 – None  Closed  ")
    (comment,) = cli.shown("2", "00000EDU")["comments"]
    assert "INC0000001" in comment["text"]
    assert "(duplicate of INC0000001)" in cli.decide("history", "2")


def test_ones_own_last_decision_is_taken_back_and_nobody_elses(cli: CommandLine) -> None:
    cli.decide("priority", "1", "3")

    by_another = cli("incidents", "undo", "1", "--as", "lead")
    output = cli.decide("undo", "1")

    assert (by_another.exit_code, by_another.stderr) == (
        1,
        "There is nothing of yours to undo on INC0000001. A. Handler has touched it since.\n",
    )
    assert output == "INC0000001  0 – None  New  no due date  assigned to nobody\n"


def test_the_history_is_one_line_an_event_oldest_first(cli: CommandLine) -> None:
    cli.done("account", "add", "desk2", "--name", "Two\nlines\x1b", "--role", "handler",
             stdin="a long enough password\n")  # fmt: skip
    cli.done("incidents", "priority", "1", "5", "--as", "desk2")
    cli.decide("note", "1", "Line one\nline two")

    first, second, third = cli.decide("history", "1").splitlines()

    assert first == "10-06-2020 11:52:00  Test User logged it"
    assert second.endswith(
        "  Two\u240alines\u241b changed state: New → In Progress;"
        " priority: 0 – None → 5 – Advice and Guidance"
    )
    assert third.endswith("  A. Handler wrote a work note")


def test_why_an_incident_is_due_when_it_is_is_told_in_lines(
    cli: CommandLine, services: Services, people: People, clock: SetClock
) -> None:
    assert cli.decide("why-due", "1").splitlines() == [
        "Priority 0 – None: target none.",
        "Nothing is promised for this priority, so there is no due date.",
    ]
    cli.decide("priority", "1", "1")
    cli.decide("state", "1", "resolved", "--code", "fixed", "--resolution", "Done.")

    head, first, *_ = cli.decide("why-due", "1").splitlines()

    assert head == "Priority 1 – Critical: target 4 hours."
    assert first.startswith("Wed 10 Jun")
    assert "running" in first


def test_a_decision_over_what_was_seen_is_refused_field_by_field_and_goes_beside_the_rest(
    cli: CommandLine,
) -> None:
    """Rule 37: as in the kiosk, in plain lines; what the lead did is no news to the lead."""
    seen = str(cli.shown("1", "handler")["version"])
    cli.done("incidents", "assign", "1", "--to", "lead", "--as", "lead")
    cli.decide("priority", "1", "4", "--seen", seen)
    before = cli.decide("history", "1")

    told = cli("incidents", "priority", "1", "1", "--seen", seen, "--as", "lead")

    assert (told.exit_code, told.stdout) == (1, "")
    head, *lines = [re.sub(", [-0-9]{10} [:0-9]{8}", "", line) for line in told.stderr.splitlines()]
    assert (head, lines) == (
        "INC0000001 was changed by A. Handler.",
        [
            "State: was New, is In Progress (A. Handler), yours In Progress",
            "Priority: was 0 – None, is 4 – Low (A. Handler), yours 1 – Critical",
            "Due: was none, is 17-06-2020 11:52 (A. Handler), yours 10-06-2020 15:52",
        ],
    )
    assert cli.decide("history", "1") == before
    seen = str(cli.shown("1", "handler")["version"])
    assert "1 – Critical" in cli.done(
        "incidents", "priority", "1", "1", "--seen", seen, "--as", "lead"
    )


def test_an_undo_that_somebody_came_in_the_way_of_says_what_they_changed(cli: CommandLine) -> None:
    cli.decide("priority", "1", "4")
    cli.done("incidents", "assign", "1", "--to", "lead", "--as", "lead")

    lines = cli.refused("undo", "1").splitlines()

    assert (
        lines[0] == "There is nothing of yours to undo on INC0000001. S. Lead has touched it since."
    )
    assert lines[-2].startswith("Assigned to: was nobody, is S. Lead (S. Lead, ")
    assert lines[-1] == "Only what was changed last can be taken back."


@pytest.mark.parametrize(
    "decision",
    [
        ("priority", "1", "3"),
        ("state", "1", "in_progress"),
        ("assign", "1", "--to", "handler"),
        ("confidential", "1", "yes", "--reason", "A pupil is named."),
        ("link", "1", "--parent", "2"),
        ("duplicate", "1", "--of", "2"),
    ],
)
def test_every_decision_can_be_made_on_what_was_seen(
    cli: CommandLine, decision: tuple[str, ...]
) -> None:
    cli.done("incidents", "state", "1", "resolved", "--code", "fixed", "--resolution", "Done.",
             "--as", "lead")  # fmt: skip

    told = cli.refused(*decision, "--seen", "1")

    assert told.startswith(
        "INC0000001 was changed by S. Lead.\nState: was New, is Resolved (S. Lead"
    )
