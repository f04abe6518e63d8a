"""Every list and form in plain lines, for scripts as JSON, and a school by its name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eds_tui.cli.context import operator
from eds_tui.services.container import Services
from tests.cli.running import CommandLine
from tests.factories import PASSWORD, People, SetClock, log, new_form, new_school
from tests.ui.deciding import closed

pytestmark = pytest.mark.on_sqlite
LEAD, HANDLER, HEAD = ("--as", "lead"), ("--as", "handler"), ("--as", "00000EDU")


@pytest.fixture
def cli(tmp_path: Path, database_url: str) -> CommandLine:
    """The command line, set to the database of the test by the environment."""
    return CommandLine(tmp_path, database_url)


def objects(text: str) -> list[dict[str, Any]]:
    """Return what --json has printed, an object a line."""
    return [json.loads(line) for line in text.splitlines()]


def test_a_school_is_changed_closed_and_opened_again(cli: CommandLine, people: People) -> None:
    changed = cli.done(
        *("school", "change", "test school", "--name", "New School", "--email", "x@new.example"),
        *("--contact", "Zoe New;Head", "--without", "mrs testing", "--main-contact", "zoe new"),
        *("--bandwidth", "", "--closed", *LEAD),
    )
    assert changed == (
        "00000  New School, Test Town: name: Test School → New School;"
        " notified address: head@test-school.example → x@new.example;"
        " bandwidth: 100 Mbps → none;"
        " contacts: Mrs Testing · Headteacher · 01772 654321 · head@test-school.example,"
        " Test Bursar · Bursar · 01772 123456 ext 4 · bursar@test.example · main contact →"
        " Test Bursar · Bursar · 01772 123456 ext 4 · bursar@test.example,"
        " Zoe New · Head · main contact; closed: no → yes\n"
    )
    call = ("--school", "New School", "--caller", "Jo", *HANDLER)
    usual = ("--category", "N", "--impact", "2", "--description", "No internet.")
    assert cli("incidents", "log", *usual, *call).stderr == (
        "school: That school is closed: it takes no new incident. Choose another.\n"
    )
    assert "  closed  New School, Test Town" in cli.done("school", "list")
    assert cli("school", "find", "new school", *HANDLER).exit_code == 1
    assert "it was so already" in cli.done("school", "change", "00000", "--closed", *LEAD)
    cli.done("school", "change", "New School", "--open", *LEAD)
    assert cli.log(*call) == "INC0000001"
    assert cli("school", "change", "00000", "--town", "T", *HANDLER).exit_code == 1
    assert cli("school", "change", "00000", *LEAD).exit_code == 2


def test_a_school_goes_by_its_name_where_only_one_has_it(
    cli: CommandLine, services: Services, people: People
) -> None:
    for number, name in (("10001", "St Mary's"), ("10002", "St Mary's Upper")):
        services.schools.add(new_school(portal_number=number, name=name, town="Hill"))
    caller = ("--caller", "Jo", *HANDLER)
    for text in ("saint marys, hill", "St. Mary's", "mary's upper", "00000"):
        cli.log("--school", text, *caller)
    schools = [row["school"] for row in objects(cli.done("incidents", "list", "--json", *HANDLER))]
    assert schools == [
        "Test School, Test Town", "St Mary's Upper, Hill", "St Mary's, Hill", "St Mary's, Hill",
    ]  # fmt: skip
    several = cli("incidents", "list", "--school", "mary", *HANDLER)
    assert (several.exit_code, several.stderr.splitlines()) == (1, [
        "3 schools are found by mary; give the portal number of one.",
        "30112  St Mary's and St Michael's, Garstang",
        "10001  St Mary's, Hill",
        "10002  St Mary's Upper, Hill",
    ])  # fmt: skip
    assert cli("incidents", "list", "--school", "Nowhere", *HANDLER).stderr == (
        "There is no school named Nowhere.\n"
    )
    assert cli("incidents", "list", "--school", "test school", *HEAD).exit_code == 0
    assert "of another school" in cli("incidents", "list", "--school", "Garstang", *HEAD).stderr
    add = ("account", "add", "new", "--name", "N", "--role", "school", "--school", "Garstang")
    assert cli.done(*add, stdin=f"{PASSWORD}\n") == "Account new added.\n"


def test_schools_are_found_and_shown_with_what_they_have(
    cli: CommandLine, services: Services, people: People, clock: SetClock
) -> None:
    closed(services, people, clock)
    log(services, people, 1)
    services.report.log(people.head, new_form(confidential=True))
    (found,) = objects(cli.done("school", "find", "bursar", "--json", *HANDLER))
    assert (found["portal_number"], found["closed"], found["contacts"][0]["main"]) == (
        "00000", False, True,
    )  # fmt: skip
    shown = json.loads(cli.done("school", "show", "Test School", "--json", *HANDLER))
    numbers = {name: [row["number"] for row in rows] for name, rows in shown["incidents"].items()}
    assert numbers == {"open": ["INC0000003", "INC0000002"], "closed": ["INC0000001"]}
    lines = cli.done("school", "show", "00000", *HEAD)
    assert "Notified address head@test-school.example\n" in lines
    assert "  Test Bursar · Bursar · 01772 123456 ext 4 · bursar@test.example" in lines
    assert "INC0000002" in lines
    assert "INC0000003" not in lines
    assert "of another school" in cli("school", "show", "30112", *HEAD).stderr
    assert len(objects(cli.done("school", "list", "--json"))) == 2


def test_incidents_are_searched_and_searches_are_kept_renamed_and_dropped(
    cli: CommandLine, services: Services, people: People
) -> None:
    log(services, people, 3)
    services.report.log(people.head, new_form(description="The printer jams.", confidential=True))
    rows = objects(cli.done("incidents", "search", "print", "--json", *HANDLER))
    assert [row["number"] for row in rows] == ["INC0000004"]
    assert cli.done("incidents", "search", "print", *HEAD).count("\n") == 1
    result = cli("incidents", "search", "internet school:test is:odd", "--limit", "2", *HANDLER)
    assert [line[1:11] for line in result.stdout.splitlines()[1:]] == ["INC0000003", "INC0000002"]
    assert result.stderr.splitlines() == [
        "is:odd is not understood; it takes late, confidential or replied.",
        "There are more than these 2; --limit shows more.",
    ]
    cli.done("view", "save", "3", "Printers", "print", *HANDLER)
    cli.done("view", "rename", "3", "All printers", *HANDLER)
    assert cli.done("view", "move", "3", "8", *HANDLER) == "View 8 is All printers.\n"
    cli.done("view", "move", "8", "3", *HANDLER)
    assert objects(cli.done("view", "list", "--json", *HANDLER)) == [
        {"digit": 3, "name": "All printers", "search": "print"}
    ]
    assert "INC0000004" in cli.done("incidents", "search", "--view", "3", *HANDLER)
    assert cli("view", "rename", "4", "N", *HANDLER).stderr == "You keep no view under 4.\n"
    assert cli.done("view", "drop", "3", *HANDLER) == "View 3 is dropped.\n"
    assert cli("view", "drop", "3", *HANDLER).stderr == "You keep no view under 3.\n"
    assert cli("incidents", "search", "--view", "3", *HANDLER).exit_code == 1
    assert cli("view", "list", *HEAD).exit_code == 1


def test_feedback_is_given_and_read_by_leads_in_one_list(
    cli: CommandLine, services: Services, people: People, clock: SetClock
) -> None:
    closed(services, people, clock)
    cli.done("incidents", "rate", "1", "4", "-", *HEAD, stdin="Quick,\nand kind")
    assert "has been rated already" in cli("incidents", "rate", "1", "4", *HEAD).stderr
    (rated,) = objects(cli.done("feedback", "--json", *LEAD))
    assert (rated["number"], rated["rating"], rated["text"], rated["by"]) == (
        "INC0000001", 4, "Quick,\nand kind", "Test User",
    )  # fmt: skip
    lines = cli.done("feedback", "--school", "Test School", *LEAD).splitlines()
    assert lines[0].startswith("INC0000001  4 of 5  ")
    assert lines[2:] == ["  Quick,", "  and kind"]
    assert cli.done("feedback", "--school", "30112", *LEAD) == ""
    for login in (HANDLER, HEAD):
        assert cli("feedback", *login).exit_code == 1


def test_whoever_did_it_at_the_console_is_told_with_from_and_to(
    cli: CommandLine, services: Services, people: People
) -> None:
    cli.done("reply", "add", "Closing", "Thank you.")
    cli.done("reply", "add", "Closing", "Thank you very much.")
    level = cli.done("service-level", "show", "--toml").replace('"4 hours"', '"3 hours"')
    cli.done(
        "service-level", "set", "-", stdin=level.replace("holidays = true", "holidays = false")
    )
    cli.done("account", "disable", "handler")
    cli.done("school", "change", "00000", "--town", "Hill", *LEAD)
    cli.done("school", "add", "--portal-number", "10001", "--name", "N", "--town", "T")
    who = f"{operator()} at the console"
    lines = cli.done("audit", "changes", "--limit", "6", *LEAD).splitlines()
    assert [line.partition("  ")[2] for line in lines] == [
        f"{who} added a school (portal number 10001)",
        f"S. Lead ({who}) changed a school: town: Test Town → Hill (portal number 00000)",
        f"{who} disabled an account: disabled: no → yes (account handler)",
        (
            f"{who} changed the service level: bank holidays: closed → open;"
            " target of 1 – Critical: 4 hours → 3 hours"
        ),
        f"{who} changed a canned reply: text: “Thank you.” → “Thank you very much.” (Closing)",
        f"{who} changed a canned reply: text: none → “Thank you.” (Closing)",
    ]
    newest = objects(cli.done("audit", "changes", "--json", *LEAD))[0]
    assert (newest["kind"], newest["operator"]) == ("school_added", operator())
    services.sign_in.sign_in("lead", PASSWORD)
    (signed_in,) = objects(cli.done("audit", "sign-ins", "--json", *LEAD))
    assert (signed_in["kind"], signed_in["actor"]) == ("signed_in", "S. Lead")
    assert cli("audit", "sign-ins", *HEAD).exit_code == 1


def test_what_can_be_read_in_the_kiosk_can_be_read_in_lines(
    cli: CommandLine, people: People
) -> None:
    titles = cli.done("information", *HEAD).splitlines()
    assert titles[:2] == ["What the states mean", "Your school"]
    for topic in objects(cli.done("information", "--json")):
        assert topic["text"]
        assert topic["text"].splitlines()[0] in cli.done("information", topic["title"])
    assert "Portal number    00000" in cli.done("information", "your school", *HEAD)
    assert cli("information", "nothing so called").exit_code == 1
    assert cli("information", "s").exit_code == 1


def test_other_lists_are_there_for_scripts_too(
    cli: CommandLine, services: Services, people: People
) -> None:
    log(services, people, 1)
    (event,) = objects(cli.done("incidents", "history", "1", "--json", *HANDLER))
    assert (event["kind"], event["actor"]) == ("incident_logged", "Test User")
    assert objects(cli.done("incidents", "why-due", "1", "--json", *HANDLER))[0]["words"]
    accounts = {each["account"]: each for each in objects(cli.done("account", "list", "--json"))}
    assert (accounts["bursar"]["school"], accounts["lead"]["school"]) == ("00000", None)
    assert objects(cli.done("message", "list", "--json"))[0]["changed_by"] is None
    assert objects(cli.done("message", "show", "logged", "--json"))[0]["subject"]
    assert objects(cli.done("mail", "status", "--json"))[0]["waiting"] == 1
