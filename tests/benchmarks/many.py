"""A database of very many incidents, worded like real ones, for what must not slow down with them.

The texts are those of the demonstration with words of a long tail strewn in, so that a few words
are in most incidents and most words are in few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate, islice
from random import Random
from typing import Any

from sqlalchemy import Connection

from eds_tui.demo.data import IncidentTemplate, read_data
from eds_tui.domain.incident import Channel
from eds_tui.domain.school import NewSchool
from eds_tui.repository.numbers import go_on_after
from eds_tui.repository.schools import SchoolRepository
from eds_tui.repository.tables import accounts, comments, events, incidents
from tests.benchmarks import bulk
from tests.benchmarks.many_alike import Filler
from tests.benchmarks.many_states import Past, name_of

NOW = datetime(2026, 6, 10, 10, 52, 0, tzinfo=UTC)
SCHOOLS = 1_000
RARE_WORDS = 20_000
ALIKE = 10
"""Incidents that have the same texts and past, where there are :data:`MANY`: drawn once."""
MANY = 100_000
HANDLERS = 60
"""Accounts of the service centre; the first is called ``handler``."""

_SEED = 35
_BATCH = 5_000
_EVERY = timedelta(minutes=5)
_SLOT = re.compile(r"\{(\w+)\}")
_TOWNS = ("Garstang", "Carnforth", "Leyland", "Chorley", "Nelson", "Colne", "Ormskirk", "Morecambe")
_KINDS = ("Primary School", "High School", "CE Primary School", "Nursery School", "Academy")
_SAINTS = ("Mary", "Peter", "John", "Anne", "Wilfrid", "Cuthbert", "Oswald", "Bede", "Hilda")
_PARTS = ("ba", "co", "den", "fi", "gor", "hal", "ki", "lum", "mo", "nes", "pra", "rit", "so", "tu")


def fill(connection: Connection, number: int, schools: list[int] | None = None) -> None:
    """Add so many incidents, five minutes apart, the last of them just before :data:`NOW`.

    Args:
        connection: Of the transaction.
        number: How many.
        schools: The row ids of those that they are of; it adds some where there are none.
    """
    rng = Random(_SEED)
    schools = schools or _add_schools(connection)
    bulk.put(connection, accounts, [_account(place) for place in range(1, HANDLERS + 1)])
    past = Past(Random(_SEED), number, NOW, range(1, HANDLERS + 1))
    copies = 1 if number % ALIKE or number < MANY else ALIKE
    logged = (
        (row, said, past.take_events())
        for row, said in _incidents(rng, schools, number, copies, past)
    )
    filler = Filler(connection, opened=partial(_opened, number), schools=schools)
    while batch := list(islice(logged, _BATCH // copies)):
        filler.add(batch, copies)
    for table, last in (
        (accounts, HANDLERS), (incidents, number), (comments, filler.last_comment),
        (events, filler.last_event),
    ):  # fmt: skip
        bulk.go_on_from(connection, table, last)
    go_on_after(connection, number)


def _opened(number: int, number_of: int) -> datetime:
    return NOW - _EVERY * (number - number_of + 1)


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


def _account(place: int) -> dict[str, Any]:
    login = "handler" if place == 1 else f"handler{place}"
    return {
        "id": place,
        "login": login,
        "login_folded": login,
        "name": name_of(place - 1),
        "role": "handler",
        "generic": False,
        "email": "",
        "team": "Network" if place % 2 else "",
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
    rng: Random, schools: list[int], number: int, copies: int, past: Past
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    data = read_data()
    words = _Words(rng)
    weights = list(accumulate(1 / (place + 20) for place in range(len(schools))))
    for number_of in range(copies, number + 1, copies):
        template = rng.choice(data.templates)
        slots = {name: rng.choice(choices) for name, choices in data.words.items()}
        (school_id,) = rng.choices(schools, cum_weights=weights)
        age = number - number_of
        logged = {
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
            "logged_by_id": 1,
            "logged_by": name_of(0),
            "opened_at": _opened(number, number_of),
        }
        said = _comments(words, logged, template, slots)
        yield logged | past.of(logged, said, age), said


def filled(text: str, slots: dict[str, str]) -> str:
    """Return a text of the demonstration with its slots filled."""
    return _SLOT.sub(lambda slot: slots[slot[1]], text)


def _comments(
    words: _Words,
    logged: dict[str, Any],
    template: IncidentTemplate,
    slots: dict[str, str],
) -> list[dict[str, Any]]:
    said = [(text, False) for text in (template.ask, template.answer, template.done) if text]
    said.append(("Rang the school, nobody there", True))
    return [
        {
            "id": place,
            "incident_id": logged["id"],
            "submission": f"many-{logged['id']}-{place}",
            "at": logged["opened_at"],
            "author_id": 1,
            "author": name_of(0),
            "caller": "",
            "from_school": False,
            "internal": internal,
            "body": words.strew(filled(text, slots)),
        }
        for place, (text, internal) in enumerate(said, 1)
    ]
