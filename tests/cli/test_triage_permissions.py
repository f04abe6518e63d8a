"""No school decides anything by command, nor learns how its incidents are dealt with."""

from __future__ import annotations

import pytest

from tests.cases import each_case
from tests.cli.running import CommandLine

DECISIONS = [
    ("priority", "1", "3"),
    ("state", "1", "in_progress"),
    ("state", "1", "resolved", "--code", "fixed", "--resolution", "Done."),
    ("assign", "1", "--to", "handler"),
    ("assign", "1", "--to", "no-such-account"),
    ("assign", "1", "--team", "Networks"),
    ("assign", "1", "--nobody"),
    ("note", "1", "A word"),
    ("confidential", "1", "yes", "--reason", "A reason"),
    ("link", "1", "--parent", "2"),
    ("link", "1", "--no-parent"),
    ("duplicate", "1", "--of", "2"),
    ("correct", "1", "--category", "D"),
    ("correct", "1", "--school", "30112"),
    ("undo", "1"),
    ("history", "1"),
    ("why-due", "1"),
]


pytestmark = pytest.mark.usefixtures("two_old_incidents")


@each_case("command", DECISIONS)
def test_a_school_account_is_refused_and_nothing_is_changed(
    cli: CommandLine, command: tuple[str, ...]
) -> None:
    before = cli.shown("1", "handler")

    result = cli("incidents", *command, "--as", "00000EDU")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Your account may not do this.\n"
    assert cli.shown("1", "handler") == before


@pytest.mark.parametrize("command", DECISIONS)
def test_a_school_account_can_not_tell_an_incident_from_a_number_never_given_out(
    cli: CommandLine, command: tuple[str, ...]
) -> None:
    verb, _, *rest = command

    result = cli("incidents", verb, "99", *rest, "--as", "00000EDU")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Your account may not do this.\n"


@pytest.mark.parametrize("command", [each for each in DECISIONS if "no-such-account" not in each])
def test_a_number_never_given_out_is_told_to_the_service_centre(
    cli: CommandLine, command: tuple[str, ...]
) -> None:
    cli.done("account", "team", "lead", "Networks")
    verb, _, *rest = command

    result = cli("incidents", verb, "99", *rest, "--as", "handler")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "There is no incident INC0000099 in your lists.\n"


def test_how_an_incident_is_dealt_with_is_shown_to_the_service_centre_alone(
    cli: CommandLine,
) -> None:
    cli.done("account", "team", "handler", "Networks")
    cli.done("incidents", "assign", "1", "--to", "handler", "--as", "lead")
    cli.done("incidents", "link", "2", "--parent", "1", "--as", "lead")
    cli.done("incidents", "confidential", "2", "yes", "--reason", "R", "--as", "lead")

    ours, theirs = cli.shown("1", "lead"), cli.shown("1", "00000EDU")
    plain = cli.done("incidents", "show", "1", "--as", "00000EDU")

    internal = {
        "waiting_for", "assigned_to", "team", "flag", "resolution", "parent", "children",
        "version",
    }  # fmt: skip
    assert {name: ours[name] for name in internal} == {
        "waiting_for": None,
        "assigned_to": "A. Handler",
        "team": "Networks",
        "flag": None,
        "resolution": None,
        "parent": None,
        "children": 1,
        "version": 2,
    }
    assert set(ours) - set(theirs) == internal | {
        "duplicate_of", "duplicates", "below", "chases", "chased_at",
    }  # fmt: skip
    labels = ("Assigned", "Flag", "Linked", "A. Handler", "Networks", "INC0000002")
    assert not [label for label in labels if label in plain]
