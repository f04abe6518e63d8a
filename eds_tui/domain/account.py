"""Accounts, roles, and the one table of what each role may do and see (product.md, People)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto

from eds_tui.domain.email_address import address_problem
from eds_tui.domain.errors import InvalidInput, NotAllowed

SHORTEST_PASSWORD = 12
"""Characters that a password has at least."""

LONGEST_PASSWORD = 1024
"""Characters that a password has at most; more is work for the hash and no gain."""

WRONG_PASSWORDS_ALLOWED = 5
"""Wrong passwords in a row after which an account is locked for a while."""

_FIRST_LOCK = timedelta(minutes=1)
_LONGEST_LOCK = timedelta(hours=4)
_LOGIN = re.compile(r"[^\W_][\w.@+-]{1,63}")


def canonical(login: str) -> str:
    """Return the one spelling of an account name; two names that share it are one account."""
    return login.casefold()


class Role(StrEnum):
    """What an account is for."""

    SCHOOL = "school"
    HANDLER = "handler"
    LEAD = "lead"

    @property
    def is_service_centre(self) -> bool:
        """Whether the account belongs to the ICT service centre rather than to a school."""
        return self is not Role.SCHOOL


class Action(Enum):
    """Something that an account may be allowed to do."""

    REPORT = auto()
    LOG_CALLS = auto()
    COMMENT = auto()
    READ_INCIDENTS = auto()
    READ_CONFIDENTIAL = auto()
    RATE_INCIDENTS = auto()
    LOOK_UP_SCHOOLS = auto()
    TRIAGE = auto()
    SEE_HISTORY = auto()
    SEE_WORK_NOTES = auto()
    KEEP_VIEWS = auto()
    MANAGE_REPLIES = auto()
    MANAGE_SERVICE_LEVEL = auto()
    MANAGE_ACCOUNTS = auto()
    MANAGE_SCHOOLS = auto()
    MANAGE_MAIL = auto()


_HANDLER = frozenset(
    {
        Action.LOG_CALLS,
        Action.COMMENT,
        Action.READ_INCIDENTS,
        Action.READ_CONFIDENTIAL,
        Action.LOOK_UP_SCHOOLS,
        Action.TRIAGE,
        Action.SEE_HISTORY,
        Action.SEE_WORK_NOTES,
        Action.KEEP_VIEWS,
    }
)
_LEAD = _HANDLER | {
    Action.MANAGE_ACCOUNTS,
    Action.MANAGE_SCHOOLS,
    Action.MANAGE_REPLIES,
    Action.MANAGE_SERVICE_LEVEL,
    Action.MANAGE_MAIL,
}
ALLOWED: dict[Role, frozenset[Action]] = {
    Role.SCHOOL: frozenset(
        {Action.REPORT, Action.COMMENT, Action.READ_INCIDENTS, Action.RATE_INCIDENTS}
    ),
    Role.HANDLER: _HANDLER,
    Role.LEAD: _LEAD,
}
"""What each role may do. This table is the only place that says so."""


_NO_SCHOOL = 0


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who has signed in, or may."""

    id: int
    login: str
    """The name typed at sign-in, ``00000EDU``; compared without regard to case."""
    name: str
    """The person's name, or the name of a shared login."""
    role: Role
    school_id: int | None = None
    """The school it belongs to; ``None`` for the service centre."""
    generic: bool = False
    """A login that several people share, ``bursar``; reports must name the person (rule 6)."""
    email: str = ""
    disabled: bool = False
    team: str = ""
    """The team of the service centre it belongs to."""

    def may(self, action: Action) -> bool:
        """Return whether the account may do that."""
        return not self.disabled and action in ALLOWED[self.role]

    def require(self, action: Action) -> None:
        """Refuse unless the account may do that.

        Raises:
            NotAllowed: The role does not have it, or the account is disabled.
        """
        if not self.may(action):
            raise NotAllowed("Your account may not do this.")

    @property
    def scope(self) -> Scope:
        """Which incidents the account may learn of."""
        school_id = None if self.role.is_service_centre else self.school_id or _NO_SCHOOL
        return Scope(
            school_id, self.may(Action.READ_CONFIDENTIAL), account_id=self.id, team=self.team
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """Which incidents a query may see; the repository puts it into every query (rule 24)."""

    school_id: int | None
    """Only this school's; ``None`` is every school's."""
    confidential: bool
    """Whether confidential ones are seen."""
    account_id: int = 0
    """Who reads: for what is assigned to them."""
    team: str = ""
    """The reader's team, likewise."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be made; the password travels beside it and is never kept."""

    login: str
    name: str
    role: Role
    school_id: int | None = None
    generic: bool = False
    email: str = ""
    team: str = ""


def check_new_account(new: NewAccount, password: str) -> None:
    """Refuse an account that could not be used.

    Raises:
        InvalidInput: With a sentence for each field at fault.
    """
    problems: dict[str, str] = {}
    if not _LOGIN.fullmatch(new.login):
        problems["login"] = (
            "An account name has 2 to 64 letters, digits and . _ @ + -,"
            " and starts with a letter or digit."
        )
    if not new.name.strip():
        problems["name"] = "Give the name of the person, or of the shared login."
    if new.role is Role.SCHOOL and new.school_id is None:
        problems["school"] = "A school account needs its school's portal number."
    if new.role.is_service_centre and new.school_id is not None:
        problems["school"] = "A service centre account belongs to no school."
    if new.email and (wrong := address_problem(new.email)):
        problems["email"] = wrong
    if sentence := password_problem(password, new.login):
        problems["password"] = sentence
    if problems:
        raise InvalidInput(problems)


def password_problem(password: str, login: str) -> str | None:
    """Return what is wrong with a new password, or ``None``."""
    if len(password) < SHORTEST_PASSWORD:
        return f"A password has at least {SHORTEST_PASSWORD} characters."
    if len(password) > LONGEST_PASSWORD:
        return f"A password has at most {LONGEST_PASSWORD:,} characters."
    if password.casefold() == login.casefold() or len(set(password)) < _FEWEST_DIFFERENT:
        return "That password is too easy to guess."
    return None


_FEWEST_DIFFERENT = 4


def lock_after(wrong_in_a_row: int) -> timedelta | None:
    """Return for how long an account is locked after that many wrong passwords in a row.

    The fifth locks it for a minute, each further one for twice as long, four hours at most.
    """
    beyond = wrong_in_a_row - WRONG_PASSWORDS_ALLOWED
    if beyond < 0:
        return None
    return min(_FIRST_LOCK * (1 << min(beyond, 16)), _LONGEST_LOCK)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What sign-in checks a password against."""

    account: Account
    password_hash: str
    wrong_in_a_row: int
    locked_until: datetime | None
