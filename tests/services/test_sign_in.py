"""Signing in: one answer to every failure, guessing made slow, and nobody kept out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event as listening

from eds_tui import bootstrap
from eds_tui.domain.account import NewAccount, Role
from eds_tui.domain.errors import ShutOut, SignInDelayed, SignInRefused
from eds_tui.domain.event import Event, EventKind
from eds_tui.domain.password import LONGEST_PASSWORD, TOO_LONG
from eds_tui.domain.throttle import LONGEST_WAIT
from eds_tui.host.passwords import Passwords
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.sign_in import NO_ACCOUNT, REFUSED, SHARED, WRONG_PASSWORD, SignIn
from tests.factories import PASSWORD, QUICK_HASHER, START, People, SetClock

pytestmark = pytest.mark.long_on_postgres

WRONG = "not the password"
NEW = "another fine password"


def refusal(at: SignIn | Services, login: str, password: str = WRONG) -> tuple[str, str]:
    """Return the words of a sign-in that must be refused."""
    service = at.sign_in if isinstance(at, Services) else at
    with pytest.raises(SignInRefused) as refused:
        service.sign_in(login, password)
    return refused.value.title, refused.value.message


def events(database: Database, kind: EventKind) -> list[Event]:
    """Return the events of a kind that came after the making of the people."""
    with database.reading() as work:
        return list(work.events.of_kind(kind))


def kiosk(database: Database, clock: SetClock, source: str = "10.0.0.1") -> SignIn:
    """Return the sign-in of another open kiosk."""
    return SignIn(database, Passwords(), clock, source)


@pytest.mark.parametrize("login", ["00000EDU", "00000edu", "00000Edu"])
def test_a_name_in_any_case_and_its_password_open_the_kiosk(
    services: Services, people: People, login: str
) -> None:
    assert services.sign_in.sign_in(login, PASSWORD) == people.head


@pytest.mark.parametrize(
    "password", ["", WRONG, PASSWORD.upper(), f"{PASSWORD} ", "b\udce5d", "\0"]
)
def test_another_password_is_refused(services: Services, people: People, password: str) -> None:
    assert refusal(services, "00000EDU", password) == ("Not signed in", REFUSED)


@pytest.mark.parametrize("login", ["nobody", "", "%", "00000EDU ", "' OR 1=1 --", "b\udce5d", "\0"])
def test_an_unknown_name_is_refused_in_the_same_words(
    services: Services, people: People, login: str
) -> None:
    assert refusal(services, login, PASSWORD) == refusal(services, "00000EDU")


def test_a_disabled_account_is_refused_in_the_same_words(
    services: Services, people: People
) -> None:
    services.accounts.disable("00000EDU")
    assert refusal(services, "00000EDU", PASSWORD) == refusal(services, "nobody")


def test_wrong_passwords_make_the_next_try_wait_and_the_right_one_is_in_within_a_minute(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """In the same words for any name, wherever they were typed, and while others go on."""
    told = [refusal(services, "00000EDU")[1] for _ in range(4)]
    assert told == [REFUSED] * 4
    assert (
        refusal(services, "00000EDU")[1] == f"{REFUSED} Please wait 1 second, then type it again."
    )
    for wait in (1, 2, 4, 8, 16, 32):
        clock.forward(seconds=wait)
        refusal(services, "00000EDU")
    waits = refusal(services, "00000EDU", PASSWORD)
    assert waits == ("Not signed in", waits[1])
    assert waits[1].endswith("was not looked at. Please wait 45 seconds, then type it again.")
    owner = kiosk(database, clock, "")
    refusal(owner, "00000EDU", PASSWORD)
    clock.forward(seconds=LONGEST_WAIT.total_seconds())
    refusal(kiosk(database, clock), "00000EDU")
    assert owner.sign_in("00000EDU", PASSWORD) == people.head
    assert services.sign_in.sign_in("00000EDU", PASSWORD) == people.head


def test_the_lock_of_an_open_session_is_not_closed_by_others_and_slowed_by_its_own(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    for _ in range(7):
        refusal(kiosk(database, clock, ""), "handler")
    services.sign_in.unlock(people.handler, PASSWORD)
    for _ in range(5):
        with pytest.raises(SignInRefused, match=WRONG_PASSWORD):
            services.sign_in.unlock(people.handler, WRONG)
    with pytest.raises(SignInDelayed, match="Please wait 1 second,"):
        services.sign_in.unlock(people.handler, PASSWORD)
    clock.forward(seconds=1)
    services.sign_in.unlock(people.handler, PASSWORD)


def test_the_old_password_unlocks_nothing_and_the_new_one_no_session_from_before(
    services: Services, people: People
) -> None:
    services.accounts.set_password("handler", NEW)
    for password in (PASSWORD, NEW):
        with pytest.raises(ShutOut, match="has a new password"):
            services.sign_in.unlock(people.handler, password)
    refusal(services, "handler", PASSWORD)
    services.sign_in.unlock(services.sign_in.sign_in("handler", NEW), NEW)


def test_wrong_passwords_in_many_processes_at_one_moment_are_all_counted(
    database: Database, people: People, clock: SetClock
) -> None:
    """No more are checked than one after the other would be."""
    kiosks = [kiosk(database, clock) for _ in range(7)]
    with ThreadPoolExecutor(7) as pool:
        answers = list(pool.map(lambda each: refusal(each, "00000EDU")[1], kiosks))
    checked = [answer for answer in answers if answer.startswith(REFUSED)]
    assert (len(checked), len(events(database, EventKind.SIGN_IN_REFUSED))) == (5, 5)


@dataclass
class Work:
    """What was done for an answer."""

    statements: list[str] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)


@contextmanager
def counted(database: Database, patch: pytest.MonkeyPatch) -> Iterator[Work]:
    """Count the statements and the computations of hashes."""
    work = Work()

    def sees(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "plan_cache_mode" not in statement:
            work.statements.append(statement)

    def counts(name: str) -> None:
        real = getattr(PasswordHasher, name)

        def call(self: PasswordHasher, *arguments: str) -> object:
            work.hashes.append(name)
            return real(self, *arguments)

        patch.setattr(PasswordHasher, name, call)

    with patch.context() as patch:
        counts("hash")
        counts("verify")
        listening.listen(database.engine, "before_cursor_execute", sees)
        yield work
        listening.remove(database.engine, "before_cursor_execute", sees)


def test_what_is_done_for_an_answer_says_nothing_of_whether_there_is_an_account(
    database: Database,
    people: People,
    clock: SetClock,
    services: Services,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From the first try of a fresh process on, until it waits; however the password is spelt."""
    services.accounts.disable("lead")
    seen = []
    for login in ("handler", "nobody", "lead"):
        done = []
        fresh = kiosk(database, clock, login)
        for password in ("e\u0301tagere numero", *[WRONG] * 6):
            with counted(database, monkeypatch) as work:
                answer = refusal(fresh, login, password)
            done.append((answer, work))
        seen.append(done)
    first, *others = seen
    assert others == [first] * 2
    checks = [["verify"] * 2, *[["verify"]] * 4, [], []]
    assert [work.hashes for _, work in first] == checks
    assert [len(work.statements) > 3 for _, work in first] == [*[True] * 5, False, False]


