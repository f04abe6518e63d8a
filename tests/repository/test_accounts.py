"""Accounts as they are stored: each change is of one of them."""

from __future__ import annotations

from eds_tui.repository.unit_of_work import Database
from tests.factories import People


def test_another_hash_of_a_password_is_that_accounts_and_no_new_password_gives_way(
    database: Database, people: People
) -> None:
    """All these have one hash to begin with."""
    logins = ("00000EDU", "bursar", "30112EDU", "handler", "lead")
    before = _hashes(database, logins)
    (one,) = set(before.values())
    with database.writing() as work:
        work.accounts.set_hash(people.neighbour.id, one, "anew")
        work.accounts.set_hash(people.handler.id, "of a password of before", "lost")
        work.commit()
    assert _hashes(database, logins) == before | {"30112EDU": "anew"}
    with database.reading() as work:
        for account in (people.neighbour, people.handler):
            assert work.accounts.by_login(account.login) == account


def _hashes(database: Database, logins: tuple[str, ...]) -> dict[str, str]:
    with database.reading() as work:
        known = {login: work.accounts.credentials(login) for login in logins}
    return {login: found.password_hash for login, found in known.items() if found is not None}
