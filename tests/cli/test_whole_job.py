"""The whole job from an empty database on, with the program itself."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tests.cli.running import CommandLine
from tests.factories import PASSWORD

AWKWARD_NAME = "b\udce5d [red] \x1b[2J it's.bin"


def _run(cli: CommandLine, *arguments: str | bytes, stdin: bytes = b"") -> bytes:
    done = cli.program(*arguments, stdin=stdin)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


@pytest.mark.long_on_postgres
@pytest.mark.long
def test_an_incident_is_logged_answered_and_brought_back_without_any_screen(
    cli: CommandLine, tmp_path: Path
) -> None:
    password = f"{PASSWORD}\n".encode()
    contents = random.Random(7).randbytes(300 * 1024)
    (tmp_path / AWKWARD_NAME).write_bytes(contents)

    school = ("school", "add", "--portal-number", "09021", "--name", "St Mary's", "--town", "Hill")
    assert _run(cli, *school) == b"School 09021 added.\n"
    head = ("account", "add", "09021EDU", "--name", "A Head", "--role", "school")
    assert _run(cli, *head, "--school", "09021", stdin=password) == b"Account 09021EDU added.\n"
    _run(cli, "account", "add", "desk", "--name", "A. Handler", "--role", "handler", stdin=password)

    log = ("incidents", "log", "--as", "desk", "--school", "09021", "--caller", "Test Bursar")
    what = ("--category", "Hardware", "--impact", "4", "--telephone", "01772 123456 ext 4")
    words = (*log, *what, "--description", "-", "--attach", bytes(tmp_path / AWKWARD_NAME))
    description = "Printer prints\r\nblank pages – again\n"
    assert _run(cli, *words, stdin=description.encode()) == b"INC0000001\n"

    assert _run(cli, "incidents", "comment", "1", "Tried another tray.", "--as", "09021edu") == b""
    show = ("incidents", "show", "inc0000001", "--as", "09021EDU")
    found = json.loads(_run(cli, *show, "--json"))
    assert found["number"] == "INC0000001"
    assert found["school"] == "St Mary's, Hill"
    assert (found["state"], found["priority"], found["sla_due"]) == ("New", 0, None)
    assert found["confidential"] is False
    assert found["description"] == description
    assert list(found["contact"].items()) == [
        ("name", "Test Bursar"), ("telephone", "01772 123456 ext 4"), ("email", ""),
    ]  # fmt: skip
    said = [(item["author"], item["text"]) for item in found["comments"]]
    assert said == [("A Head", "Tried another tray.")]
    (file,) = found["attachments"]
    assert (file["name"], file["size"]) == ("båd [red] \x1b[2J it's.bin", len(contents))

    listed = _run(cli, "incidents", "list", "--as", "desk", "--json").splitlines()
    assert [json.loads(line)["number"] for line in listed] == ["INC0000001"]

    fetch = ("incidents", "attachment", "INC0000001")
    _run(cli, *fetch, file["name"], "--as", "desk", "--out", str(tmp_path / "back.bin"))
    assert (tmp_path / "back.bin").read_bytes() == contents
    assert _run(cli, *fetch, AWKWARD_NAME, "--as", "09021EDU", "--out", "-") == contents


def test_the_database_is_named_after_any_command_and_goes_before_the_environment(
    cli: CommandLine, tmp_path: Path
) -> None:
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.db'}"

    done = cli.program("db", "upgrade", "--database", elsewhere)

    assert done.stdout.decode() == f"The schema is up to date: {elsewhere}\n"
    assert (tmp_path / "elsewhere.db").exists()
    assert not (tmp_path / "eds.db").exists()


def test_a_reader_that_goes_away_is_no_failure_worth_a_word(cli: CommandLine) -> None:
    cli.done("db", "upgrade")
    code = (
        "import os, sys; from eds_tui.cli import main;"
        "r, w = os.pipe(); os.close(r); os.dup2(w, 1);"
        "sys.argv = ['eds-tui', 'school', 'list']; main()"
    )

    status, screen = cli.in_terminal(["-c", code])

    assert (status, screen) == (1, b"")
