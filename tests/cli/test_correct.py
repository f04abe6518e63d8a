"""Putting right what was logged by command, with the rules and sentences of the kiosk (rule 40)."""

from __future__ import annotations

import json

import pytest

from tests.cli.running import CommandLine

pytestmark = pytest.mark.usefixtures("two_old_incidents")

ALL = (
    "--category", "data", "--impact", "Single User", "--caller", "Jo Bloggs", "--telephone",
    "01772 9", "--email", "jo@a.example",
)  # fmt: skip


def test_what_is_given_is_put_right_and_the_rest_stays(cli: CommandLine) -> None:
    (cli.home / "words.txt").write_text("Cable\nbitten by a horse")
    file = str(cli.home / "words.txt")
    row = json.loads(cli.decide("correct", "1", *ALL, "--description-file", file, "--json"))
    assert (row["category"], row["impact"], row["details"]) == (
        "Data", 4, "Cable\nbitten by a horse",
    )  # fmt: skip
    assert row["contact"] == {"name": "Jo Bloggs", "telephone": "01772 9", "email": "jo@a.example"}
    assert cli.decide("correct", "1", "--description", "-", stdin="Words").startswith("INC0000001")
    shown = cli.shown("1", "00000EDU")
    assert (shown["description"], shown["category"]) == ("Words", "Data")
    assert shown["comments"][0]["text"].startswith("Put right by the service centre: category")
    history = cli.decide("history", "1").splitlines()
    assert "  | No internet in the whole building." in history
    assert "  | bitten by a horse" in history


def test_a_school_is_named_by_its_number_or_its_name_and_sees_what_it_may(
    cli: CommandLine,
) -> None:
    cli.decide("comment", "1", "Between us two")
    cli.decide("correct", "1", "--school", "St Mary's and St Michael's", "--key", "once")
    cli.decide("correct", "1", "--school", "St Mary's and St Michael's", "--key", "once")
    assert "There is no incident" in cli("incidents", "show", "1", "--as", "00000EDU").stderr
    for words in (cli.done("incidents", "show", "1", "--as", "30112EDU"),
                  json.dumps(cli.shown("1", "30112EDU"))):  # fmt: skip
        assert "Between us two" not in words
        assert "Test School" not in words
    assert "with Test School, Test Town: not seen by this school" in cli.decide("show", "1")
    assert cli.shown("1", "handler")["comments"][0]["former_school"] == "Test School, Test Town"
    assert cli.decide("correct", "1", "--school", "00000").startswith("INC0000001")
    assert "Between us two" in cli.done("incidents", "show", "1", "--as", "00000EDU")


def test_a_comment_that_names_its_school_is_held_back_from_another(cli: CommandLine) -> None:
    cli.decide("correct", "1", "--school", "30112")
    told = cli.refused("comment", "1", "Ask the caretaker", "--school", "00000")
    assert told == (
        "INC0000001 belongs to St Mary's and St Michael's, Garstang now."
        " This was meant for Test School, Test Town, and is not sent.\n"
    )
    assert "leave --school out" in cli(
        "incidents", "comment", "1", "x", "--school", "00000", "--as", "30112EDU"
    ).stderr  # fmt: skip
    cli.decide("comment", "1", "Ask the head", "--school", "30112")
    assert [each["text"] for each in cli.shown("1", "30112EDU")["comments"]] == ["Ask the head"]


def test_what_can_not_be_is_refused_in_words(cli: CommandLine) -> None:
    assert cli.refused("correct", "1") == (
        "correction: Nothing is changed: it holds all that already.\n"
    )
    assert "Give the caller's name." in cli.refused("correct", "1", "--caller", " ")
    assert "Type the description." in cli.refused("correct", "1", "--description", "")
    assert "not both" in cli.refused(
        "correct", "1", "--description", "x", "--description-file", "y"
    )
    cli.done("school", "change", "30112", "--closed", "--as", "lead")
    assert "closed" in cli.refused("correct", "1", "--school", "30112")


def test_what_was_seen_is_decided_on_field_by_field(cli: CommandLine) -> None:
    cli.done("incidents", "correct", "1", "--category", "S", "--as", "lead")
    cli.decide("correct", "1", "--impact", "1", "--seen", "1")
    told = cli.refused("correct", "1", "--category", "D", "--seen", "1")
    assert told.startswith("INC0000001 was changed by S. Lead.\nCategory: was Network, is Software")
    assert "yours Data" in told


def test_logged_in_error_tells_the_school_by_itself_and_the_service_centre_as_a_code(
    cli: CommandLine,
) -> None:
    cli.decide("state", "1", "resolved", "--code", "logged in error")
    shown = cli.shown("1", "00000EDU")
    assert shown["comments"][-1]["text"].startswith("This incident was logged in error")
    assert "resolution" not in shown
    assert cli.shown("1", "handler")["resolution"] == "logged_in_error"
    assert " · Logged in error" in cli.decide("show", "1")
    (row,) = cli.done(
        "incidents", "list", "--view", "resolved", "--as", "handler", "--json"
    ).splitlines()
    assert json.loads(row)["resolution"] == "logged_in_error"
