"""Signing in: who somebody is, and how guessing is made slow."""

from __future__ import annotations

from eds_tui.domain.account import Account, Credentials, lock_after
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import SignInRefused
from eds_tui.domain.event import EventKind
from eds_tui.domain.text import storable
from eds_tui.passwords import Passwords
from eds_tui.repository.unit_of_work import Database

REFUSED = (
    "That account name and password do not open the kiosk. After several wrong passwords"
    " an account stays locked for a while."
)
"""The only answer to a sign-in that fails, so that it gives nothing away."""
NO_ACCOUNT = "Your SSH key names no account that may sign in. Please ask who looks after the kiosk."
"""What somebody is told whose key is known and whose account is not, or no longer."""
_BY_KEY = {"by": "SSH key"}


class SignIn:
    """Checks names and passwords; each attempt is an event."""

    def __init__(self, database: Database, passwords: Passwords, clock: Clock) -> None:
        self._database = database
        self._passwords = passwords
        self._clock = clock

    def is_possible(self) -> bool:
        """Return whether there is any account to sign in with."""
        with self._database.reading() as work:
            return work.accounts.any()

    def unlock(self, account: Account, password: str) -> None:
        """Check the password of whoever has signed in; what fails counts as at signing in.

        Raises:
            SignInRefused: It is wrong, or the account is locked or disabled.
        """
        self.sign_in(account.login, password, EventKind.UNLOCKED)

    def sign_in(self, login: str, password: str, done: EventKind = EventKind.SIGNED_IN) -> Account:
        """Return the account that a name and password open.

        The attempt is counted before the password is checked, so that many attempts at one moment
        are no way round the lock. A name that does not exist takes as long as one that does.

        Args:
            login: The account's name.
            password: What was typed.
            done: The event where it opens the account.

        Raises:
            SignInRefused: They open nothing, or the account is locked or disabled.
        """
        login = storable(login)
        known = self._count_attempt(login)
        right = self._passwords.verify(known.password_hash if known else None, password)
        if known is None or not right:
            self._record_refusal(login)
            raise SignInRefused(REFUSED)
        now = self._clock()
        with self._database.writing() as work:
            work.accounts.set_attempts(known.account.id, 0, None)
            if self._passwords.is_dated(known.password_hash):
                work.accounts.set_password(known.account.id, self._passwords.hash(password))
            work.events.add(done, now, known.account)
            work.commit()
        return known.account

    def sign_in_proven(self, login: str) -> Account:
        """Return the account of somebody whose SSH key has proven who they are.

        Raises:
            SignInRefused: There is no such account, or it is disabled.
        """
        with self._database.writing() as work:
            account = work.accounts.by_login(storable(login))
            if account is None or account.disabled:
                details = {"login": account.login} if account else {}
                work.events.add(EventKind.SIGN_IN_REFUSED, self._clock(), None, details=details)
                work.commit()
                raise SignInRefused(NO_ACCOUNT)
            work.events.add(EventKind.SIGNED_IN, self._clock(), account, details=_BY_KEY)
            work.commit()
        return account

    def sign_out(self, account: Account, reason: str = "") -> None:
        """Record that somebody signed out.

        Args:
            account: Who.
            reason: Why, where it was no doing of theirs.
        """
        details = {"reason": reason} if reason else {}
        with self._database.writing() as work:
            work.events.add(EventKind.SIGNED_OUT, self._clock(), account, details=details)
            work.commit()

    def _count_attempt(self, login: str) -> Credentials | None:
        """Count an attempt and return what to check it against; ``None`` where it can't succeed."""
        now = self._clock()
        with self._database.writing() as work:
            known = work.accounts.credentials(login)
            if known is None or known.account.disabled:
                return None
            if known.locked_until is not None and now < known.locked_until:
                return None
            attempts = known.wrong_in_a_row + 1
            lock = lock_after(attempts)
            work.accounts.set_attempts(known.account.id, attempts, now + lock if lock else None)
            work.commit()
        return known

    def _record_refusal(self, login: str) -> None:
        # An unknown name is not kept: people type their password into the wrong field.
        with self._database.writing() as work:
            known = work.accounts.by_login(login)
            details = {"login": known.login} if known else {}
            work.events.add(EventKind.SIGN_IN_REFUSED, self._clock(), None, details=details)
            work.commit()
