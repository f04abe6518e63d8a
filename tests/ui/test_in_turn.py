"""In which order a person is asked: reasons one after the other, receivers of a hand-over."""

from __future__ import annotations

from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee
from eds_tui.domain.undo import ReasonNeeded
from eds_tui.services.container import Services
from eds_tui.ui.features.handing_over import _in_order
from eds_tui.ui.features.undo import TakenBack, take_back_each
from tests.factories import People, log
from tests.rows import row

WHY_HIDE, WHY_SHOW = "Why is it hidden?", "Why is it shown?"
NOBODY = Assignee()
FIRST_LINE, FIELD = Assignee(team="First line"), Assignee(team="Field engineers")
ANNE = Assignee(1, "Anne", "First line")
BEN = Assignee(2, "Ben", "Field engineers")
CATH = Assignee(3, "Cath")


def test_what_asks_the_first_question_is_asked_about_at_once_and_the_rest_later() -> None:
    one, two, three, four = row(1), row(2), row(3), row(4)
    taken = TakenBack(
        needs_reason=[
            ReasonNeeded(WHY_HIDE, one), ReasonNeeded(WHY_SHOW, two), ReasonNeeded(WHY_HIDE, three),
            ReasonNeeded(WHY_SHOW, four),
        ]
    )  # fmt: skip
    assert taken.asked() == (WHY_HIDE, (one, three), (2, 4))


def test_what_can_not_be_taken_back_is_said_of_each_and_holds_up_no_other(
    services: Services, people: People
) -> None:
    """Rule 37: one that is not there, one of somebody else's, one with nothing to take back."""
    log(services, people, 3)
    triage = services.triage
    for number in (1, 2):
        triage.set_priority(people.handler, number, None, Priority.LOW)
    triage.set_priority(people.lead, 2, None, Priority.HIGH)
    taken = take_back_each(triage, people.handler, [404, 2, 3, 1])
    assert [row.number for row in taken.done] == [1]
    assert (len(taken.conflicts), taken.needs_reason, taken.is_nothing) == (1, [], False)
    assert taken.in_words(several=True) == (
        "Taken back: INC0000001. There is no incident INC0000404 in your lists."
        " There is nothing of yours to undo on INC0000002. S. Lead has touched it since."
        " There is nothing of yours to undo on INC0000003. ! shows what changed."
    )
    assert take_back_each(triage, people.handler, [3]).is_nothing
    assert not take_back_each(triage, people.handler, [404]).is_nothing


def test_the_holders_team_comes_first_and_nobody_last() -> None:
    offered = [NOBODY, ANNE, BEN, CATH, FIELD, FIRST_LINE]
    assert _in_order(offered, ANNE) == [FIRST_LINE, BEN, CATH, FIELD, NOBODY]
    assert _in_order(offered, CATH) == [ANNE, BEN, FIELD, FIRST_LINE, NOBODY]
    assert _in_order(offered, NOBODY) == [ANNE, BEN, CATH, FIELD, FIRST_LINE]
