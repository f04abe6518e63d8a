"""Files by command: attached from any folder, brought back where they are wanted."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.cli.running import CommandLine
from tests.factories import People


@pytest.fixture
def note(cli: CommandLine, people: People, tmp_path: Path) -> Path:
    """A file attached to INC0000001."""
    file = tmp_path / "note.bin"
    file.write_bytes(b"\x00\xff\r\n\x1b" * 100)
    cli.log("--as", "00000EDU", "--attach", str(file))
    return file


def _fetch(out: Path | str) -> tuple[str, ...]:
    return ("incidents", "attachment", "1", "note.bin", "--as", "00000EDU", "--out", str(out))


def test_a_file_comes_back_for_this_account_alone(
    cli: CommandLine, note: Path, tmp_path: Path
) -> None:
    out = tmp_path / "back"

    assert cli.done(*_fetch(out)) == ""

    assert out.read_bytes() == note.read_bytes()
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_replaced_only_when_that_is_asked_for(
    cli: CommandLine, note: Path, tmp_path: Path
) -> None:
    out = tmp_path / "back"
    out.write_bytes(b"mine" * 1000)

    refused = cli(*_fetch(out))

    assert (refused.exit_code, refused.stderr) == (
        1,
        f"{out} is there already; --force replaces it.\n",
    )
    assert out.read_bytes() == b"mine" * 1000
    cli.done(*_fetch(out), "--force")
    assert out.read_bytes() == note.read_bytes()


def test_a_link_is_not_written_through(cli: CommandLine, note: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")

    assert cli(*_fetch(tmp_path / "link")).exit_code == 1

    assert not (tmp_path / "target").exists()


@pytest.mark.parametrize("out", ["", "missing/folder/file", "/proc/nowhere"])
def test_a_place_that_can_not_be_written_is_refused_in_words(
    cli: CommandLine, note: Path, out: str
) -> None:
    result = cli(*_fetch(out))

    assert result.exit_code == 1
    assert result.stderr == f"{out} can't be written: No such file or directory.\n"


def test_a_full_disk_is_told_in_words(cli: CommandLine, note: Path) -> None:
    result = cli(*_fetch("/dev/full"), "--force")

    assert result.exit_code == 1
    assert result.stderr == "/dev/full can't be written: No space left on device.\n"


def test_each_of_several_files_of_one_name_comes_back_by_what_it_is(
    cli: CommandLine, people: People, tmp_path: Path
) -> None:
    files = [tmp_path / folder / "note.bin" for folder in ("a", "b")]
    for file in files:
        file.parent.mkdir()
        file.write_text(file.parent.name)
    cli.log("--as", "00000EDU", "--attach", str(files[0]), "--attach", str(files[1]))

    refused = cli(*_fetch(tmp_path / "back"))

    first, second = cli.shown("1", "00000EDU")["attachments"]
    assert [first["shown_as"], second["shown_as"]] == ["note.bin", "note (2).bin"]
    assert refused.exit_code == 1
    assert f"note (2).bin (id {second['id']}, 1 bytes)" in refused.stderr
    assert "  note (2).bin (1 bytes)\n" in cli.done("incidents", "show", "1", "--as", "00000EDU")
    for meant, contents in (
        (["--id", str(first["id"])], "a"),
        (["--id", str(second["id"])], "b"),
        (["note (2).bin"], "b"),
    ):
        out = ("--as", "00000EDU", "--out", "-")
        assert cli.done("incidents", "attachment", "1", *meant, *out) == contents


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("missing", "{} is not there (any more)."),
        ("folder", "{} is a folder; choose a file."),
        (
            "large",
            (
                "files: thing is larger than 20 MB, the most that one file may have:"
                " it has 20,971,521 bytes, 20,971,520 are allowed."
            ),
        ),
    ],
)
def test_a_file_that_can_not_be_attached_stops_the_report(
    cli: CommandLine, people: People, tmp_path: Path, kind: str, told: str
) -> None:
    path = tmp_path / "thing"
    if kind == "folder":
        path.mkdir()
    if kind == "large":
        with path.open("wb") as file:
            file.truncate(20 * 1024 * 1024 + 1)
    complete = ("--category", "N", "--impact", "2", "--description", "Slow.")

    result = cli("incidents", "log", "--as", "00000EDU", *complete, "--attach", str(path))

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{told.format(path)}\n"
    assert cli.done("incidents", "list", "--as", "00000EDU", "--json") == ""


@pytest.mark.usefixtures("note")
def test_a_file_that_was_attached_by_mistake_is_taken_back_once(
    cli: CommandLine, tmp_path: Path
) -> None:
    asked = ("take-back", "1", "note.bin", "--reason", "Another pupil's", "--key", "once")
    for _ in range(2):
        assert cli.decide(*asked) == "INC0000001: note.bin is taken back.\n"
    assert cli.shown("1", "00000EDU")["attachments"] == []
    assert "has no file named note.bin" in cli(*_fetch(tmp_path / "back")).stderr
    assert "took back a file (note.bin) (reason: Another pupil's)" in cli.decide("history", "1")
    assert "has no file with the id 1" in cli.refused(
        "take-back", "1", "--id", "1", "--reason", "x"
    )
    denied = cli("incidents", "take-back", "1", "x", "--reason", "x", "--as", "00000EDU")
    assert denied.exit_code == 1
