"""Saving the files of an incident, and the folder that they come from and go to (rule 7)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eds_tui.services.container import Services
from eds_tui.services.files import NO_DROP_FOLDER, NO_FOLDER, FileShelf
from eds_tui.settings import FileTree, Settings
from tests.factories import People, new_form
from tests.ui.attaching import DESCRIPTION, NOTES, PICTURE, files, filled_form
from tests.ui.conftest import Open
from tests.ui.sitting import (
    box,
    painted,
    place,
    press,
    prose,
    said,
    screen,
    seconds_pass,
    settle,
    sign_in,
)

__all__ = ["files"]


async def test_the_one_file_of_an_incident_is_saved_with_one_key(
    kiosk: Open, services: Services, people: People, files: Path
) -> None:
    """Rule 7: under a free name beside what is there already, byte for byte."""
    file = FileShelf(files).choose(("screens",), "error.png")
    services.report.log(people.head, new_form(files=(file,)))
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter", "d")
        assert (files / "error.png").read_bytes() == PICTURE
        assert f"Saved as {files / 'error.png'}" in said(pilot).replace("\n", "")
        await press(pilot, "d")
        assert (files / "error (2).png").read_bytes() == PICTURE


async def test_of_several_files_one_is_picked_to_be_saved(
    kiosk: Open, services: Services, people: People, files: Path
) -> None:
    """Rule 7: the names are offered; Esc saves none."""
    shelf = FileShelf(files)
    both = (shelf.choose((), "notes.txt"), shelf.choose(("screens",), "error.png"))
    services.report.log(people.head, new_form(files=both))
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter", "d")
        assert place(pilot) == "PickDialog"
        assert "notes.txt" in prose(pilot)
        await press(pilot, "escape")
        assert not (files / "error.png").exists()
        await press(pilot, "d", "down", "enter")
        await settle(pilot)
        assert (files / "error.png").read_bytes() == PICTURE


async def test_of_two_files_of_one_name_the_one_that_is_meant_is_saved(
    kiosk: Open, services: Services, people: People, files: Path
) -> None:
    """Rule 7: the second is shown with a number, chosen, drawn and saved as such."""
    (files / "screens" / "notes.txt").write_text("the other one")
    async with kiosk("00000EDU") as pilot:
        await filled_form(pilot)
        await press(pilot, *NOTES, "ctrl+t", "enter", "down", "enter")
        assert "notes.txt (1 KB) notes (2).txt (1 KB)" in prose(pilot)
        await press(pilot, "ctrl+s")
    (files / "notes.txt").unlink()
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter")
        assert "notes (2).txt 13 bytes" in prose(pilot)
        for keys, name, contents in (
            (("d", "enter"), "notes.txt", "last worked on Monday"),
            (("d", "down", "enter"), "notes (2).txt", "the other one"),
        ):
            await press(pilot, *keys)
            await settle(pilot)
            assert (files / name).read_text() == contents


async def test_an_incident_without_files_says_so(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 7: d on an incident that nothing is attached to."""
    services.report.log(people.head, new_form())
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter", "d")
        assert said(pilot) == "No file is attached."


async def test_each_who_signs_in_has_a_folder_of_their_own(
    kiosk: Open, settings: Settings, folder: Path
) -> None:
    """Rule 24: one after the other at one kiosk, and neither sees what is the other's."""
    for name in ("00000edu", "30112edu"):
        (folder / name).mkdir()
        (folder / name / f"{name}.txt").touch()
    own = replace(settings, files=FileTree.of(str(folder / "{account}")))
    async with kiosk(None, settings=own) as pilot:
        for login, mine, other in (
            ("00000EDU", "00000edu.txt", "30112edu.txt"),
            ("30112edu", "30112edu.txt", "00000edu.txt"),
            ("00000edu", "00000edu.txt", "30112edu.txt"),
        ):
            await sign_in(pilot, login)
            await press(pilot, "n", "ctrl+t")
            assert mine in screen(pilot)
            assert other not in screen(pilot)
            await press(pilot, "ctrl+q")


@pytest.mark.parametrize(
    ("files", "sentence"), [("", NO_FOLDER), ("{folder}/of-{{account}}/drop", NO_DROP_FOLDER)]
)
async def test_without_a_folder_that_is_said_and_all_else_goes_on(
    kiosk: Open, services: Services, people: People, settings: Settings, folder: Path,
    files: str, sentence: str,
) -> None:  # fmt: skip
    """Rule 9: in the choice of a file and at saving one; what is typed stays and is logged."""
    (folder / "notes.txt").write_text("not theirs")
    of_another = folder / "of-lead" / "drop"
    of_another.mkdir(parents=True)
    (of_another / "lead.txt").write_text("of somebody else")
    form = new_form(files=(FileShelf(folder).choose((), "notes.txt"),))
    services.report.log(people.head, form)
    tree = FileTree.of(files.format(folder=folder)) if files else None
    without = replace(settings, files=tree)
    async with kiosk("00000EDU", settings=without) as pilot:
        await press(pilot, "enter", "d")
        assert said(pilot) == f"! {sentence}"
        await press(pilot, "escape")
        await filled_form(pilot)
        await press(pilot, "ctrl+t")
        told = painted(pilot, pilot.app.screen.query_one("#folder"))
        assert told == f"! {sentence}"
        assert "lead" not in screen(pilot)
        await press(pilot, "enter", "backspace", "escape")
        assert box(pilot, "description").text == DESCRIPTION
        await press(pilot, "ctrl+s")
        assert place(pilot) == "ReceiptDialog"


async def test_a_file_that_was_attached_by_mistake_is_taken_back_with_a_reason(
    kiosk: Open, services: Services, people: People, files: Path
) -> None:
    """Rule 36: the reason is a draft until it is done; a school has no key for it."""
    shelf = FileShelf(files)
    both = (shelf.choose((), "notes.txt"), shelf.choose(("screens",), "error.png"))
    services.report.log(people.head, new_form(files=both))
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter", "minus")
        assert place(pilot) == "IncidentScreen"
    async with kiosk() as pilot:
        await press(pilot, "enter", "minus", *"notes", "enter", *"Of another")
        assert "Take notes.txt back from everybody, for good: why?" in prose(pilot)
        await seconds_pass(pilot)
    async with kiosk() as pilot:
        await settle(pilot)
        assert "reason for taking a file back on INC0000001" in said(pilot)
        await press(pilot, "enter")
        assert "notes.txt 21 bytes" in prose(pilot)
        await press(pilot, "minus", *"notes", "enter", *" pupil", "enter")
        assert said(pilot) == "notes.txt is taken back: nobody is offered it any more."
        assert "notes.txt 21 bytes" not in prose(pilot)
        await press(pilot, "minus", *"Wrong", "enter", "minus")
        assert said(pilot) == "No file is attached."
        await press(pilot, "y")
        assert "took back a file (notes.txt)" in prose(pilot)
    assert services.drafts.under(people.handler, "") == ()
