"""Looking after accounts, from the console."""

from __future__ import annotations

from dataclasses import replace

from eds_tui.domain.account import Account, NewAccount, check_new_account, password_problem
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import InvalidInput, NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.text import storable, visible
from eds_tui.passwords import Passwords
from eds_tui.repository.unit_of_work import Database, UnitOfWork


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
        new = replace(new, name=storable(new.name), email=storable(new.email))
        check_new_account(new, password)
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

    @staticmethod
    def _named(work: UnitOfWork, login: str) -> Account:
        account = work.accounts.by_login(storable(login))
        if account is None:
            raise NotFound(f"There is no account named {visible(login)}.")
        return account
