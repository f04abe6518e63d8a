"""What is said of decisions that were made, refused and taken back (rules 37 and 44)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from eds_tui.domain.account import Account
from eds_tui.domain.errors import InvalidInput, ShutOut
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee
from eds_tui.domain.views import IncidentRow
from eds_tui.services.container import Services
from eds_tui.ui.features.decisions import (
    HOW_TO_LOOK,
    DecisionMemory,
    Outcome,
    _summary,
    each_of,
)  # fmt: skip
from eds_tui.ui.features.handing_over import _title
from eds_tui.ui.features.undo import TakenBack, take_back_each
from tests.factories import START, People, log
from tests.rows import row

NEEDED = InvalidInput({"number": "It is closed."})


def read(services: Services, people: People, *numbers: int) -> list[IncidentRow]:
    """Return incidents as the handler sees them."""
    return [services.queue.open(people.handler, each, again=True).row for each in numbers]


def test_of_one_that_was_decided_on_it_is_said_how_it_is_now() -> None:
    plain = replace(row(7), as_of=START)
    assert _summary([Outcome(plain, plain)], "") == "INC0000007: 4 – Low, New"
    due = replace(plain, sla_due=START + timedelta(hours=2), assigned_to="Jo", team="Networks")
    assert _summary([Outcome(plain, due)], "linked") == (
        "INC0000007: linked; 4 – Low, New, due Wed 13:52, Jo"
    )
    assert _summary([Outcome(plain, replace(plain, team="Networks"))], "").endswith(", Networks")
    assert _summary([Outcome(plain, None, "Not today.")], "linked") == "Not today."


def test_of_several_it_is_said_how_many_were_done_and_why_each_other_one_was_not(
    services: Services, people: People
) -> None:
    log(services, people, 2)
    one, two = read(services, people, 1, 2)
    services.triage.set_priority(people.lead, 2, None, Priority.LOW)

    def decide(found: IncidentRow) -> IncidentRow:
        if found.number == 7:
            raise NEEDED
        return services.triage.set_priority(
            people.handler, found.number, found.version, Priority.HIGH
        )

    outcomes = each_of([one, two, row(7)], decide)
    assert [each.after is not None for each in outcomes] == [True, False, False]
    assert [each.conflict is not None for each in outcomes] == [False, True, False]
    assert _summary(outcomes, "given") == (
        "1 done, given, 2 refused: INC0000002 was changed by S. Lead."
        f" INC0000007: It is closed. {HOW_TO_LOOK}"
    )
    assert _summary([outcomes[0], outcomes[2]], "") == (
        "1 done, 1 refused: INC0000007: It is closed."
    )
    assert _summary(outcomes[1:], "given").startswith("0 done, 2 refused: ")
    assert _summary([outcomes[0]] * 3, "given") == "3 done, given"


def test_who_is_shut_out_decides_on_no_more(services: Services, people: People) -> None:
    asked: list[int] = []

    def decide(found: IncidentRow) -> IncidentRow:
        asked.append(found.number)
        raise ShutOut("The account is disabled.")

    with pytest.raises(ShutOut):
        each_of([row(1), row(2)], decide)
    assert asked == [1]


def test_the_last_decision_is_remembered_with_what_is_decided_on_at_last() -> None:
    memory, decided = DecisionMemory(decided=(1, 2, 3)), []
    for number, numbers in ((4, (1, 2, 4)), (2, (1, 2, 4)), (9, (9,))):
        memory.add(number, numbers)
        decided.append(memory.decided)
    assert decided == [(1, 2, 4), (1, 4, 2), (9,)]


def back(services: Services, who: Account, *numbers: int, **more: Any) -> TakenBack:
    """Take somebody's last decision on each incident back."""
    return take_back_each(services.triage, who, numbers, **more)


def test_what_is_taken_back_what_not_and_why(services: Services, people: People) -> None:
    log(services, people, 4)
    handler = people.handler
    for number in (1, 2):
        services.triage.set_priority(handler, number, None, Priority.HIGH)
    services.triage.assign(people.lead, 2, None, Assignee(team="Networks"))
    services.triage.set_confidential(handler, 3, None, True, "Asked.")

    assert back(services, handler, 4).is_nothing
    taken = back(services, handler, 1, 2, 3, 4)
    assert [each.reference for each in taken.done] == ["INC0000001"]
    assert not taken.is_nothing
    assert [each.row.number for each in taken.needs_reason] == [3]
    assert len(taken.conflicts) == 1
    words = taken.in_words(several=True)
    assert words.startswith("Taken back: INC0000001. ")
    assert "S. Lead has touched it since." in words
    assert words.endswith(HOW_TO_LOOK)
    assert HOW_TO_LOOK not in taken.in_words(several=False)
    assert TakenBack().in_words(several=True) == ""

    again = back(services, handler, 3, reason="It is not.")
    assert (len(again.done), again.needs_reason) == (1, [])
    assert again.in_words(several=False) == "Taken back: INC0000003."


def test_of_several_a_refusal_says_whose_it_is(services: Services, people: People) -> None:
    log(services, people, 2)
    lead = people.lead
    services.triage.close_as_duplicate(lead, 1, None, 2)
    one, both = back(services, lead, 1), back(services, lead, 1, 2)
    assert not one.is_nothing
    (alone,), (first, *_) = one.refusals, both.refusals
    assert first == f"INC0000001: {alone}"
    assert one.conflicts == []


@pytest.mark.parametrize(("holder", "count", "is_all", "asked"), [
    (Assignee(1, "Jo"), 1, True, "Hand over 1 incident of Jo: to whom?"),
    (Assignee(1, "Jo"), 2, True, "Hand over all 2 incidents of Jo: to whom?"),
    (Assignee(1, "Jo"), 2, False, "Hand over 2 incidents of Jo: to whom?"),
    (Assignee(team="Field"), 3, True, "Hand over all 3 incidents of team Field: to whom?"),
    (Assignee(), 2, True, "Hand over all 2 incidents that nobody has: to whom?"),
])  # fmt: skip
def test_what_is_handed_over_is_named(
    holder: Assignee, count: int, is_all: bool, asked: str
) -> None:
    assert _title(holder, count, is_all=is_all) == asked
