"""Canned replies, kept at the console for all."""

from __future__ import annotations

import json

import pytest

from eds_tui.domain.views import CannedReply
from eds_tui.services.container import Services
from tests.cli.running import CommandLine
from tests.factories import People


def test_replies_are_kept_listed_by_title_replaced_and_removed(
    cli: CommandLine, services: Services, people: People
) -> None:
    text = "Dear {caller},\r\nplease restart it – twice.\n"
    assert cli.done("reply", "add", " Restart ", "-", stdin=text) == "Reply Restart is kept.\n"
    cli.done("reply", "add", "Call back", "We call back.")
    cli.done("reply", "add", "Call back", "We call you back.")

    assert services.canned_replies.all(people.handler) == (
        CannedReply("Call back", "We call you back."),
        CannedReply("Restart", text),
    )
    assert cli.done("reply", "list").splitlines() == [
        "Call back",
        "  We call you back.",
        "Restart",
        "  Dear {caller},",
        "  please restart it – twice.",
        "",
    ]
    listed = [json.loads(line) for line in cli.done("reply", "list", "--json").splitlines()]
    assert listed[1] == {"title": "Restart", "text": text}

    assert cli.done("reply", "remove", "Call back ") == "Reply Call back is removed.\n"
    assert [reply.title for reply in services.canned_replies.all(None)] == ["Restart"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", " ", "Text"), "title: Give the title.\n"),
        (("add", "Title", " "), "body: Type the text.\n"),
        (("remove", "Title"), "There is no reply titled Title.\n"),
    ],
)
def test_a_reply_that_can_not_be_kept_or_is_not_there_is_refused(
    cli: CommandLine, arguments: tuple[str, ...], told: str
) -> None:
    result = cli("reply", *arguments)

    assert (result.exit_code, result.stdout, result.stderr) == (1, "", told)
    assert cli.done("reply", "list") == ""


@pytest.mark.usefixtures("people")
def test_ones_own_replies_are_kept_beside_those_of_all(cli: CommandLine) -> None:
    mine = ("--mine", "--as", "handler")
    cli.done("reply", "add", "Restart", "All's")
    told = cli.done("reply", "add", "Restart", "-", *mine, stdin="My own")
    assert told == "Reply Restart is kept for handler alone.\n"
    assert cli.done("reply", "list").splitlines() == ["Restart", "  All's"]
    assert json.loads(cli.done("reply", "list", "--json", *mine))["text"] == "My own"
    assert cli.done("reply", "list", "--mine", "--as", "lead") == ""
    assert cli.done("reply", "remove", "Restart", *mine) == "Reply Restart is removed.\n"
    assert "no reply titled" in cli("reply", "remove", "Restart", *mine).stderr
    assert "together" in cli("reply", "list", "--mine").stderr
    assert cli("reply", "list", "--mine", "--as", "00000EDU").exit_code == 1
    assert cli.done("reply", "list").splitlines() == ["Restart", "  All's"]


def test_a_reply_steers_no_terminal_and_passes_for_no_line_of_another(cli: CommandLine) -> None:
    cli.done("reply", "add", "A\nB\x1b[2J", "one\x1b[31m\nRestart\u2028two")

    assert cli.done("reply", "list").splitlines() == [
        "A\u240aB\u241b[2J",
        "  one\u241b[31m",
        "  Restart",
        "  two",
    ]
