"""Who has what, handing over, and later files, by command (rules 50 and 51)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eds_tui.domain.triage import Assignee
from eds_tui.services.container import Services
from tests.cli.running import CommandLine
from tests.factories import People

pytestmark = pytest.mark.usefixtures("two_old_incidents")
NOTES = ("incidents", "hand-over-notes")
HAND_OVER = ("incidents", "hand-over")


@pytest.fixture
def assigned(services: Services, people: People, two_old_incidents: None) -> None:
    """Both incidents are the handler's."""
    for number in (1, 2):
        handler = Assignee(people.handler.id, people.handler.name)
        services.triage.assign(people.lead, number, None, handler)


@pytest.mark.usefixtures("assigned")
def test_a_pile_is_seen_handed_over_and_its_note_read(cli: CommandLine) -> None:
    assert cli.done("incidents", "people", "--as", "handler").splitlines()[2].split() == [
        "A.", "Handler", "handler", "–", "2", "0", "10-06-2020", "11:52",
    ]  # fmt: skip
    given = cli.done(
        *HAND_OVER, "1", "--to", "lead", "--note", "-", "--as", "handler", stdin="Ring.\nSoon."
    )
    assert given.startswith("INC0000001  ")
    assert "S. Lead" in given
    refused = cli(*HAND_OVER, "1", "2", "--to", "lead", "--as", "handler")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == "A. Handler does not have INC0000001 (any more).\n"
    cli.done(*HAND_OVER, "--from", "handler", "--nobody", "--as", "lead")
    rows = cli.done("incidents", "people", "--as", "lead", "--json").splitlines()
    assert [(row["person"], row["open"]) for row in map(json.loads, rows)] == [
        (None, 1), ("A. Handler", 0), ("S. Lead", 1),
    ]  # fmt: skip
    shown = cli.done(*NOTES, "--new", "--as", "lead").splitlines()
    assert shown[0].endswith("A. Handler handed 1 incident to S. Lead (new)")
    assert shown[1:3] == ["  Ring.", "  Soon."]
    assert shown[3].startswith("    INC0000001  with S. Lead  No internet")
    (note,) = map(
        json.loads, cli.done(*NOTES, "--new", "--read", "--json", "--as", "lead").split("\n")[:1]
    )
    assert (note["note"], note["new"], note["to"]) == ("Ring.\nSoon.", True, "S. Lead")
    assert cli.done(*NOTES, "--new", "--as", "lead") == ""
    assert len(cli.done(*NOTES, "--json", "--as", "lead").splitlines()) == 2


@pytest.mark.usefixtures("assigned")
def test_under_a_key_it_is_handed_over_once_however_often_it_is_run(
    cli: CommandLine, services: Services, people: People
) -> None:
    """All of a pile stays what it was then: what has come into it since stays there."""
    asked = (*HAND_OVER, "--to", "lead", "--note", "Ring.", "--as", "handler", "--key", "night")
    first = cli.done(*asked)
    assert [each[:10] for each in first.splitlines()] == ["INC0000002", "INC0000001"]
    mine = Assignee(people.handler.id, people.handler.name)
    services.triage.assign(people.handler, 1, None, mine)
    again = [json.loads(each) for each in cli.done(*asked, "--json").splitlines()]
    assert [(each["number"], each["assigned_to"]) for each in again] == [
        ("INC0000002", "S. Lead"), ("INC0000001", "A. Handler"),
    ]  # fmt: skip
    assert len(cli.done(*NOTES, "--json", "--as", "lead").splitlines()) == 1
    other = cli(*HAND_OVER, "1", "--to", "lead", "--as", "handler", "--key", "night")
    assert (other.exit_code, other.stdout) == (1, "")
    assert services.queue.open(people.handler, 1).row.assigned_to == "A. Handler"


@pytest.mark.usefixtures("assigned")
def test_bad_hand_overs_are_refused_in_words_and_nothing_moves(cli: CommandLine) -> None:
    for arguments, told in (
        (("--to", "lead", "--note", "x" * 100_000), "note: The hand-over note has 100,000"),
        (("--from-nobody", "--to", "lead"), "nobody has nothing to hand over."),
        (("--to", "00000EDU"), "2 not handed over."),
        (("--team", "none"), "There is no team none"),
    ):
        refused = cli(*HAND_OVER, *arguments, "--as", "handler")
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert told in refused.stderr
    for command in ("people", "hand-over-notes"):
        assert cli("incidents", command, "--as", "00000EDU").stderr == (
            "Your account may not do this.\n"
        )
    mine = cli.done("incidents", "people", "--json", "--as", "lead").splitlines()[1]
    assert json.loads(mine)["open"] == 2


def test_files_come_with_a_comment_alone_or_with_a_work_note(
    cli: CommandLine, tmp_path: Path
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(name)
    a, b, c = (str(tmp_path / f"{name}.txt") for name in "abc")
    said = ("incidents", "comment", "1", "See this.", "--attach", a, "--as", "00000EDU")
    (comment,) = json.loads(cli.done(*said, "--json"))["comments"]
    assert len(comment["attachments"]) == 1
    cli.done("incidents", "note", "1", "Between us.", "--attach", c, "--as", "handler")
    once = ("incidents", "attach", "1", b, "--as", "handler", "--key", "k")
    for _ in range(2):
        assert cli.done(*once) == ""
        Path(b).unlink(missing_ok=True)
    cli.done("incidents", "show", "1", "--as", "00000EDU")  # which reads what is new
    shown = cli.done("incidents", "show", "1", "--as", "00000EDU")
    assert "See this.\n    Attached: a.txt\n" in shown
    assert " - Attached: b.txt\n" in shown
    assert "c.txt" not in shown
    assert "Attached: c.txt" in cli.done("incidents", "show", "1", "--as", "lead")
    gone = cli("incidents", "attach", "1", a, b, "--as", "handler")
    assert (gone.exit_code, gone.stderr) == (1, f"{b} is not there (any more).\n")
    assert shown == cli.done("incidents", "show", "1", "--as", "00000EDU")
