"""Putting right what was logged, for the tests of what that comes to and who is told (rule 40)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from eds_tui.domain.account import Account
from eds_tui.domain.correction import Correction
from eds_tui.domain.views import Window
from eds_tui.services.container import Services
from tests.factories import People, new_form
from tests.services.mailbox import New

OFFICE = "office@st-marys.example"
Correct = Callable[..., object]


@pytest.fixture
def number(services: Services, people: People, queued: New) -> int:
    """An incident of the head's, whose own notification has been looked at."""
    number = services.report.log(people.head, new_form()).number
    queued()
    return number


@pytest.fixture
def correct(services: Services, people: People) -> Correct:
    """Puts something right as the handler."""

    def correct(number: int, version: int | None = None, **values: Any) -> object:
        correction = replace(Correction(), **values)
        return services.corrections.correct(people.handler, number, version, correction)

    return correct


def found(services: Services, actor: Account, words: str) -> list[int]:
    """Return the numbers that somebody finds by words."""
    return [row.number for row in services.search.find(actor, words, Window()).rows]
