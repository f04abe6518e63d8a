"""Looking after accounts, from the console."""

from __future__ import annotations

from dataclasses import replace

from eds_tui.domain.account import (
    Account,
    NewAccount,
    Role,
    check_new_account,
    password_problem,
)  # fmt: skip
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import InvalidInput, NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.text import storable, visible
from eds_tui.passwords import Passwords
from eds_tui.repository.unit_of_work import Database, UnitOfWork

LONGEST_TEAM = 64
"""Characters that the name of a team may have."""


class Accounts:
    """Adds, lists and changes accounts."""

    def __init__(self, database: Database, passwords: Passwords, clock: Clock) -> None:
        self._database = database
        self._passwords = passwords
        self._clock = clock

    def add(self, new: NewAccount, password: str) -> None:
        """Add an account.

        Raises:
            InvalidInput: With a sentence for each field at fault, the password's included.
            Conflict: The account name is taken.
        """
        new = replace(
            new,
            name=storable(new.name),
            email=storable(new.email),
            team=storable(new.team).strip(),
        )
        check_new_account(new, password)
        _check_team(new.role, new.team)
        password_hash = self._passwords.hash(password)
        now = self._clock()
        with self._database.writing() as work:
            if new.school_id is not None and work.schools.by_id(new.school_id) is None:
                raise InvalidInput({"school": "There is no such school."})
            work.accounts.add(new, password_hash, now)
            details = {"login": new.login, "role": new.role.value}
            work.events.add(EventKind.ACCOUNT_ADDED, now, None, details=details)
            work.commit()

    def all(self) -> tuple[Account, ...]:
        """Return every account by name."""
        with self._database.reading() as work:
            return work.accounts.all()

    def by_login(self, login: str) -> Account:
        """Return the account with that name.

        Raises:
            NotFound: There is none.
        """
        with self._database.reading() as work:
            return self._named(work, login)

    def set_password(self, login: str, password: str) -> None:
        """Give an account a new password and end any lock.

        Raises:
            InvalidInput: The password is too short or too easy.
            NotFound: There is no such account.
        """
        if problem := password_problem(password, login):
            raise InvalidInput({"password": problem})
        password_hash = self._passwords.hash(password)
        with self._database.writing() as work:
            account = self._named(work, login)
            work.accounts.set_password(account.id, password_hash)
            details = {"login": account.login}
            work.events.add(EventKind.PASSWORD_CHANGED, self._clock(), None, details=details)
            work.commit()

    def disable(self, login: str) -> None:
        """Shut an account out.

        Raises:
            NotFound: There is no such account.
        """
        with self._database.writing() as work:
            account = self._named(work, login)
            work.accounts.set_disabled(account.id, disabled=True)
            details = {"login": account.login}
            work.events.add(EventKind.ACCOUNT_DISABLED, self._clock(), None, details=details)
            work.commit()

    def enable(self, login: str) -> None:
        """Let an account in again.

        Raises:
            NotFound: There is no such account.
        """
        with self._database.writing() as work:
            account = self._named(work, login)
            work.accounts.set_disabled(account.id, disabled=False)
            self._changed(work, account, "disabled", account.disabled, False)
            work.commit()

    def set_team(self, login: str, team: str) -> Account:
        """Put an account of the service centre into a team.

        Args:
            login: The account name.
            team: The team's name; empty for none.

        Returns:
            The account as it then is.

        Raises:
            InvalidInput: The name is too long, or the account is a school's.
            NotFound: There is no such account.
        """
        team = storable(team).strip()
        with self._database.writing() as work:
            account = self._named(work, login)
            _check_team(account.role, team)
            work.accounts.set_team(account.id, team)
            self._changed(work, account, "team", account.team, team)
            work.commit()
        return replace(account, team=team)

    def _changed(
        self, work: UnitOfWork, account: Account, field: str, before: object, after: object
    ) -> None:
        if before == after:
            return
        details = {"login": account.login, "changed": {field: [before, after]}}
        work.events.add(EventKind.ACCOUNT_CHANGED, self._clock(), None, details=details)

    @staticmethod
    def _named(work: UnitOfWork, login: str) -> Account:
        account = work.accounts.by_login(storable(login))
        if account is None:
            raise NotFound(f"There is no account named {visible(login)}.")
        return account


def _check_team(role: Role, team: str) -> None:
    if team and not role.is_service_centre:
        raise InvalidInput({"team": "A school account is in no team of the service centre."})
    if len(team) > LONGEST_TEAM:
        raise InvalidInput({"team": f"The name of a team has at most {LONGEST_TEAM} characters."})
