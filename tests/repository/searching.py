"""A database of incidents to be searched, each made with what the test has an interest in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, inspect, update

from eds_tui.domain.account import Account
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import State, closes_at
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.search import SearchPage, parse_search
from eds_tui.domain.sorting import Key
from eds_tui.domain.views import Window
from eds_tui.repository.engine import WRITING
from eds_tui.repository.full_text import full_text_of
from eds_tui.repository.search import SearchRepository
from eds_tui.repository.tables import comments, incidents
from eds_tui.repository.unit_of_work import Database
from tests.factories import START, People

FIRST = 1_000
"""The number of the first incident; each further one has the next."""


class Searching:
    """Adds incidents and searches them.

    Args:
        database: With its people in it.
        people: Those.
    """

    def __init__(self, database: Database, people: People) -> None:
        self.database = database
        self._people = people
        self._next = FIRST
        with self._writing() as connection:
            if not inspect(connection).has_table("incident_search"):
                full_text_of(connection).create(connection)
            connection.commit()

    def _writing(self) -> Connection:
        return self.database.engine.connect().execution_options(**{WRITING: True})

    def add(self, description: str = "No internet.", **changes: Any) -> int:
        """Add an incident of the head's school, a minute after the one before, and index it."""
        number = self._next
        self._next += 1
        values: dict[str, Any] = {
            "number": number,
            "submission": f"search-{number}",
            "school_id": self._people.school.id,
            "category": Category.NETWORK.value,
            "impact": Impact.SITE.value,
            "confidential": False,
            "description": description,
            "contact_name": "Test Bursar",
            "contact_telephone": "01772 123456",
            "contact_email": "",
            "channel": Channel.PHONE.value,
            "logged_by_id": self._people.handler.id,
            "logged_by": self._people.handler.name,
            "state": State.IN_PROGRESS.value,
            "priority": Priority.LOW.value,
            "opened_at": START + timedelta(minutes=number - FIRST),
            "version": 1,
        }
        with self._writing() as connection:
            result = connection.execute(insert(incidents).values(**(values | changes)))
            (incident_id,) = result.inserted_primary_key or (0,)
            full_text_of(connection).index(connection, incident_id)
            connection.commit()
        return number

    def add_resolved(self, description: str, at: datetime, state: State = State.RESOLVED) -> int:
        """Add an incident that was resolved at a moment."""
        return self.add(description, state=state.value, resolved_at=at, closes_at=closes_at(at))

    def say(self, number: int, body: str, *, internal: bool = False) -> None:
        """Add a comment or a work note to an incident, and index it anew."""
        with self._writing() as connection:
            incident_id = (
                connection.execute(incidents.select().where(incidents.c.number == number)).one().id
            )
            connection.execute(
                insert(comments).values(
                    incident_id=incident_id,
                    submission=f"comment-{number}-{body}",
                    at=START,
                    author_id=self._people.handler.id,
                    author=self._people.handler.name,
                    caller="",
                    from_school=False,
                    internal=internal,
                    body=body,
                )
            )
            full_text_of(connection).index(connection, incident_id)
            connection.commit()

    def make_confidential(self, number: int) -> None:
        """Make an incident confidential; its full text is left as it is."""
        with self._writing() as connection:
            connection.execute(
                update(incidents).where(incidents.c.number == number).values(confidential=True)
            )
            connection.commit()

    def page(
        self, actor: Account, text: str, window: Window | None = None, now: datetime = START
    ) -> SearchPage:
        """Return a window of what somebody's search finds."""
        query = parse_search(text, now)
        with self.database.engine.connect() as connection:
            return SearchRepository(connection).find(actor.scope, query, window or Window(), now)

    def find(self, actor: Account, text: str, now: datetime = START) -> list[int]:
        """Return the numbers that somebody's search finds, in order, up to 500."""
        return numbers(self.page(actor, text, Window(limit=500), now))


def numbers(page: SearchPage) -> list[int]:
    """Return the numbers of the rows."""
    return [row.number for row in page.rows]


def key(number: int) -> Key:
    """Return the place of an incident that was added with its usual time of logging."""
    return Key(START + timedelta(minutes=number - FIRST), number)
