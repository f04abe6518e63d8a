"""Who has what, and notes (rule 51)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eds_tui.domain.account import Account, Role
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.hand_over import LONGEST_NOTE, Counted, HandOver, piles_of
from eds_tui.domain.triage import Assignee
from tests.factories import START

HANDLER = Account(id=1, login="h", name="A. Handler", role=Role.HANDLER, team="Networks")
LEAD = Account(id=2, login="l", name="B. Lead", role=Role.LEAD)
GONE = Account(id=3, login="g", name="Gone", role=Role.HANDLER, disabled=True)
HEAD = Account(id=4, login="s", name="Head", role=Role.SCHOOL, school_id=1)
GIVEN = HandOver(submission="key", source=Assignee(1, "A. Handler"), target=Assignee(2, "B. Lead"))


def test_everybody_at_the_centre_is_there_and_who_has_gone_while_there_is_something() -> None:
    people = (LEAD, HEAD, GONE, HANDLER)
    none = piles_of(people, (), START)
    assert [each.holder.label for each in none] == [
        "nobody", "team Networks", "A. Handler", "B. Lead",
    ]  # fmt: skip
    assert {(each.open, each.late, each.oldest) for each in none} == {(0, 0, None)}
    counted = [
        Counted(3, "", 4, 1, START), Counted(4, "", 1, 0, START), Counted(None, "Old", 2, 2, START),
    ]  # fmt: skip
    some = piles_of(people, counted, START)
    assert [(each.holder.label, each.open, each.late, each.disabled) for each in some] == [
        ("nobody", 0, 0, False), ("team Networks", 0, 0, False), ("team Old", 2, 2, False),
        ("A. Handler", 0, 0, False), ("B. Lead", 0, 0, False), ("Gone", 4, 1, True),
        ("Head", 1, 0, True),
    ]  # fmt: skip


@pytest.mark.parametrize("length", [0, 1, LONGEST_NOTE])
def test_a_note_may_be_as_long_as_a_comment_or_empty(length: int) -> None:
    given = replace(GIVEN, note="x" * length)
    assert given.checked() == given


def test_a_longer_note_is_refused_in_words() -> None:
    with pytest.raises(InvalidInput) as refused:
        replace(GIVEN, note="x" * 100_000).checked()
    assert refused.value.problems == {
        "note": "The hand-over note has 100,000 characters; at most 8,000 can be kept."
        " Nothing was handed over."
    }


def test_another_note_or_target_under_one_key_is_another_hand_over() -> None:
    others = [replace(GIVEN, note="More."), replace(GIVEN, target=Assignee(team="Networks"))]
    assert len({GIVEN.key, replace(GIVEN).key, *(each.key for each in others)}) == 3
