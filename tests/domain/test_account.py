"""Accounts: the table of roles and actions, new accounts, and who may not be one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from eds_tui.domain.account import (
    ALLOWED,
    Account,
    Action,
    NewAccount,
    Role,
    Scope,
    check_new_account,
)
from eds_tui.domain.errors import InvalidInput, NotAllowed
from tests.cases import each_case

TABLE = {
    Action.REPORT: "school",
    Action.LOG_CALLS: "handler lead",
    Action.COMMENT: "school handler lead",
    Action.READ_INCIDENTS: "school handler lead",
    Action.READ_CONFIDENTIAL: "handler lead",
    Action.RATE_INCIDENTS: "school",
    Action.LOOK_UP_SCHOOLS: "handler lead",
    Action.TRIAGE: "handler lead",
    Action.SEE_HISTORY: "handler lead",
    Action.SEE_WORK_NOTES: "handler lead",
    Action.KEEP_VIEWS: "handler lead",
    Action.MANAGE_REPLIES: "lead",
    Action.MANAGE_SERVICE_LEVEL: "lead",
    Action.MANAGE_ACCOUNTS: "lead",
    Action.MANAGE_SCHOOLS: "lead",
    Action.MANAGE_MAIL: "lead",
    Action.READ_FEEDBACK: "lead",
}


def account(role: Role) -> Account:
    """Return an account of a role."""
    return Account(
        id=1,
        login="somebody",
        name="Somebody",
        role=role,
        school_id=7 if role is Role.SCHOOL else None,
    )


def test_every_action_is_in_the_table_of_this_test() -> None:
    assert set(TABLE) == set(Action)
    assert set(ALLOWED) == set(Role)


@each_case("role", list(Role))
@each_case("action", list(Action))
def test_each_role_may_do_what_the_table_says(role: Role, action: Action) -> None:
    actor = account(role)
    allowed = role.value in TABLE[action].split()
    assert actor.may(action) is allowed
    if allowed:
        actor.require(action)
    else:
        with pytest.raises(NotAllowed):
            actor.require(action)


@each_case("role", list(Role))
@each_case("action", list(Action))
def test_a_disabled_account_may_do_nothing(role: Role, action: Action) -> None:
    assert not replace(account(role), disabled=True).may(action)


def test_what_each_role_may_learn_of() -> None:
    assert account(Role.SCHOOL).scope == Scope(school_id=7, confidential=False, account_id=1)
    assert account(Role.HANDLER).scope == Scope(school_id=None, confidential=True, account_id=1)
    assert account(Role.LEAD).scope == Scope(school_id=None, confidential=True, account_id=1)
    disabled = replace(account(Role.HANDLER), disabled=True, team="Field")
    assert disabled.scope == Scope(school_id=None, confidential=False, account_id=1, team="Field")


@pytest.mark.parametrize("role", list(Role))
def test_a_login_that_several_people_share_is_told_at_the_service_centre_alone(role: Role) -> None:
    shared = replace(account(role), generic=True)
    assert shared.is_shared_at_the_centre is (role is not Role.SCHOOL)
    assert not account(role).is_shared_at_the_centre


def test_a_school_account_that_has_lost_its_school_does_not_see_every_schools_incidents() -> None:
    """Rule 24."""
    assert replace(account(Role.SCHOOL), school_id=None).scope.school_id is not None


@each_case(
    "changes, field",
    [
        ({"login": ""}, "login"),
        ({"login": "a"}, "login"),
        ({"login": "_ab"}, "login"),
        ({"login": "a b"}, "login"),
        ({"login": "a" * 65}, "login"),
        ({"login": "ab\n"}, "login"),
        ({"name": " "}, "name"),
        ({"school_id": None}, "school"),
        ({"role": Role.HANDLER}, "school"),
        ({"role": Role.LEAD, "school_id": None, "generic": True}, "generic"),
        ({"email": "user@school"}, "email"),
    ],
)
def test_an_account_that_could_not_be_used_is_refused(changes: dict[str, Any], field: str) -> None:
    new = replace(
        NewAccount(login="00000EDU", name="Test User", role=Role.SCHOOL, school_id=7), **changes
    )
    with pytest.raises(InvalidInput) as refused:
        check_new_account(new)
    assert list(refused.value.problems) == [field]


@pytest.mark.parametrize("login", ["00000EDU", "bursar@test-school.example", "ab", "a" * 64])
def test_account_names_as_schools_have_them_are_taken(login: str) -> None:
    check_new_account(NewAccount(login=login, name="Test User", role=Role.SCHOOL, school_id=7))


@each_case("changes", [{"theme": "eds-light"}, {"bell": True}, {"password_version": 2}])
def test_what_a_session_may_have_changed_meanwhile_makes_nobody_else_of_it(
    changes: dict[str, Any],
) -> None:
    before = account(Role.HANDLER)
    assert replace(before, **changes) == before
    assert replace(before, login="another") != before
