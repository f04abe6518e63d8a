"""The texts of e-mails, at the console (rule 27)."""

from __future__ import annotations

from pathlib import Path

import pytest

from eds_tui.domain.notification import NotificationKind
from tests.cli.running import CommandLine
from tests.factories import People

OURS = "Subject: RemoteChanges on {{ number }}\n\nDear colleagues,\n\n{{ comment }}\n\nThe desk\n"
KINDS = [kind.value for kind in NotificationKind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_that_is_shown_can_be_set_again(
    cli: CommandLine, people: People, tmp_path: Path, kind: str
) -> None:
    shown = cli.done("message", "show", kind)
    file = tmp_path / "text.txt"
    file.write_text(shown)
    cli.done("message", "set", kind, str(file), "--as", "lead")
    assert cli.done("message", "show", kind) == shown
    assert "INC0123456" in cli.done("message", "preview", kind)


def test_a_lead_replaces_a_text_and_puts_the_built_in_one_back(
    cli: CommandLine, people: People
) -> None:
    built_in = cli.done("message", "show", "comment")
    said = cli.done("message", "set", "comment", "-", "--as", "lead", stdin=OURS)
    assert said == "The text for comment is in force.\n"
    assert cli.done("message", "show", "comment") == OURS
    assert cli.done("message", "preview", "comment") == (
        "Subject: RemoteChanges on INC0123456\n\nDear colleagues,\n\n"
        "An engineer comes on Friday morning.\n\nThe desk\n"
    )
    lines = cli.done("message", "list").splitlines()
    assert [line.split()[0] for line in lines[1:]] == KINDS
    assert ["S. Lead" in line for line in lines[1:]] == [kind == "comment" for kind in KINDS]
    assert cli.done("message", "reset", "comment", "--as", "lead") == (
        "The built-in text for comment is in force again.\n"
    )
    assert cli.done("message", "show", "comment") == built_in


def test_a_text_is_tried_out_before_it_is_in_force(cli: CommandLine, people: People) -> None:
    assert "RemoteChanges on INC0123456" in cli.done(
        "message", "preview", "comment", "-", stdin=OURS
    )
    assert "RemoteChanges" not in cli.done("message", "show", "comment")


@pytest.mark.parametrize(("text", "told"), [
    ("Subject: x\n\n{{ descripton }}\n", "body: There is no descripton here; there are number"),
    ("Subject: {{ x }}\n\n{% for a in b %}\n", "subject: There is no x here"),
    ("Hello\n", "text: The text begins with a line Subject"),
    ("Subject: x\n\n\x1b[2J{{ number.__class__ }}", "body: Line 1: only names"),
])  # fmt: skip
@pytest.mark.parametrize("verb", ["set", "preview"])
def test_a_wrong_text_is_refused_in_words_and_changes_nothing(
    cli: CommandLine, people: People, verb: str, text: str, told: str
) -> None:
    before = cli.done("message", "show", "comment")
    who = ("--as", "lead") if verb == "set" else ()
    result = cli("message", verb, "comment", "-", *who, stdin=text)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert "Traceback" not in result.stderr
    assert cli.done("message", "show", "comment") == before


@pytest.mark.parametrize("login", ["handler", "00000EDU"])
@pytest.mark.parametrize("verb", ["set", "reset"])
def test_only_leads_change_a_text(cli: CommandLine, people: People, verb: str, login: str) -> None:
    file = ("-",) if verb == "set" else ()
    result = cli("message", verb, "comment", *file, "--as", login, stdin=OURS)
    assert (result.exit_code, result.stderr) == (1, "Your account may not do this.\n")


def test_a_file_that_is_not_there_is_named(cli: CommandLine, people: People) -> None:
    result = cli("message", "set", "comment", "/nowhere/text.txt", "--as", "lead")
    assert (result.exit_code, result.stderr) == (
        1, "/nowhere/text.txt can't be read: No such file or directory.\n",
    )  # fmt: skip
