"""The service that signs people in, and slows down password guessing."""

from __future__ import annotations

import secrets
from datetime import timedelta
from math import ceil

from eds_tui.domain.account import SHARED_AT_THE_CENTRE, Account, Credentials, canonical
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import SignInDelayed, SignInRefused
from eds_tui.domain.event import EventKind
from eds_tui.domain.password import TOO_LONG, is_too_long
from eds_tui.domain.text import storable
from eds_tui.domain.throttle import Attempt, forgive, judge
from eds_tui.host.passwords import Passwords
from eds_tui.repository.unit_of_work import Database, UnitOfWork

REFUSED = "That account name and password do not open the kiosk."
"""The only answer to a sign-in that fails, so that it gives nothing away."""
WRONG_PASSWORD = "That is not the password of this account."
"""The answer at the lock of a session, where the account is no secret."""
TOO_MANY = "There have been too many wrong passwords, so this one was not looked at."
"""What is said where a try has to wait; the same for a name with an account and one without."""
NO_ACCOUNT = "Your SSH key names no account that may sign in. Please ask who looks after the kiosk."
"""What somebody reads whose key is known and whose account is not, or no longer."""
SHARED = f"{SHARED_AT_THE_CENTRE} Please ask a lead for a login of your own."
"""What somebody reads who signs in with a shared login of the service centre."""
_BY_KEY = {"by": "SSH key"}
_SESSION_BYTES = 12


class SignIn:
    """Checks names and passwords, for one open kiosk; each that is checked is an event.

    Args:
        database: Where accounts are, and what was tried.
        passwords: Checks them.
        clock: The clock.
        source: Where this kiosk's person comes from; see ``eds_tui.ssh.identity.came_from``.
    """

    def __init__(
        self, database: Database, passwords: Passwords, clock: Clock, source: str = ""
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._clock = clock
        self._source = source
        self._session = secrets.token_hex(_SESSION_BYTES)

    def is_possible(self) -> bool:
        """Return whether there is any account to sign in with."""
        with self._database.reading() as work:
            return work.accounts.any()

    def unlock(self, account: Account, password: str) -> None:
        """Check the password of whoever has signed in; what is tried elsewhere does not count.

        Raises:
            ShutOut: The account was disabled or changed since; its old password unlocks nothing.
            SignInDelayed: Too many wrong ones were typed in this session.
            SignInRefused: It is wrong.
        """
        attempt = self._attempt(account.login, unlocks=True)
        self._check(attempt, account.login, password, account)

    def sign_in(self, login: str, password: str) -> Account:
        """Return the account that a name and password open.

        What is done up to the answer is the same for a name with an account and one without.

        Args:
            login: The account's name.
            password: What was typed.

        Raises:
            SignInDelayed: The password was not looked at: this session has to wait.
            SignInRefused: They open nothing, or the account is disabled or a shared one of the
                service centre.
        """
        login = storable(login)
        return self._check(self._attempt(login), login, password)

    def sign_in_proven(self, login: str) -> Account:
        """Return the account of somebody whose SSH key has proven who they are.

        Raises:
            SignInRefused: There is no such account, or it is disabled or a shared one of the
                service centre.
        """
        with self._database.writing() as work:
            account = work.accounts.by_login(storable(login))
            if account is None or account.disabled or account.is_shared_at_the_centre:
                details = {"login": account.login} if account else {}
                work.events.add(EventKind.SIGN_IN_REFUSED, self._clock(), None, details=details)
                work.commit()
                is_shared = account is not None and not account.disabled
                raise SignInRefused(SHARED if is_shared else NO_ACCOUNT)
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

    def _attempt(self, login: str, *, unlocks: bool = False) -> Attempt:
        return Attempt(
            session=self._session, source=self._source, name=canonical(login), unlocks=unlocks
        )

    def _check(
        self, attempt: Attempt, login: str, password: str, actor: Account | None = None
    ) -> Account:
        if is_too_long(password):
            raise SignInRefused(TOO_LONG)
        known, wait = self._count(attempt, login, actor)
        right = self._passwords.verify(known.password_hash if known else None, password)
        if known is None or known.account.disabled or not right:
            self._record_refusal(known)
            sentence = WRONG_PASSWORD if attempt.unlocks else REFUSED
            raise SignInRefused(f"{sentence} {_please_wait(wait)}" if wait else sentence)
        if known.account.is_shared_at_the_centre:
            self._record_refusal(known)
            raise SignInRefused(SHARED)
        self._let_in(attempt, known, password)
        return known.account

    def _count(
        self, attempt: Attempt, login: str, actor: Account | None
    ) -> tuple[Credentials | None, timedelta]:
        """Count a try, and return what to check it against and how long the next one waits.

        It is counted before the password is checked, so that many at one moment are no way round.

        Raises:
            ShutOut: The session has ended.
            SignInDelayed: It is not checked.
        """
        now = self._clock()
        with self._database.writing(actor) as work:
            stored = work.sign_in_counts.load((*attempt.keys.values(), attempt.known_key))
            known = work.accounts.credentials(login)
            verdict = judge(attempt, stored, now)
            if verdict.counts:
                work.sign_in_counts.save(verdict.counts, now)
                work.commit()
        if not verdict.checked:
            raise SignInDelayed(f"{TOO_MANY} {_please_wait(verdict.wait)}")
        return known, verdict.wait

    def _let_in(self, attempt: Attempt, known: Credentials, password: str) -> None:
        account, now = known.account, self._clock()
        with self._database.writing() as work:
            self._forgive(work, attempt)
            if self._passwords.is_dated(known.password_hash, password):
                anew = self._passwords.hash(password)
                work.accounts.set_hash(account.id, known.password_hash, anew)
            kind = EventKind.UNLOCKED if attempt.unlocks else EventKind.SIGNED_IN
            work.events.add(kind, now, account)
            work.commit()

    def _forgive(self, work: UnitOfWork, attempt: Attempt) -> None:
        now = self._clock()
        stored = work.sign_in_counts.load(attempt.keys.values())
        work.sign_in_counts.save(forgive(attempt, stored, now), now)

    def _record_refusal(self, known: Credentials | None) -> None:
        # An unknown name is not kept: people type their password into the wrong field.
        details = {"login": known.account.login} if known else {}
        with self._database.writing() as work:
            work.events.add(EventKind.SIGN_IN_REFUSED, self._clock(), None, details=details)
            work.commit()


def _please_wait(wait: timedelta) -> str:
    seconds = ceil(wait.total_seconds())
    unit = "second" if seconds == 1 else "seconds"
    return f"Please wait {seconds} {unit}, then type it again."
