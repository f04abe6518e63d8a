"""Choosing the files that are attached to a report (rule 7)."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from eds_tui.domain.incident import LARGEST_ATTACHMENT
from eds_tui.services.container import Services
from tests.factories import People
from tests.ui.attaching import DESCRIPTION, NOTES, PICTURE, files, filled_form
from tests.ui.conftest import Open
from tests.ui.sitting import (
    beside,
    box,
    burst,
    fields,
    focused,
    painted,
    place,
    press,
    said,
    screen,
)

__all__ = ["files"]


def chosen(pilot: Pilot[None]) -> list[str]:
    """Return the names of the files of the form."""
    return [file.name for file in fields(pilot).files]


@pytest.mark.usefixtures("files")
async def test_files_are_chosen_from_folders_and_logged_byte_for_byte(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 7: several files; Enter goes into a folder and chooses a file."""
    async with kiosk("00000EDU") as pilot:
        await filled_form(pilot)
        await press(pilot, "ctrl+t")
        assert "screens/" in screen(pilot)
        assert "notes.txt   21 bytes" in screen(pilot)
        await press(pilot, "enter")
        assert "Your folder / screens" in screen(pilot)
        await press(pilot, "enter")
        await press(pilot, *NOTES)
        assert chosen(pilot) == ["error.png", "notes.txt"]
        assert "error.png (1 KB)  notes.txt (1 KB)" in screen(pilot)
        await press(pilot, "ctrl+s")
        assert place(pilot) == "ReceiptDialog"
    detail = services.queue.open(people.head, 1)
    assert [(file.name, file.size) for file in detail.attachments] == [
        ("error.png", len(PICTURE)), ("notes.txt", 21),
    ]  # fmt: skip
    stored = services.attachments.fetch(people.head, 1, "error.png", b"".join)
    assert stored == PICTURE


@pytest.mark.usefixtures("files")
async def test_backspace_goes_up_and_escape_leaves_without_a_file(kiosk: Open) -> None:
    """Rule 7: the top of the tree has nothing above it; leaving chooses nothing."""
    async with kiosk("00000EDU") as pilot:
        await filled_form(pilot)
        await press(pilot, "ctrl+t", "enter", "backspace")
        assert "Your folder / screens" not in screen(pilot)
        assert "notes.txt" in screen(pilot)
        await press(pilot, "backspace")
        assert "notes.txt" in screen(pilot)
        await press(pilot, "escape")
        assert place(pilot) == "ReportScreen"
        assert chosen(pilot) == []
        assert box(pilot, "description").text == DESCRIPTION


async def test_a_file_one_byte_too_large_is_refused_beside_the_field(
    kiosk: Open, services: Services, people: People, folder: Path
) -> None:
    """Rules 7 and 9: as soon as it is chosen; all else is kept, and the report goes without."""
    (folder / "film.mp4").touch()
    (folder / "note.txt").write_text("last worked on Monday")
    with (folder / "film.mp4").open("wb") as film:
        film.truncate(LARGEST_ATTACHMENT + 1)
    async with kiosk("00000EDU") as pilot:
        await filled_form(pilot)
        await press(pilot, *NOTES, "ctrl+t", "enter")
        assert beside(pilot, "files") == (
            "! film.mp4 is larger than 20 MB, the most that one file may have:"
            " it has 20,971,521 bytes, 20,971,520 are allowed."
        )
        assert chosen(pilot) == ["note.txt"]
        assert box(pilot, "description").text == DESCRIPTION
        await press(pilot, "ctrl+s")
        assert place(pilot) == "ReceiptDialog"
    assert [file.name for file in services.queue.open(people.head, 1).attachments] == ["note.txt"]


async def test_a_file_as_large_as_it_may_be_is_chosen(kiosk: Open, folder: Path) -> None:
    """Rule 7: 20 MB of 1,024 times 1,024 bytes."""
    with (folder / "film.mp4").open("wb") as film:
        film.truncate(LARGEST_ATTACHMENT)
    async with kiosk("00000EDU") as pilot:
        await filled_form(pilot)
        await press(pilot, "ctrl+t", "enter")
        assert chosen(pilot) == ["film.mp4"]
        assert painted(pilot, pilot.app.screen.query_one("#files")) == "film.mp4 (20.0 MB)"
        assert beside(pilot, "files") == ""