def test_every_attempt_is_an_event_with_its_account(
    database: Database, services: Services, people: People
) -> None:
    services.accounts.disable("bursar")
    refusal(services, "00000edu")
    refusal(services, "bursar", PASSWORD)
    services.sign_in.sign_in("00000EDU", PASSWORD)
    services.sign_in.sign_out(people.head)
    refused = events(database, EventKind.SIGN_IN_REFUSED)
    (signed_in,) = events(database, EventKind.SIGNED_IN)
    (signed_out,) = events(database, EventKind.SIGNED_OUT)
    assert [(each.at, each.actor, each.details) for each in refused] == [
        (START, "", {"login": "00000EDU"}), (START, "", {"login": "bursar"}),
    ]  # fmt: skip
    assert signed_in.actor == signed_out.actor == "Test User"


@pytest.mark.on_sqlite
def test_a_name_that_is_not_an_account_is_not_kept(
    database: Database, services: Services, people: People
) -> None:
    refusal(services, "my secret password", "00000EDU")
    (refused,) = events(database, EventKind.SIGN_IN_REFUSED)
    assert refused.details == {}
    database.close()
    stored = Path(str(database.engine.url.database)).read_bytes()
    assert b"my secret password" not in stored
    assert PASSWORD.encode() not in stored


@pytest.mark.on_sqlite
@pytest.mark.parametrize("password", [
    "deux  blancs et plus", "  blancs aux bouts  ", "\N{NO-BREAK SPACE}dure à cuire ",
    "\N{HORSE}\N{BATTERY}\N{PAPERCLIP}\N{WHITE HEAVY CHECK MARK}\N{CLOUD}\ufe0f avec dix",
    "famille \N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL} a trois",
])  # fmt: skip
def test_a_password_is_taken_character_by_character_in_any_spelling_of_its_letters(
    services: Services, people: People, password: str
) -> None:
    services.accounts.set_password("handler", password)
    for form in ("NFC", "NFD"):
        typed = unicodedata.normalize(form, password)
        assert services.sign_in.sign_in("handler", typed) == people.handler
    for other in (" ".join(password.split()), password[:-1]):
        if other != password:
            refusal(services, "handler", other)


