"""Attaching files to a comment, or alone, on an incident that is open (rule 50)."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from eds_tui.services.container import Services
from eds_tui.ui.features.comment_sending import FILE_MISSING
from eds_tui.ui.screens.incident import IncidentScreen
from tests.factories import People, SetClock
from tests.ui.attaching import NOTES, PICTURE, files
from tests.ui.conftest import Open
from tests.ui.deciding import closed
from tests.ui.sitting import box, burst, focused, place, press, prose, said, screen, seconds_pass

__all__ = ["files"]

pytestmark = pytest.mark.usefixtures("two_incidents")


def chosen(pilot: Pilot[None]) -> list[str]:
    """Return the names of the files that are chosen."""
    front = pilot.app.screen
    assert isinstance(front, IncidentScreen)
    return [file.name for file in front.view.chosen.files]


@pytest.mark.usefixtures("files")
async def test_a_school_sends_words_with_files_and_a_file_alone(
    kiosk: Open, services: Services, people: People
) -> None:
    """Shown with the comment and among the files, and saved with d as any other."""
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter", "c", *"See these.", *NOTES, "ctrl+t", "enter", "enter")
        assert chosen(pilot) == ["notes.txt", "error.png"]
        assert "notes.txt (1 KB)  error.png (1 KB)" in screen(pilot)
        await press(pilot, "ctrl+s")
        assert said(pilot) == "Comment sent, with 2 files."
        assert (chosen(pilot), box(pilot).text) == ([], "")
        await press(pilot, *NOTES, "ctrl+t", "enter", "enter", "ctrl+r", "ctrl+s")
        assert said(pilot) == "1 file attached."
        await press(pilot, "home")
        assert "Attached: notes.txt, error.png" in prose(pilot)
        assert "- Attached: notes (2).txt" in prose(pilot)
        await press(pilot, "d", *"(2)", "enter")
        assert said(pilot).startswith("Saved as ")
    detail = services.queue.open(people.handler, 2)
    assert [each.name for each in detail.attachments] == ["notes.txt", "error.png", "notes.txt"]
    assert services.attachments.fetch(people.handler, 2, "error.png", b"".join) == PICTURE


async def test_a_file_that_vanishes_before_it_is_sent_keeps_all_else(
    kiosk: Open, services: Services, people: People, files: Path
) -> None:
    """Nothing is half done: the words and the other file are sent once that one is taken away."""
    async with kiosk() as pilot:
        await press(pilot, "enter", "c", *"See.", "ctrl+t", "enter", "enter", *NOTES)
        (files / "notes.txt").unlink()
        await press(pilot, "ctrl+s")
        assert said(pilot) == f"! notes.txt is not there (any more). {FILE_MISSING}"
        assert (chosen(pilot), box(pilot).text) == (["error.png", "notes.txt"], "See.")
        assert services.queue.open(people.handler, 2).comments == ()
        await press(pilot, "shift+tab")
        assert focused(pilot) == "files"
        await press(pilot, "right", "delete", "ctrl+s")
        assert said(pilot) == "Comment sent, with 1 file."
    (comment,) = services.queue.open(people.handler, 2).comments
    assert comment.body == "See."


async def test_chosen_files_are_kept_as_the_words_are_and_named_where_they_have_gone(
    kiosk: Open, files: Path
) -> None:
    """Rule 36: also without words, and after the program was killed."""
    async with kiosk() as pilot:
        await press(pilot, "enter", *NOTES)
        await seconds_pass(pilot, 1)
    async with kiosk() as pilot:
        await press(pilot, "enter")
        assert chosen(pilot) == ["notes.txt"]
        await press(pilot, "c", *"Words", "ctrl+t", "enter", "enter", "escape")
        (files / "notes.txt").unlink()
        await press(pilot, "enter")
        assert (chosen(pilot), box(pilot).text) == (["error.png"], "Words")
        assert said(pilot) == "! Not there any more, choose again: notes.txt."


@pytest.mark.usefixtures("files")
async def test_a_closed_incident_takes_no_file(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    closed(services, people, clock)
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "tab", "enter", "ctrl+t")
        assert place(pilot) == "IncidentScreen"
        assert said(pilot).startswith("A closed incident takes no more files;")


@pytest.mark.usefixtures("files")
async def test_only_words_are_sent_on_to_what_hangs_on_an_incident(
    kiosk: Open, services: Services, people: People, folder: Path
) -> None:
    services.triage.link(people.handler, 1, None, 2)
    async with kiosk() as pilot:
        await press(pilot, "enter", *NOTES, "ctrl+s")
        assert said(pilot) == "1 file attached."
        await press(pilot, "c", *"Out.", *NOTES, "ctrl+s")
        assert "Send its words, without the files, to the 1 that hang on it" in prose(pilot)
        await press(pilot, "y")
    below = services.queue.open(people.head, 1)
    assert ([each.body for each in below.comments], below.attachments) == (["Out."], ())


async def test_keys_ahead_of_the_screen_wait_for_the_folder(
    kiosk: Open, services: Services, people: People, files: Path
) -> None:
    async with kiosk() as pilot:
        await burst(pilot, "enter", "c", *"See.", *NOTES, "ctrl+s")
    (comment,) = services.queue.open(people.handler, 2).comments
    (file,) = services.queue.open(people.handler, 2).attachments
    assert (comment.body, file.comment_id) == ("See.", comment.id)
