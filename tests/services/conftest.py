"""The tests of the services start from a database that has its people in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from eds_tui.services.files import FileShelf
from tests.furnished import database_url, five_incidents, people, two_incidents

__all__ = ["database_url", "five_incidents", "people", "two_incidents"]


@pytest.fixture
def shelf(tmp_path: Path) -> FileShelf:
    """An empty folder to choose files from and save them in."""
    root = tmp_path / "shelf"
    root.mkdir()
    return FileShelf(root)
