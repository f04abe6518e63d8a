"""Looking after accounts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eds_tui.domain.account import NewAccount, Role
from eds_tui.domain.errors import Conflict, EdsError, InvalidInput, NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.password import Weakness
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests import nasty
from tests.factories import PASSWORD, People

pytestmark = pytest.mark.long_on_postgres


def test_an_account_is_added_listed_and_signs_in(services: Services, people: People) -> None:
    new = NewAccount(
        login="Second", name="Second Handler", role=Role.HANDLER, email="second@example.org"
    )
    services.accounts.add(new, PASSWORD)
    account = services.accounts.by_login("sECOND")
    assert (account.login, account.name, account.role) == ("Second", "Second Handler", Role.HANDLER)
    assert (account.email, account.school_id, account.generic) == (
        "second@example.org",
        None,
        False,
    )
    assert services.sign_in.sign_in("second", PASSWORD) == account
    assert [one.login for one in services.accounts.all()] == [
        "00000EDU", "30112EDU", "bursar", "handler", "lead", "Second",
    ]  # fmt: skip


def test_a_name_that_is_taken_in_any_case_is_refused(services: Services, people: People) -> None:
    before = services.accounts.all()
    with pytest.raises(Conflict):
        services.accounts.add(
            NewAccount(login="HANDLER", name="Another", role=Role.HANDLER), PASSWORD
        )
    assert services.accounts.all() == before


def test_a_refused_account_names_each_field_and_is_not_kept(
    services: Services, people: People
) -> None:
    with pytest.raises(InvalidInput) as refused:
        services.accounts.add(NewAccount(login="x", name="", role=Role.SCHOOL), "short")
    assert list(refused.value.problems) == ["login", "name", "school", "password"]
    with pytest.raises(NotFound):
        services.accounts.by_login("x")


def test_an_account_of_a_school_that_is_not_there_is_not_called_taken(
    services: Services, people: People
) -> None:
    with pytest.raises(EdsError) as refused:
        services.accounts.add(
            NewAccount(login="newcomer", name="New", role=Role.SCHOOL, school_id=999_999), PASSWORD
        )
    assert "already" not in refused.value.message


def test_a_password_is_changed_and_the_old_one_opens_nothing(
    services: Services, people: People
) -> None:
    services.accounts.set_password("HANDLER", "another fine password")
    assert services.sign_in.sign_in("handler", "another fine password") == people.handler
    with pytest.raises(InvalidInput) as refused:
        services.accounts.set_password("handler", "short")
    assert list(refused.value.problems) == ["password"]


@pytest.mark.on_sqlite
@pytest.mark.parametrize(("password", "sentence"), [
    ("1234567890123", Weakness.COMMON), ("Test User 2026", Weakness.NAME),
    ("00000edu-00000EDU", Weakness.NAME), ("Test School, Test Town", Weakness.NAME),
])  # fmt: skip
def test_a_new_password_is_not_easy_to_guess_for_whoever_knows_the_account(
    services: Services, people: People, password: str, sentence: Weakness
) -> None:
    new = NewAccount(
        login="00000EDU", name="Test User", role=Role.SCHOOL, school_id=people.school.id
    )
    acts: tuple[Callable[[], object], ...] = (
        lambda: services.accounts.add(new, password),
        lambda: services.accounts.set_password("00000EDU", password),
    )
    for act in acts:
        with pytest.raises(InvalidInput) as refused:
            act()
        assert refused.value.problems == {"password": sentence.value}


def test_an_account_goes_over_to_another_role_with_what_belongs_to_it(
    database: Database, services: Services, people: People
) -> None:
    services.accounts.set_team("handler", "Networks")
    assert services.accounts.set_role("handler", Role.LEAD).team == "Networks"
    school = services.accounts.set_role("HANDLER", Role.SCHOOL, people.other_school.id)
    assert (school.role, school.school_id, school.team) == (
        Role.SCHOOL, people.other_school.id, "",
    )  # fmt: skip
    assert services.accounts.set_school("handler", people.school.id).school_id == people.school.id
    assert services.accounts.set_role("handler", Role.HANDLER).school_id is None
    services.accounts.set_role("handler", Role.HANDLER)
    with database.reading() as work:
        changed = [e.details["changed"] for e in work.events.of_kind(EventKind.ACCOUNT_CHANGED)]
    assert changed == [
        {"team": ["", "Networks"]},
        {"role": ["handler", "lead"]},
        {"role": ["lead", "school"], "school": ["", "30112"], "team": ["Networks", ""]},
        {"school": ["30112", "00000"]},
        {"role": ["school", "handler"], "school": ["00000", ""]},
    ]


def test_what_does_not_go_together_changes_nothing(services: Services, people: People) -> None:
    before = services.accounts.all()
    acts: dict[str, Callable[[], object]] = {
        "generic": lambda: services.accounts.set_role("bursar", Role.HANDLER),
        "school": lambda: services.accounts.set_role("handler", Role.SCHOOL),
        "school ": lambda: services.accounts.set_school("handler", people.school.id),
        "school  ": lambda: services.accounts.set_school("bursar", 999_999),
    }
    for field, act in acts.items():
        with pytest.raises(InvalidInput) as refused:
            act()
        assert list(refused.value.problems) == [field.strip()]
    with pytest.raises(InvalidInput, match="no shared logins"):
        services.accounts.add(
            NewAccount(login="desk", name="Desk", role=Role.LEAD, generic=True), PASSWORD
        )
    assert services.accounts.all() == before


def test_a_disabled_account_is_listed_as_such(services: Services, people: People) -> None:
    services.accounts.disable("handler")
    assert [one.login for one in services.accounts.all() if one.disabled] == ["handler"]


@pytest.mark.parametrize("login", ["nobody", "b\udce5d", "\0", "%"])
def test_an_account_that_is_not_there_is_said_not_to_be(
    services: Services, people: People, login: str
) -> None:
    for asked in (services.accounts.by_login, services.accounts.disable):
        with pytest.raises(NotFound):
            asked(login)


@pytest.mark.parametrize(
    ("name", "kept"),
    [*((text, text) for text in nasty.MARKUP[:3]), *nasty.UNSTORABLE],
)
def test_a_persons_name_is_ordinary_text(
    services: Services, people: People, name: str, kept: str
) -> None:
    services.accounts.add(NewAccount(login="newcomer", name=name, role=Role.HANDLER), PASSWORD)
    assert services.accounts.by_login("newcomer").name == kept


def test_every_change_is_an_event(database: Database, services: Services, people: People) -> None:
    """Rule 30."""
    services.accounts.add(NewAccount(login="newcomer", name="New", role=Role.HANDLER), PASSWORD)
    services.accounts.set_password("newcomer", "another fine password")
    services.accounts.disable("newcomer")
    kinds = (EventKind.ACCOUNT_ADDED, EventKind.PASSWORD_CHANGED, EventKind.ACCOUNT_DISABLED)
    with database.reading() as work:
        last = [work.events.of_kind(kind)[-1] for kind in kinds]
    assert [event.details["login"] for event in last] == ["newcomer"] * 3
    assert "password" not in str([event.details for event in last])


def test_what_is_so_already_is_no_event(
    database: Database, services: Services, people: People
) -> None:
    """Rule 30: the history tells what changed, and when it first did."""
    assert not people.handler.bell
    for _ in range(2):
        services.accounts.keep_bell(people.handler, on=True)
        services.accounts.disable("bursar")
    with database.reading() as work:
        changed = work.events.of_kind(EventKind.ACCOUNT_CHANGED)
        shut_out = work.events.of_kind(EventKind.ACCOUNT_DISABLED)
    assert [event.details["changed"] for event in changed] == [{"bell": [False, True]}]
    assert [event.details["login"] for event in shut_out] == ["bursar"]
