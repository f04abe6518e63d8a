"""Attaching files in a test: a folder to choose from, a form to attach them to."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from tests.ui.sitting import burst

DESCRIPTION = "SIMS is down."
PICTURE = b"\x89PNG\r\n\x1a\n\x00 not much of a picture"


def with_two_files(folder: Path) -> Path:
    """Put two files into a folder, one of them in a folder of its own, and return it."""
    (folder / "screens").mkdir()
    (folder / "screens" / "error.png").write_bytes(PICTURE)
    (folder / "notes.txt").write_text("last worked on Monday")
    return folder


async def filled_form(pilot: Pilot[None]) -> None:
    """Go to the form and fill it in."""
    await burst(pilot, "n", *"01772 1", "enter", "s", "4", *DESCRIPTION)
