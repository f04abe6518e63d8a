"""Attaching files in a test: a folder to choose from, a form to attach them to."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.ui.sitting import burst

DESCRIPTION = "SIMS is down."
PICTURE = b"\x89PNG\r\n\x1a\n\x00 not much of a picture"

NOTES = ("ctrl+t", "down", "enter")
"""The keys that choose the second entry of the folder, ``notes.txt``."""


@pytest.fixture
def files(folder: Path) -> Path:
    """Two files to choose from, one of them in a folder of its own; returns where they are."""
    (folder / "screens").mkdir()
    (folder / "screens" / "error.png").write_bytes(PICTURE)
    (folder / "notes.txt").write_text("last worked on Monday")
    return folder


async def filled_form(pilot: Pilot[None]) -> None:
    """Go to the form and fill it in."""
    await burst(pilot, "n", *"01772 1", "enter", "s", "4", *DESCRIPTION)
