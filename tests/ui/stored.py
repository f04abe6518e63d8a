"""What is in the database, or on this machine, after somebody sat at the kiosk."""

from __future__ import annotations

from pathlib import Path

from eds_tui.domain.account import Account
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.services.container import Services
from tests.factories import People


def all_numbers(services: Services, people: People) -> list[int]:
    """Return every incident there is, newest first."""
    page = services.queue.page(people.handler, ListQuery(View.ALL), Window(limit=500))
    return [row.number for row in page.rows]


def descriptions(services: Services, people: People) -> list[str]:
    """Return the descriptions of all incidents, newest first."""
    numbers = all_numbers(services, people)
    return [services.queue.open(people.handler, number).description for number in numbers]


def comments(services: Services, reader: Account, number: int = 1) -> list[str]:
    """Return the comments on an incident that somebody may read."""
    return [said.body for said in services.queue.open(reader, number).comments]


def here(tmp_path: Path) -> str:
    """Return all that is kept on this machine."""
    files = (tmp_path / "state" / "drafts").rglob("*.json")
    return "\n".join(file.read_text() for file in files)