async def test_a_file_that_grew_since_it_was_left_in_a_draft_is_named(
    kiosk: Open, folder: Path
) -> None:
    """Rule 7: it stays chosen, to be seen and taken away."""
    (folder / "film.mp4").write_text("short")
    async with kiosk("00000EDU") as pilot:
        await filled_form(pilot)
        await press(pilot, "ctrl+t", "enter", "escape")
        with (folder / "film.mp4").open("wb") as film:
            film.truncate(LARGEST_ATTACHMENT + 1)
        await press(pilot, "n", "ctrl+e")
        assert beside(pilot, "files").startswith("! film.mp4 is larger than 20 MB")
        await press(pilot, "ctrl+r")
        assert (chosen(pilot), beside(pilot, "files")) == ([], "")


async def test_any_chosen_file_is_reached_and_taken_away_with_the_keys(
    kiosk: Open, folder: Path
) -> None:
    """Rule 7: Tab leads to the files while there are any, and Enter on from them."""
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(name)
    async with kiosk("00000EDU") as pilot:
        await filled_form(pilot)
        for place_ in range(3):
            await press(pilot, "ctrl+t", *["down"] * place_, "enter")
        await press(pilot, "shift+tab")
        assert focused(pilot) == "files"
        await press(pilot, "right", "delete")
        assert chosen(pilot) == ["a.txt", "c.txt"]
        await press(pilot, "right", "right", "backspace")
        assert chosen(pilot) == ["a.txt"]
        await press(pilot, "enter")
        assert focused(pilot) == "description"
        await press(pilot, "shift+tab", "left", "delete")
        assert (chosen(pilot), focused(pilot)) == ([], "description")
        await press(pilot, "shift+tab")
        assert focused(pilot) == "confidential"


async def test_files_are_chosen_ahead_of_the_screen(
    kiosk: Open, services: Services, people: People, folder: Path
) -> None:
    """Keys wait until the folder has been read, and the submit until the file is chosen."""
    (folder / "screens").mkdir()
    for name in ("screens/error.png", "screens/note.txt"):
        (folder / name).write_bytes(PICTURE)
    async with kiosk("00000EDU") as pilot:
        await filled_form(pilot)
        await burst(pilot, "ctrl+t", "enter", "down", "enter", "ctrl+s")
        assert place(pilot) == "ReceiptDialog"
    assert [file.name for file in services.queue.open(people.head, 1).attachments] == ["note.txt"]


async def test_the_file_chosen_last_is_taken_away_again(kiosk: Open, files: Path) -> None:
    """Rule 7: one at a time, and with none left nothing happens."""
    async with kiosk("00000EDU") as pilot:
        await filled_form(pilot)
        await press(pilot, "ctrl+t", "enter", "enter", *NOTES, "ctrl+r")
        assert chosen(pilot) == ["error.png"]
        await press(pilot, "ctrl+r", "ctrl+r")
        assert chosen(pilot) == []
        assert "error.png" not in screen(pilot)
    assert (files / "screens" / "error.png").read_bytes() == PICTURE


async def test_a_file_that_went_away_meanwhile_is_named_and_nothing_is_lost(
    kiosk: Open, files: Path
) -> None:
    """Rules 7 and 9: while the dialog was open, and between choosing and sending."""
    async with kiosk("00000EDU") as pilot:
        await filled_form(pilot)
        await press(pilot, "ctrl+t", "down")
        (files / "notes.txt").rename(files / "moved.txt")
        await press(pilot, "enter")
        assert said(pilot) == "! notes.txt is not there (any more)."
        await press(pilot, *NOTES)
        (files / "moved.txt").unlink()
        await press(pilot, "ctrl+s")
        assert said(pilot) == "! moved.txt is not there (any more)."
        assert place(pilot) == "ReportScreen"
        assert box(pilot, "description").text == DESCRIPTION


async def test_an_empty_folder_says_that_there_is_nothing(kiosk: Open) -> None:
    """Rule 7: Enter on nothing chooses nothing."""
    async with kiosk("00000EDU") as pilot:
        await filled_form(pilot)
        await press(pilot, "ctrl+t", "enter")
        assert place(pilot) == "FilesDialog"
        assert "nothing to choose here" in screen(pilot)
