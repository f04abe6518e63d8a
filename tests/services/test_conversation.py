"""Comments and ratings (rules 13, 14, 18 and 29)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from eds_tui.domain.errors import Conflict, InvalidInput, NotAllowed
from eds_tui.domain.event import EventKind
from eds_tui.domain.incident_detail import Feedback
from eds_tui.domain.lifecycle import State
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People, SetClock, new_form, set_state


@pytest.fixture
def number(services: Services, people: People) -> int:
    """An incident of the school."""
    return services.report.log(people.head, new_form()).number


def bodies(services: Services, people: People, number: int) -> list[str]:
    """Return the comments of an incident."""
    return [comment.body for comment in services.queue.open(people.head, number).comments]


def test_comments_stand_in_the_order_in_which_they_were_sent(
    services: Services, people: People, clock: SetClock, number: int
) -> None:
    assert services.conversation.comment(people.head, number, " One.\n", "a") is State.NEW
    clock.forward(seconds=28)
    services.conversation.comment(people.bursar, number, "Two.", "b")
    services.conversation.comment(people.handler, number, "Three.", "c")
    assert [
        (comment.author, comment.body, comment.from_school)
        for comment in services.queue.open(people.head, number).comments
    ] == [
        ("Test User", " One.\n", True),
        ("Bursar", "Two.", True),
        ("A. Handler", "Three.", False),
    ]
    assert services.queue.open(people.head, number).comments[0].at == START


def test_a_comment_sent_twice_is_kept_once(services: Services, people: People, number: int) -> None:
    with ThreadPoolExecutor(4) as pool:
        for _ in pool.map(
            lambda _: services.conversation.comment(people.head, number, "Once.", "key"), range(8)
        ):
            pass
    assert bodies(services, people, number) == ["Once."]


def test_comments_at_one_moment_are_all_kept(
    services: Services, people: People, number: int
) -> None:
    """Rule 37."""
    with ThreadPoolExecutor(4) as pool:
        for _ in pool.map(
            lambda key: services.conversation.comment(people.head, number, key, key), "abcdefgh"
        ):
            pass
    assert sorted(bodies(services, people, number)) == list("abcdefgh")


@pytest.mark.parametrize("body", ["", " \n\t", "x" * 8_001])
def test_an_empty_or_too_long_comment_is_refused(
    services: Services, people: People, number: int, body: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        services.conversation.comment(people.head, number, body, "key")
    assert list(refused.value.problems) == ["comment"]
    assert bodies(services, people, number) == []


@pytest.mark.parametrize("body", ["", " \n\t", "x" * 8_001])
def test_an_empty_or_too_long_work_note_is_refused_by_its_own_name(
    services: Services, people: People, number: int, body: str
) -> None:
    with pytest.raises(InvalidInput, match="work note") as refused:
        services.conversation.work_note(people.handler, number, body, "key")
    assert list(refused.value.problems) == ["note"]
    assert bodies(services, people, number) == []


def test_a_comment_as_long_as_it_may_be_is_kept(
    services: Services, people: People, number: int
) -> None:
    services.conversation.comment(people.head, number, "x" * 8_000, "key")
    assert bodies(services, people, number) == ["x" * 8_000]


def test_a_callers_name_is_no_longer_than_in_the_form(
    services: Services, people: People, number: int
) -> None:
    with pytest.raises(InvalidInput):
        services.conversation.comment(people.handler, number, "Words.", "key", caller="x" * 201)


def test_a_school_speaks_for_nobody_else(services: Services, people: People, number: int) -> None:
    services.conversation.comment(people.head, number, "Words.", "key", caller="Somebody Else")
    (comment,) = services.queue.open(people.head, number).comments
    assert comment.author == "Test User"


@pytest.mark.parametrize("rating", [0, 6, -1])
def test_a_rating_is_from_1_to_5(
    database: Database,
    services: Services,
    people: People,
    clock: SetClock,
    number: int,
    rating: int,
) -> None:
    set_state(database, people, number, State.RESOLVED, clock())
    clock.forward(hours=24)
    with pytest.raises(InvalidInput) as refused:
        services.conversation.rate(people.head, number, rating, "")
    assert list(refused.value.problems) == ["rating"]


def test_words_with_a_rating_are_no_longer_than_a_comment(
    database: Database, services: Services, people: People, clock: SetClock, number: int
) -> None:
    set_state(database, people, number, State.RESOLVED, clock())
    clock.forward(hours=24)
    with pytest.raises(InvalidInput, match="8,001 characters") as refused:
        services.conversation.rate(people.head, number, 5, "x" * 8_001)
    assert list(refused.value.problems) == ["words"]
    assert services.queue.open(people.head, number).feedback is None
    services.conversation.rate(people.head, number, 5, "x" * 8_000)
    assert services.queue.open(people.head, number).feedback == Feedback(5, "x" * 8_000, clock())


@pytest.mark.parametrize("words", ["", "Well done.\nThank you."])
def test_a_closed_incident_is_rated_once(
    database: Database, services: Services, people: People, clock: SetClock, number: int, words: str
) -> None:
    set_state(database, people, number, State.RESOLVED, clock())
    clock.forward(hours=24)
    services.conversation.rate(people.head, number, 5, words)
    assert services.queue.open(people.handler, number).feedback == Feedback(5, words, clock())
    for actor in (people.head, people.bursar):
        with pytest.raises(Conflict):
            services.conversation.rate(actor, number, 1, "Again.")
    assert services.queue.open(people.handler, number).feedback == Feedback(5, words, clock())


def test_an_open_incident_is_not_rated_and_the_service_centre_rates_nothing(
    services: Services, people: People, number: int
) -> None:
    for actor in (people.head, people.handler, people.lead):
        with pytest.raises(NotAllowed):
            services.conversation.rate(actor, number, 5, "")
    assert services.queue.open(people.head, number).feedback is None


def test_comments_and_ratings_are_events(
    database: Database, services: Services, people: People, clock: SetClock, number: int
) -> None:
    """Rule 30."""
    services.conversation.comment(people.head, number, "Words.", "key")
    set_state(database, people, number, State.RESOLVED, clock())
    clock.forward(hours=24)
    services.conversation.rate(people.bursar, number, 4, "")
    with database.reading() as work:
        (said,) = work.events.of_kind(EventKind.COMMENT_ADDED)
        (rated,) = work.events.of_kind(EventKind.FEEDBACK_GIVEN)
    assert (said.at, said.actor) == (START, "Test User")
    assert (rated.at, rated.actor, rated.details) == (clock(), "Bursar", {"rating": 4})
