"""Signing in: one answer to every failure, and guessing made slow."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from eds_tui import bootstrap
from eds_tui.desk import Desk
from eds_tui.domain.errors import SignInRefused
from eds_tui.domain.event import Event, EventKind
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.sign_in import REFUSED
from tests.factories import PASSWORD, START, People, SetClock

WRONG = "not the password"


def refusal(desk: Desk, login: str, password: str = WRONG) -> tuple[str, str]:
    """Return the words of a sign-in that must be refused."""
    with pytest.raises(SignInRefused) as refused:
        desk.sign_in.sign_in(login, password)
    return refused.value.title, refused.value.message


def events(database: Database, kind: EventKind) -> list[Event]:
    """Return the events of a kind that came after the making of the people."""
    with database.reading() as work:
        return list(work.events.of_kind(kind))


@pytest.mark.parametrize("login", ["00000EDU", "00000edu", "00000Edu"])
def test_a_name_in_any_case_and_its_password_open_the_kiosk(
    desk: Desk, people: People, login: str
) -> None:
    assert desk.sign_in.sign_in(login, PASSWORD) == people.head


@pytest.mark.parametrize(
    "password", ["", WRONG, PASSWORD.upper(), f"{PASSWORD} ", "x" * 100_000, "b\udce5d", "\0"]
)
def test_another_password_is_refused(desk: Desk, people: People, password: str) -> None:
    assert refusal(desk, "00000EDU", password) == ("Not signed in", REFUSED)


@pytest.mark.parametrize("login", ["nobody", "", "%", "00000EDU ", "' OR 1=1 --", "b\udce5d", "\0"])
def test_an_unknown_name_is_refused_in_the_same_words(
    desk: Desk, people: People, login: str
) -> None:
    assert refusal(desk, login, PASSWORD) == refusal(desk, "00000EDU")


def test_a_disabled_account_is_refused_in_the_same_words(desk: Desk, people: People) -> None:
    desk.accounts.disable("00000EDU")
    assert refusal(desk, "00000EDU", PASSWORD) == refusal(desk, "nobody")


def test_five_wrong_passwords_lock_and_the_right_one_is_refused_in_the_same_words(
    desk: Desk, people: People, clock: SetClock
) -> None:
    said = {refusal(desk, "00000EDU") for _ in range(5)}
    assert said | {refusal(desk, "00000EDU", PASSWORD)} == {("Not signed in", REFUSED)}
    clock.forward(seconds=59, milliseconds=999)
    refusal(desk, "00000EDU", PASSWORD)
    clock.forward(milliseconds=1)
    assert desk.sign_in.sign_in("00000EDU", PASSWORD) == people.head


def test_four_wrong_passwords_lock_nothing(desk: Desk, people: People) -> None:
    for _ in range(4):
        refusal(desk, "00000EDU")
    assert desk.sign_in.sign_in("00000EDU", PASSWORD) == people.head


def test_the_account_of_another_is_not_locked(desk: Desk, people: People) -> None:
    for _ in range(5):
        refusal(desk, "00000EDU")
    assert desk.sign_in.sign_in("bursar", PASSWORD) == people.bursar


def test_each_further_wrong_password_locks_for_twice_as_long(
    desk: Desk, people: People, clock: SetClock
) -> None:
    for _ in range(5):
        refusal(desk, "00000EDU")
    for minutes in (1, 2, 4):
        clock.forward(minutes=minutes, seconds=-1)
        refusal(desk, "00000EDU", PASSWORD)
        clock.forward(seconds=1)
        refusal(desk, "00000EDU", WRONG)
    clock.forward(minutes=8)
    assert desk.sign_in.sign_in("00000EDU", PASSWORD) == people.head


def test_success_begins_the_count_anew(desk: Desk, people: People) -> None:
    for _ in range(2):
        for _ in range(4):
            refusal(desk, "00000EDU")
        assert desk.sign_in.sign_in("00000EDU", PASSWORD) == people.head


def test_a_new_password_ends_the_lock(desk: Desk, people: People) -> None:
    for _ in range(5):
        refusal(desk, "00000EDU")
    desk.accounts.set_password("00000EDU", "another fine password")
    refusal(desk, "00000EDU", PASSWORD)
    assert desk.sign_in.sign_in("00000EDU", "another fine password") == people.head


def test_wrong_passwords_at_one_moment_are_all_counted(
    database: Database, desk: Desk, people: People
) -> None:
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: refusal(desk, "00000EDU"), range(5)))
    assert set(answers) == {("Not signed in", REFUSED)}
    with database.reading() as work:
        known = work.accounts.credentials("00000EDU")
    assert known is not None
    assert known.wrong_in_a_row == 5
    assert refusal(desk, "00000EDU", PASSWORD) == ("Not signed in", REFUSED)


def test_every_attempt_is_an_event_with_its_account(
    database: Database, desk: Desk, people: People
) -> None:
    refusal(desk, "00000edu")
    desk.sign_in.sign_in("00000EDU", PASSWORD)
    desk.sign_in.sign_out(people.head)
    (refused,) = events(database, EventKind.SIGN_IN_REFUSED)
    (signed_in,) = events(database, EventKind.SIGNED_IN)
    (signed_out,) = events(database, EventKind.SIGNED_OUT)
    assert (refused.at, refused.actor, refused.details) == (START, "", {"login": "00000EDU"})
    assert signed_in.actor == signed_out.actor == "Test User"


def test_attempts_on_a_locked_or_disabled_account_name_it_in_the_log(
    database: Database, desk: Desk, people: People
) -> None:
    for _ in range(6):
        refusal(desk, "00000EDU")
    desk.accounts.disable("bursar")
    refusal(desk, "bursar", PASSWORD)
    named = [event.details.get("login") for event in events(database, EventKind.SIGN_IN_REFUSED)]
    assert named == ["00000EDU"] * 6 + ["bursar"]


@pytest.mark.on_sqlite
def test_a_name_that_is_not_an_account_is_not_kept(
    database: Database, desk: Desk, people: People
) -> None:
    refusal(desk, "my secret password", "00000EDU")
    (refused,) = events(database, EventKind.SIGN_IN_REFUSED)
    assert refused.details == {}
    database.close()
    stored = Path(str(database.engine.url.database)).read_bytes()
    assert b"my secret password" not in stored
    assert PASSWORD.encode() not in stored


def test_signing_in_is_possible_where_there_is_an_account(
    desk: Desk, people: People, tmp_path: Path
) -> None:
    assert desk.sign_in.is_possible()
    empty = bootstrap.open_database(f"sqlite:///{tmp_path / 'empty.db'}", make=True)
    assert not bootstrap.open_desk(empty).sign_in.is_possible()
    empty.close()
