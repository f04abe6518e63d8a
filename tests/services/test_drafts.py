"""Drafts: per person and place, until they are sent (rule 36)."""

from __future__ import annotations

import pytest

from eds_tui.services.container import Services
from tests import nasty
from tests.factories import People, SetClock

pytestmark = pytest.mark.long_on_postgres


def test_a_draft_is_kept_per_person_and_place(services: Services, people: People) -> None:
    services.drafts.save(people.head, "report", {"description": "one"})
    services.drafts.save(people.head, "comment:1", {"text": "two"})
    services.drafts.save(people.bursar, "report", {"description": "three"})
    assert services.drafts.take(people.head, "report") == {"description": "one"}
    assert services.drafts.take(people.head, "comment:1") == {"text": "two"}
    assert services.drafts.take(people.bursar, "report") == {"description": "three"}
    assert services.drafts.take(people.bursar, "comment:1") is None
    assert services.drafts.take(people.neighbour, "report") is None


def test_a_later_draft_takes_the_place_of_an_earlier_one(
    services: Services, people: People
) -> None:
    services.drafts.save(people.head, "report", {"description": "one", "impact": 2})
    services.drafts.save(people.head, "report", {"description": "two"})
    assert services.drafts.take(people.head, "report") == {"description": "two"}


def test_a_dropped_draft_is_gone_and_dropping_none_is_harmless(
    services: Services, people: People
) -> None:
    services.drafts.save(people.head, "report", {"description": "one"})
    services.drafts.save(people.bursar, "report", {"description": "two"})
    for _ in range(2):
        services.drafts.drop(people.head, "report")
        assert services.drafts.take(people.head, "report") is None
    assert services.drafts.take(people.bursar, "report") == {"description": "two"}


def test_any_text_comes_back_as_it_was_typed(services: Services, people: People) -> None:
    body = {"texts": list(nasty.ALL), "chosen": None, "ticked": True, "digit": 4}
    services.drafts.save(people.head, "report", body)
    assert services.drafts.take(people.head, "report") == body


@pytest.mark.parametrize("body", [{}, {"description": ""}])
def test_an_empty_draft_is_a_draft(
    services: Services, people: People, body: dict[str, str]
) -> None:
    services.drafts.save(people.head, "report", body)
    assert services.drafts.take(people.head, "report") == body


def test_the_drafts_of_one_kind_are_listed_for_their_person_the_latest_first(
    services: Services, people: People, clock: SetClock
) -> None:
    for place in ("call:a", "call:b", "callback", "comment:1", "call_x", "call:%"):
        services.drafts.save(people.handler, place, {"place": place})
        clock.forward(seconds=1)
    services.drafts.save(people.lead, "call:c", {"place": "call:c"})
    services.drafts.save(people.handler, "call:a", {"place": "again"})
    drafts = services.drafts.under(people.handler, "call:")
    assert [(draft.place, draft.body["place"]) for draft in drafts] == [
        ("call:a", "again"), ("call:%", "call:%"), ("call:b", "call:b"),
    ]  # fmt: skip
    assert drafts[0].saved_at == clock()
    assert [draft.place for draft in services.drafts.under(people.handler, "call_")] == ["call_x"]
    assert [draft.place for draft in services.drafts.under(people.handler, "call:%")] == ["call:%"]
