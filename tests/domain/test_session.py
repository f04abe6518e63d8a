"""Which changes of an account end the sessions that were begun with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from eds_tui.domain.account import Account, Role
from eds_tui.domain.session import why_ended

BEGUN = Account(id=1, login="00000EDU", name="Test School", role=Role.SCHOOL, school_id=7)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"disabled": True}, "has been disabled"),
        ({"password_version": 1}, "has a new password"),
        ({"role": Role.HANDLER}, "has another role"),
        ({"school_id": 8}, "belongs to another school"),
        ({"generic": True}, "has been changed"),
    ],
)
def test_a_session_ends_with_what_it_was_let_in_by(changes: dict[str, Any], reason: str) -> None:
    for begun, now in ((BEGUN, replace(BEGUN, **changes)), (replace(BEGUN, **changes), BEGUN)):
        if now.disabled or not begun.disabled:
            assert reason in (why_ended(begun, now) or "")


def test_a_session_ends_with_its_account() -> None:
    assert why_ended(BEGUN, None) == (
        "This account has been disabled. You are signed out; what you typed is kept."
    )


@pytest.mark.parametrize(
    "changes", [{}, {"team": "Networks"}, {"name": "A. Head"}, {"email": "head@school.example"}]
)
def test_a_session_outlives_what_it_may_take_in(changes: dict[str, Any]) -> None:
    assert why_ended(BEGUN, replace(BEGUN, **changes)) is None
