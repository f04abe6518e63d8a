"""Attaching files to a work note in its dialog, which no school sees (rules 27, 36 and 50)."""

from __future__ import annotations

from pathlib import Path

import pytest

from eds_tui.services.container import Services
from tests.factories import People
from tests.ui.attaching import NOTES, files
from tests.ui.conftest import Open
from tests.ui.sitting import box, focused, place, press, prose, said, screen, seconds_pass, settle

__all__ = ["files"]

pytestmark = [pytest.mark.on_sqlite, pytest.mark.usefixtures("two_incidents")]
PICTURE = ("ctrl+t", "enter", "enter")
"""Those that choose ``error.png`` in the folder above it."""


async def test_a_work_note_takes_files_which_can_be_unchosen_and_are_kept(
    kiosk: Open, services: Services, people: People, files: Path
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "w", *NOTES)
        assert place(pilot) == "WorkNoteDialog"
        assert "notes.txt (1 KB)" in screen(pilot)
        await press(pilot, "ctrl+s")
        assert "! Type it first" in prose(pilot)
        await press(pilot, "ctrl+r")
        assert "notes.txt" not in screen(pilot)
        await press(pilot, *NOTES, *PICTURE, "tab")
        assert focused(pilot) == "files"
        await press(pilot, "delete")
        assert "notes.txt" not in screen(pilot)
        await press(pilot, *NOTES, "escape")
        assert "Esc again throws" in prose(pilot)
        await seconds_pass(pilot)
    async with kiosk() as pilot:
        await settle(pilot)
        assert "work note on INC0000002" in said(pilot)
        await press(pilot, "w", *"Seen.", "tab", "tab")
        assert "▸Done◂ Reply  Attach  Remove file  Leave it" in screen(pilot)
        assert "error.png (1 KB)  notes.txt (1 KB)" in screen(pilot)
        (files / "screens" / "error.png").unlink()
        await press(pilot, "ctrl+s")
        assert "error.png is not there" in said(pilot)
        await press(pilot, "w")
        assert "Not there any more, choose again: error.png." in prose(pilot)
        assert box(pilot, "text").text == "Seen."
        await press(pilot, "ctrl+s")
        assert said(pilot) == "Work note kept on INC0000002, with 1 file."
    (note,) = services.queue.open(people.handler, 2).comments
    assert (note.body, note.internal) == ("Seen.", True)
    assert [each.name for each in services.queue.open(people.handler, 2).attachments] == [
        "notes.txt"
    ]
    assert services.queue.open(people.head, 2).attachments == ()
    assert services.drafts.under(people.handler, "") == ()


async def test_in_a_small_window_all_of_it_is_there(kiosk: Open, files: Path) -> None:
    async with kiosk(size=(60, 20)) as pilot:
        await press(pilot, "w", *NOTES, *"Seen.")
        for words in ("Seen.", "notes.txt (1 KB)", "Ctrl+T Attach", "Esc Leave it"):
            assert words in screen(pilot)
