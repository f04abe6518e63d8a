"""Open incidents at other schools that read like the description of a call (rule 33)."""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import select

from eds_tui.domain.account import Account
from eds_tui.domain.correction import Correction
from eds_tui.domain.errors import NotAllowed
from eds_tui.domain.lifecycle import State
from eds_tui.domain.lookalike import (
    COMPARED,
    MOST_SHOWN,
    PART_OF_BEST,
    Lookalike,
    least_in_common,
    telling_words,
)
from eds_tui.repository.tables import incidents, schools
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form
from tests.services.triage_steps import RESOLVED, reach

pytestmark = pytest.mark.long_on_postgres


def elsewhere(services: Services, people: People, text: str = "The internet is down") -> list[int]:
    """Return what is found for a call from the first school."""
    return [
        each.number for each in services.search.elsewhere(people.handler, text, people.school.id)
    ]


def test_open_ones_of_other_schools_are_found_newest_first(
    services: Services, people: People, clock: SetClock
) -> None:
    for actor in (people.head, people.neighbour, people.bursar, people.neighbour):
        clock.forward(minutes=1)
        services.report.log(actor, new_form(telephone="Jo 01772 1"))
    assert elsewhere(services, people) == [4, 2]
    (newest, _) = services.search.elsewhere(people.handler, "internet", people.school.id)
    assert (newest.details, newest.town) == ("No internet in the whole building.", "Garstang")
    assert (newest.reference, newest.opened_at) == ("INC0000004", clock())


@pytest.mark.parametrize("state", list(State))
def test_one_is_found_until_it_is_closed(
    services: Services, people: People, clock: SetClock, state: State
) -> None:
    """Rule 18: by the clock, whether or not housekeeping has come by."""
    services.report.log(people.neighbour, new_form())
    reach(services, people, 1, state, clock)
    assert elsewhere(services, people) == ([] if state is State.CLOSED else [1])


def test_a_confidential_one_is_found_by_those_who_may_see_it_and_marked(
    services: Services, people: People
) -> None:
    """Rule 24."""
    services.report.log(people.neighbour, new_form(confidential=True))
    (found,) = services.search.elsewhere(people.handler, "internet", people.school.id)
    assert found.confidential


@pytest.mark.parametrize("who", ["head", "bursar", "neighbour"])
def test_a_school_is_told_nothing(services: Services, people: People, who: str) -> None:
    """Rule 24: not of a similar incident either."""
    services.report.log(people.neighbour, new_form())
    account: Account = getattr(people, who)
    with pytest.raises(NotAllowed):
        services.search.elsewhere(account, "internet", people.school.id)


@pytest.mark.parametrize(
    "text", ["", " \n", "it does not work", "'", "100%", "\0", "[/]", "x" * 8_000]
)
def test_any_text_can_be_typed(services: Services, people: People, text: str) -> None:
    services.report.log(people.neighbour, new_form())
    assert elsewhere(services, people, text) == []


TEXTS = (
    "Printer in room 3 prints blank pages.",
    "Internet is down in the whole building: the router shows red.",
    "The printer jams, tray 2.",
    "Slow internet on the tablets",
    "Laptop battery swollen",
    "Laptop keyboard broken",
)


def test_those_with_most_words_in_common_are_found_newest_first(
    services: Services, people: People, clock: SetClock
) -> None:
    for text in TEXTS:
        clock.forward(minutes=1)
        services.report.log(people.neighbour, new_form(description=text))
    for text, found in {
        "No internet": [4, 2],
        "internet down in the whole building, router red": [2],
        "printing": [3, 1],
        "the printer jams in tray two": [3],
        "It is not working": [],
        "Projector lamp": [],
        # Of a long text one word in common is not enough.
        "The keyboard of the teacher's laptop in the library lost its space bar.": [6],
    }.items():
        assert elsewhere(services, people, text) == found, text


def test_all_that_are_open_are_compared_and_the_newest_are_offered(
    services: Services, people: People, clock: SetClock
) -> None:
    """However many were logged since."""
    services.report.log(people.neighbour, new_form(description="Projector lamp"))
    for _ in range(MOST_SHOWN + 2):
        clock.forward(minutes=1)
        services.report.log(people.neighbour, new_form(description="Printer"))
    assert elsewhere(services, people, "the projector") == [1]
    assert elsewhere(services, people, "printer") == [8, 7, 6, 5, 4]


def test_what_was_put_right_is_found_by_what_it_says_now(
    services: Services, people: People
) -> None:
    """Rule 40: and at the school that it was put to."""
    services.report.log(people.neighbour, new_form())
    correction = Correction(description="Projector lamp")
    services.corrections.correct(people.handler, 1, None, correction)
    assert (elsewhere(services, people), elsewhere(services, people, "projector")) == ([], [1])
    moved = Correction(school_id=people.school.id)
    services.corrections.correct(people.handler, 1, None, moved)
    assert elsewhere(services, people, "projector") == []


class TestPlainRule:
    """What is found is what comparing with every open incident one by one finds."""

    VOCABULARY = ("router", "printing", "projector", "wifi", "SIMS", "laptop", "keyboard", "the")

    def test_whatever_is_typed_and_whatever_is_open(
        self, database: Database, services: Services, people: People, clock: SetClock
    ) -> None:
        dice = Random(33)
        for _ in range(40):
            clock.forward(minutes=dice.choice((0, 1)))
            actor = dice.choice((people.head, people.neighbour, people.neighbour))
            hidden = dice.random() < 0.2
            services.report.log(actor, new_form(description=self._text(dice), confidential=hidden))
        # Half of what is resolved is closed by the clock, and nobody has recorded that yet.
        for number in (*range(1, 20, 3), *range(20, 40, 3)):
            if number == 22:
                clock.forward(hours=23)
            services.triage.set_state(people.handler, number, None, RESOLVED)
        clock.forward(hours=1)
        for _ in range(60):
            text = self._text(dice)
            found = services.search.elsewhere(people.handler, text, people.school.id)
            assert found == self._compared(database, people, clock, text), text

    def _text(self, dice: Random) -> str:
        return " ".join(dice.choices(self.VOCABULARY, k=dice.randrange(1, 9)))

    def _compared(
        self, database: Database, people: People, clock: SetClock, text: str
    ) -> tuple[Lookalike, ...]:
        words = telling_words(text)
        columns = incidents.c
        with database.reading() as work:
            rows = work._connection.execute(
                select(incidents, schools.c.town)
                .join(schools)
                .order_by(columns.opened_at.desc(), columns.number.desc())
            ).all()
        shared = [
            (len(words & telling_words(row.description[:COMPARED])), row)
            for row in rows
            if row.school_id != people.school.id
            and row.state != "closed"
            and (row.closes_at is None or row.closes_at > clock())
        ]
        best = max((count for count, _ in shared), default=0)
        least = max(least_in_common(len(words)), (best + 1) // PART_OF_BEST)
        return tuple(
            Lookalike(
                number=row.number, details=row.description[:COMPARED], town=row.town,
                opened_at=row.opened_at, confidential=row.confidential,
            )
            for count, row in shared
            if words and count >= least
        )[:MOST_SHOWN]  # fmt: skip
