"""Reads and stores accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.account import Account, Credentials, NewAccount, Role, canonical
from eds_tui.domain.errors import Conflict
from eds_tui.repository.column_types import Id, new_id
from eds_tui.repository.tables import accounts

_COLUMNS = (
    accounts.c.id, accounts.c.login, accounts.c.name, accounts.c.role, accounts.c.school_id,
    accounts.c.generic, accounts.c.email, accounts.c.disabled, accounts.c.team,
    accounts.c.password_version, accounts.c.theme, accounts.c.bell,
)  # fmt: skip
_NAMES = tuple(column.name for column in _COLUMNS)
_BY_ID = select(*_COLUMNS).where(accounts.c.id == bindparam("wanted", type_=Id))
_AS_TEXT = str(_BY_ID)


class AccountRepository:
    """Adds, reads and changes accounts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: NewAccount, password_hash: str, at: datetime) -> int:
        """Add an account and return its id.

        Raises:
            Conflict: The account name is taken.
        """
        values = asdict(new) | {
            "login_folded": canonical(new.login),
            "role": new.role.value,
            "password_hash": password_hash,
            "wrong_in_a_row": 0,
            "locked_until": None,
            "disabled": False,
            "created_at": at,
        }
        try:
            result = self._connection.execute(insert(accounts).values(**values))
        except IntegrityError as error:
            raise Conflict(f"There is an account named {new.login} already.") from error
        return new_id(result)

    def credentials(self, login: str) -> Credentials | None:
        """Return what sign-in checks, for an account name in any case."""
        row = self._connection.execute(
            select(*_COLUMNS, accounts.c.password_hash).where(
                accounts.c.login_folded == canonical(login)
            )
        ).one_or_none()
        if row is None:
            return None
        return Credentials(account_of(row[:-1]), row.password_hash)

    def by_login(self, login: str) -> Account | None:
        """Return the account with that name, in any case."""
        return self._one(accounts.c.login_folded == canonical(login))

    def by_id(self, account_id: int) -> Account | None:
        """Return the account with that id."""
        row = self._connection.execute(_BY_ID, {"wanted": account_id}).one_or_none()
        return None if row is None else account_of(row)

    def _one(self, condition: ColumnElement[bool]) -> Account | None:
        row = self._connection.execute(select(*_COLUMNS).where(condition)).one_or_none()
        return None if row is None else account_of(row)

    def all(self) -> tuple[Account, ...]:
        """Return every account by name."""
        rows = self._connection.execute(select(*_COLUMNS).order_by(accounts.c.login_folded))
        return tuple(account_of(row) for row in rows)

    def service_centre(self) -> tuple[Account, ...]:
        """Return who can be given incidents: every account of the service centre, by name."""
        rows = self._connection.execute(
            select(*_COLUMNS)
            .where(accounts.c.role != Role.SCHOOL.value, accounts.c.disabled.is_(False))
            .order_by(accounts.c.name)
        )
        return tuple(account_of(row) for row in rows)

    def any(self) -> bool:
        """Return whether there is an account at all."""
        return self._connection.execute(select(accounts.c.id).limit(1)).first() is not None

    def set_password(self, account_id: int, password_hash: str) -> None:
        """Keep the hash of a new password; sessions that were begun with another one end."""
        version = accounts.c.password_version + 1
        self._set(account_id, password_hash=password_hash, password_version=version)

    def set_hash(self, account_id: int, before: str, password_hash: str) -> None:
        """Keep another hash of the same password, unless there is a new password meanwhile."""
        same = (accounts.c.id == account_id, accounts.c.password_hash == before)
        self._connection.execute(update(accounts).where(*same).values(password_hash=password_hash))

    def set_disabled(self, account_id: int, disabled: bool) -> None:
        """Shut an account out, or let it in again."""
        self._set(account_id, disabled=disabled)

    def set_role(self, account_id: int, role: Role, school_id: int | None, team: str) -> None:
        """Give an account another role, with the school and the team that go with it."""
        self._set(account_id, role=role.value, school_id=school_id, team=team)

    def set_team(self, account_id: int, team: str) -> None:
        """Put an account into a team, or with an empty name into none."""
        self._set(account_id, team=team)

    def set_theme(self, account_id: int, theme: str) -> None:
        """Keep the theme of an account; an empty name is for that of its terminal."""
        self._set(account_id, theme=theme)

    def set_bell(self, account_id: int, bell: bool) -> None:
        """Let the terminal of an account's person ring for what is new, or not."""
        self._set(account_id, bell=bell)

    def _set(self, account_id: int, **values: object) -> None:
        self._connection.execute(
            update(accounts).where(accounts.c.id == account_id).values(**values)
        )


def asking_for(account_id: int) -> str:
    """Return the statement that reads an account, as text without values."""
    return _AS_TEXT.replace(":wanted", str(int(account_id)))


def account_of(row: Sequence[Any]) -> Account:
    """Return the account of a row, whose columns are those of :func:`asking_for`."""
    values = dict(zip(_NAMES, row, strict=True))
    return Account(**(values | {"role": Role(values["role"])}))
