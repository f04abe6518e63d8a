"""Open incidents at other schools that read like the description of a call (rule 33)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from eds_tui.domain.account import Account
from eds_tui.domain.errors import NotAllowed
from eds_tui.domain.lifecycle import State
from eds_tui.repository.lookalikes import MOST_COMPARED
from eds_tui.repository.tables import incidents
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form
from tests.services.triage_steps import reach

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


def test_only_the_newest_open_ones_are_compared(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """However many are open, a pause in typing costs the same."""
    services.report.log(people.neighbour, new_form())
    services.report.log(people.neighbour, new_form(description="Printer"))
    with database.engine.begin() as connection:
        row = dict(
            connection.execute(select(incidents).where(incidents.c.number == 2)).one()._mapping
        )
        del row["id"]
        later = clock() + timedelta(minutes=1)
        connection.execute(
            insert(incidents),
            [
                row | {"number": number, "submission": str(number), "opened_at": later}
                for number in range(3, MOST_COMPARED + 2)
            ],
        )
    assert elsewhere(services, people) == []
    assert elsewhere(services, people, "printer") == list(
        range(MOST_COMPARED + 1, MOST_COMPARED - 4, -1)
    )
