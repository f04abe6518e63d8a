"""The ratings of all incidents in one list, for leads (rule 14)."""

from __future__ import annotations

import pytest

from eds_tui.domain.errors import NotAllowed
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form
from tests.services.triage_steps import RESOLVED


def test_leads_read_the_ratings_of_every_school_or_of_one_newest_first(
    services: Services, people: People, clock: SetClock
) -> None:
    raters = (people.head, people.neighbour, people.bursar)
    for rater in raters:
        number = services.report.log(rater, new_form(description=f"Of {rater.login}")).number
        services.triage.set_state(people.handler, number, None, RESOLVED)
    clock.forward(hours=25)
    for number, rater in enumerate(raters, 1):
        services.conversation.rate(rater, number, number, f"words {number}")
        clock.forward(minutes=number % 2)
    every = services.feedback.latest(people.lead, None, 9)
    assert [
        (each.number, each.details, each.by, each.feedback.rating, each.feedback.words)
        for each in every
    ] == [
        (3, "Of bursar", "Bursar", 3, "words 3"),
        (2, "Of 30112EDU", "Neighbour", 2, "words 2"),
        (1, "Of 00000EDU", "Test User", 1, "words 1"),
    ]
    for school, numbers in ((people.school, [3, 1]), (people.other_school, [2])):
        of_one = services.feedback.latest(people.lead, school.id, 9)
        assert [each.number for each in of_one] == numbers
        assert {each.school for each in of_one} == {school.title}
    assert services.feedback.latest(people.lead, None, 2) == every[:2]
    with pytest.raises(NotAllowed):
        services.feedback.latest(people.handler, None, 9)
