"""The service for accounts, used at the console."""

from __future__ import annotations

from dataclasses import replace

from eds_tui.domain.account import Account, NewAccount, Role, check_new_account, role_problems
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import InvalidInput, NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.password import form_problem, names_of
from eds_tui.domain.text import storable, visible
from eds_tui.host.passwords import Passwords
from eds_tui.repository.unit_of_work import Database, UnitOfWork
from eds_tui.services.core.administration import AdministrativeLog

LONGEST_TEAM = 64
"""Characters that the name of a team may have."""


class Accounts:
    """Adds, lists and changes accounts; each change is an event.

    Args:
        database: Where they are.
        passwords: Makes hashes, and knows which passwords are easy to guess.
        clock: The clock.
        operator: The Linux user at the console; empty where it is nobody's doing.
    """

    def __init__(
        self, database: Database, passwords: Passwords, clock: Clock, operator: str = ""
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._clock = clock
        self._log = AdministrativeLog(clock=clock, operator=operator)

    def add(self, new: NewAccount, password: str) -> None:
        """Add an account.

        Raises:
            InvalidInput: With a sentence for each field that is wrong, the password's included.
            Conflict: The account name is taken.
        """
        new = replace(
            new,
            name=storable(new.name),
            email=storable(new.email),
            team=storable(new.team).strip(),
        )
        with self._database.reading() as work:
            names = _names(work, new)
        check_new_account(new, self._problem(password, names))
        _check_team(new.role, new.team)
        password_hash = self._passwords.hash(password)
        now = self._clock()
        with self._database.writing() as work:
            _require_school(work, new.school_id)
            work.accounts.add(new, password_hash, now)
            changed = {
                "role": ["", new.role.value],
                "school": ["", _portal_number(work, new.school_id)],
                "team": ["", new.team],
            }
            self._record(
                work,
                EventKind.ACCOUNT_ADDED,
                new.login,
                role=new.role.value,
                changed={name: pair for name, pair in changed.items() if pair[1]},
            )
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
        """Give an account a new password, and end every session that was begun with another.

        Raises:
            InvalidInput: The password is too short, too long or too easy to guess.
            NotFound: There is no such account.
        """
        with self._database.reading() as work:
            names = _names(work, self._named(work, login))
        if problem := self._problem(password, names):
            raise InvalidInput({"password": problem})
        password_hash = self._passwords.hash(password)
        with self._database.writing() as work:
            account = self._named(work, login)
            work.accounts.set_password(account.id, password_hash)
            self._record(work, EventKind.PASSWORD_CHANGED, account.login)
            work.commit()

    def disable(self, login: str) -> None:
        """Shut an account out.

        Raises:
            NotFound: There is no such account.
        """
        with self._database.writing() as work:
            account = self._named(work, login)
            work.accounts.set_disabled(account.id, disabled=True)
            if not account.disabled:
                changed = {"disabled": [False, True]}
                self._record(work, EventKind.ACCOUNT_DISABLED, account.login, changed=changed)
            work.commit()

    def enable(self, login: str) -> None:
        """Let an account in again.

        Raises:
            NotFound: There is no such account.
        """
        with self._database.writing() as work:
            account = self._named(work, login)
            work.accounts.set_disabled(account.id, disabled=False)
            self._changed(work, account, disabled=(account.disabled, False))
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
            self._changed(work, account, team=(account.team, team))
            work.commit()
        return replace(account, team=team)

    def set_bell(self, login: str, *, on: bool) -> Account:
        """Let the terminal of an account's person ring for what is new, or not (rule 41).

        Returns:
            The account as it then is.

        Raises:
            NotFound: There is no such account.
        """
        with self._database.writing() as work:
            account = self._named(work, login)
            work.accounts.set_bell(account.id, on)
            self._changed(work, account, bell=(account.bell, on))
            work.commit()
        return replace(account, bell=on)

    def keep_bell(self, actor: Account, *, on: bool) -> None:
        """Let somebody's own terminal ring for what is new, or not (rule 41)."""
        with self._database.writing(actor) as work:
            work.accounts.set_bell(actor.id, on)
            if work.actor.bell is not on:
                changed = {"bell": [work.actor.bell, on]}
                kind = EventKind.ACCOUNT_CHANGED
                self._log.add(work, kind, actor, login=actor.login, changed=changed)
            work.commit()

    def set_role(self, login: str, role: Role, school_id: int | None = None) -> Account:
        """Give an account another role; its open sessions end.

        Args:
            login: The account name.
            role: The role.
            school_id: The school that it then belongs to; without one it stays with its own.

        Returns:
            The account as it then is. One that goes over to a school is in no team any more.

        Raises:
            InvalidInput: Role and school do not go together, or a login that several people share
                would come to the service centre.
            NotFound: There is no such account.
        """
        with self._database.writing() as work:
            account = self._named(work, login)
            if role is Role.SCHOOL and school_id is None:
                school_id = account.school_id
            self._move(work, account, role, school_id)
            work.commit()
            return self._named(work, login)

    def set_school(self, login: str, school_id: int) -> Account:
        """Move a school account to another school; its open sessions end.

        Returns:
            The account as it then is.

        Raises:
            InvalidInput: The account is the service centre's.
            NotFound: There is no such account.
        """
        with self._database.writing() as work:
            account = self._named(work, login)
            self._move(work, account, account.role, school_id)
            work.commit()
            return self._named(work, login)

    def _move(self, work: UnitOfWork, account: Account, role: Role, school_id: int | None) -> None:
        if problems := role_problems(role, school_id, generic=account.generic):
            raise InvalidInput(problems)
        _require_school(work, school_id)
        team = account.team if role.is_service_centre else ""
        work.accounts.set_role(account.id, role, school_id, team)
        self._changed(
            work,
            account,
            role=(account.role.value, role.value),
            school=(_portal_number(work, account.school_id), _portal_number(work, school_id)),
            team=(account.team, team),
        )

    def _problem(self, password: str, names: tuple[str, ...]) -> str:
        if problem := form_problem(password):
            return problem
        weakness = self._passwords.weakness(password, names)
        return weakness.value if weakness else ""

    def _changed(self, work: UnitOfWork, account: Account, **fields: tuple[object, object]) -> None:
        changed = {name: [*pair] for name, pair in fields.items() if pair[0] != pair[1]}
        if changed:
            self._record(work, EventKind.ACCOUNT_CHANGED, account.login, changed=changed)

    def _record(self, work: UnitOfWork, kind: EventKind, login: str, **details: object) -> None:
        self._log.add(work, kind, None, login=login, **details)

    @staticmethod
    def _named(work: UnitOfWork, login: str) -> Account:
        account = work.accounts.by_login(storable(login))
        if account is None:
            raise NotFound(f"There is no account named {visible(login)}.")
        return account


def _names(work: UnitOfWork, account: Account | NewAccount) -> tuple[str, ...]:
    """Return the names that a password of an account must not be made of."""
    school_id = account.school_id
    school = None if school_id is None else work.schools.by_id(school_id)
    of_school = (school.name, school.town, school.portal_number) if school else ()
    return names_of(account.login, account.name, account.email, *of_school)


def _portal_number(work: UnitOfWork, school_id: int | None) -> str:
    school = None if school_id is None else work.schools.by_id(school_id)
    return school.portal_number if school else ""


def _require_school(work: UnitOfWork, school_id: int | None) -> None:
    if school_id is not None and work.schools.by_id(school_id) is None:
        raise InvalidInput({"school": "There is no such school."})


def _check_team(role: Role, team: str) -> None:
    if team and not role.is_service_centre:
        raise InvalidInput({"team": "A school account is in no team of the service centre."})
    if len(team) > LONGEST_TEAM:
        raise InvalidInput({"team": f"The name of a team has at most {LONGEST_TEAM} characters."})
