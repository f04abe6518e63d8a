"""What is queued to be sent, for the tests of who is told of what."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from eds_tui import bootstrap
from eds_tui.repository.tables import metadata
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import SetClock

HEAD = "head@test-school.example"
DESK = "desk@service-centre.example"


@dataclass(frozen=True)
class Queued:
    """A notification that waits."""

    kind: str
    recipient: str
    body: str
    """The comment that it quotes."""
    details: dict[str, Any]


@pytest.fixture
def services(database: Database, clock: SetClock) -> Services:
    """The services, with a mailbox of the service services."""
    return bootstrap.open_services(database, clock, service_centre_email=DESK)


@pytest.fixture
def queued(database: Database) -> Callable[[], list[Queued]]:
    """Returns what has been queued since it was last asked, oldest first."""
    notifications, comments = (metadata.tables[name] for name in ("notifications", "comments"))
    statement = (
        select(notifications, comments.c.body)
        .outerjoin(comments, comments.c.id == notifications.c.comment_id)
        .order_by(notifications.c.id)
    )

    def new() -> Iterator[list[Queued]]:
        seen = 0
        while True:
            with database.engine.connect() as connection:
                rows = connection.execute(statement).all()
            yield [
                Queued(row.kind, row.recipient, row.body or "", row.details) for row in rows[seen:]
            ]
            seen = len(rows)

    asked = new()
    return lambda: next(asked)


New = Callable[[], list[Queued]]


def told(new: New) -> list[tuple[str, str, str]]:
    """Return kind, recipient and quoted words of what is new."""
    return [(each.kind, each.recipient, each.body) for each in new()]