def test_a_hash_of_what_was_typed_before_spellings_were_one_opens_and_is_made_anew(
    database: Database, services: Services, people: People
) -> None:
    typed, composed = "e\u0301tage\u0300re a\u0302gee", "\u00e9tag\u00e8re \u00e2gee"
    with database.writing() as work:
        work.accounts.set_password(people.handler.id, QUICK_HASHER.hash(typed.encode()))
        work.commit()
    refusal(services, "handler", composed)
    before = services.sign_in.sign_in("handler", typed)
    assert services.sign_in.sign_in("handler", composed).password_version == before.password_version
    services.sign_in.unlock(before, typed)


def test_a_password_that_is_too_long_is_said_to_be_and_nothing_is_counted(
    database: Database, services: Services, people: People
) -> None:
    for login in ("handler", "nobody"):
        for length in (LONGEST_PASSWORD + 1, 1_000_000):
            assert refusal(services, login, "x" * length) == ("Not signed in", TOO_LONG)
    assert events(database, EventKind.SIGN_IN_REFUSED) == []
    refusal(services, "handler", "x" * LONGEST_PASSWORD)
    assert len(events(database, EventKind.SIGN_IN_REFUSED)) == 1


def test_a_shared_login_of_the_service_centre_from_before_is_refused_in_words(
    database: Database, services: Services, people: People
) -> None:
    """By password and by key; to nobody who does not have the password."""
    with database.writing() as work:
        known = work.accounts.credentials("handler")
        assert known is not None
        new = NewAccount(login="desk", name="The Desk", role=Role.HANDLER, generic=True)
        work.accounts.add(new, known.password_hash, START)
        work.commit()
    assert refusal(services, "desk") == ("Not signed in", REFUSED)
    assert refusal(services, "desk", PASSWORD) == ("Not signed in", SHARED)
    for login, sentence in (("desk", SHARED), ("nobody", NO_ACCOUNT)):
        with pytest.raises(SignInRefused) as refused:
            services.sign_in.sign_in_proven(login)
        assert refused.value.message == sentence
    assert services.sign_in.sign_in("bursar", PASSWORD) == people.bursar


def test_signing_in_is_possible_where_there_is_an_account(
    services: Services, people: People, tmp_path: Path
) -> None:
    assert services.sign_in.is_possible()
    empty = bootstrap.open_database(f"sqlite:///{tmp_path / 'empty.db'}", make=True)
    assert not bootstrap.open_services(empty).sign_in.is_possible()
    empty.close()
