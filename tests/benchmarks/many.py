"""A database of very many incidents, worded like real ones, for what must not slow down with them.

The texts are those of the demonstration with words of a long tail strewn in, so that a few words
are in most incidents and most words are in few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from random import Random
from typing import Any

from sqlalchemy import Connection, insert

from eds_tui.demo.data import IncidentTemplate, read_data
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.school import NewSchool
from eds_tui.repository.schools import SchoolRepository
from eds_tui.repository.tables import accounts, comments, incidents

NOW = datetime(2026, 6, 10, 10, 52, 0, tzinfo=UTC)
SCHOOLS = 1_000
RARE_WORDS = 20_000

_SEED = 35
_BATCH = 5_000
_EVERY = timedelta(minutes=5)
_STILL_OPEN = 1_500
_SLOT = re.compile(r"\{(\w+)\}")
_TOWNS = ("Garstang", "Carnforth", "Leyland", "Chorley", "Nelson", "Colne", "Ormskirk", "Morecambe")
_KINDS = ("Primary School", "High School", "CE Primary School", "Nursery School", "Academy")
_SAINTS = ("Mary", "Peter", "John", "Anne", "Wilfrid", "Cuthbert", "Oswald", "Bede", "Hilda")
_PARTS = ("ba", "co", "den", "fi", "gor", "hal", "ki", "lum", "mo", "nes", "pra", "rit", "so", "tu")
_OPEN = (State.NEW, State.AWAITING_TRIAGE, State.IN_PROGRESS, State.ON_HOLD_CUSTOMER)


def fill(connection: Connection, number: int, schools: list[int] | None = None) -> None:
    """Add so many incidents, five minutes apart, the last of them just before :data:`NOW`.

    Args:
        connection: Of the transaction.
        number: How many.
        schools: The row ids of those that they are of; it adds some where there are none.
    """
    rng = Random(_SEED)
    schools = schools or _add_schools(connection)
    handler = _account("handler")
    (handler_id,) = connection.execute(insert(accounts).values(handler)).inserted_primary_key or (
        0,
    )
    rows = _incidents(rng, schools, number, handler_id)
    while batch := list(islice(rows, _BATCH)):
        connection.execute(insert(incidents), [row for row, _ in batch])
        said = [comment for _, lines in batch for comment in lines]
        connection.execute(insert(comments), said)


def _add_schools(connection: Connection) -> list[int]:
    repository = SchoolRepository(connection)
    return [
        repository.add(
            NewSchool(
                portal_number=f"{place:05}",
                name=f"St {_SAINTS[place % len(_SAINTS)]}'s {_KINDS[place % len(_KINDS)]} {place}",
                town=_TOWNS[place % len(_TOWNS)],
            )
        )
        for place in range(SCHOOLS)
    ]


def _account(login: str) -> dict[str, Any]:
    return {
        "login": login,
        "login_folded": login,
        "name": "A. Handler",
        "role": "handler",
        "generic": False,
        "email": "",
        "password_hash": "",
        "wrong_in_a_row": 0,
        "disabled": False,
        "created_at": NOW,
    }


class _Words:
    """Rare words, the second half as often as the first, the third a third as often, and so on."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._words = [
            "".join(rng.choices(_PARTS, k=rng.randrange(2, 6))) for _ in range(RARE_WORDS)
        ]
        self._weights = list(accumulate(1 / place for place in range(1, RARE_WORDS + 1)))

    def strew(self, text: str) -> str:
        """Return the text with a few of them at its end."""
        drawn = self._rng.choices(
            self._words, cum_weights=self._weights, k=self._rng.randrange(2, 25)
        )
        return f"{text} {' '.join(drawn)}."


def _incidents(
    rng: Random, schools: list[int], number: int, handler_id: int
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    data = read_data()
    words = _Words(rng)
    weights = list(accumulate(1 / (place + 20) for place in range(len(schools))))
    for number_of in range(1, number + 1):
        template = rng.choice(data.templates)
        slots = {name: rng.choice(choices) for name, choices in data.words.items()}
        (school_id,) = rng.choices(schools, cum_weights=weights)
        age = number - number_of
        yield (
            {
                "id": number_of,
                "number": number_of,
                "submission": f"many-{number_of}",
                "school_id": school_id,
                "category": template.category.value,
                "impact": rng.choice(template.impacts),
                "confidential": template.confidential,
                "description": words.strew(filled(template.text, slots)),
                "contact_name": f"{rng.choice(('Mrs', 'Mr', 'Miss'))} {rng.choice(_SAINTS)}son",
                "contact_telephone": f"01632 960{rng.randrange(1000):03}",
                "contact_email": "",
                "channel": Channel.PHONE.value,
                "logged_by_id": handler_id,
                "logged_by": "A. Handler",
                "version": 1,
            }
            | _triage(rng, age, NOW - _EVERY * (age + 1)),
            _comments(words, number_of, template, slots, handler_id),
        )


def filled(text: str, slots: dict[str, str]) -> str:
    """Return a text of the demonstration with its slots filled."""
    return _SLOT.sub(lambda slot: slots[slot[1]], text)


def _triage(rng: Random, age: int, opened: datetime) -> dict[str, Any]:
    # Of the newest, half are open still; of the others one in some hundred.
    still_open = rng.random() < (0.5 if age < _STILL_OPEN else 0.002)
    resolved = None if still_open else opened + timedelta(hours=rng.randrange(1, 200))
    state = State.CLOSED if resolved else rng.choice(_OPEN)
    return {
        "opened_at": opened,
        "state": state.value,
        "priority": rng.choices(list(Priority), cum_weights=(1, 3, 12, 40, 90, 100))[0].value,
        "resolved_at": resolved,
        "closes_at": resolved and resolved + timedelta(hours=24),
    }


def _comments(
    words: _Words,
    incident_id: int,
    template: IncidentTemplate,
    slots: dict[str, str],
    handler_id: int,
) -> list[dict[str, Any]]:
    said = [(text, False) for text in (template.ask, template.answer, template.done) if text]
    said.append(("Rang the school, nobody there", True))
    return [
        {
            "incident_id": incident_id,
            "submission": f"many-{incident_id}-{place}",
            "at": NOW,
            "author_id": handler_id,
            "author": "A. Handler",
            "caller": "",
            "from_school": False,
            "internal": internal,
            "body": words.strew(filled(text, slots)),
        }
        for place, (text, internal) in enumerate(said)
    ]
