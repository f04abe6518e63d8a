"""Accounts and roles, and the one table of what each role may do and see (product.md, People)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto

from eds_tui.domain.email_address import address_problem
from eds_tui.domain.errors import InvalidInput, NotAllowed

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
    READ_FEEDBACK = auto()


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
    Action.READ_FEEDBACK,
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


@dataclass(frozen=True, slots=True, kw_only=True)
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
    password_version: int = field(default=0, compare=False)
    """How often its password has been changed: shows with which one a session was begun."""
    theme: str = field(default="", compare=False)
    """The name of the theme that was chosen with it; empty for that of the terminal."""
    bell: bool = field(default=False, compare=False)
    """Whether the terminal is to ring when an incident becomes unread (rule 41)."""

    def may(self, action: Action) -> bool:
        """Return whether the account may do that."""
        return not self.disabled and action in ALLOWED[self.role]

    @property
    def is_shared_at_the_centre(self) -> bool:
        """Whether several people would do the service centre's work under one name."""
        return self.generic and self.role.is_service_centre

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
            school_id=school_id,
            confidential=self.may(Action.READ_CONFIDENTIAL),
            account_id=self.id,
            team=self.team,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account to be made; the password travels beside it and is never kept."""

    login: str
    name: str
    role: Role
    school_id: int | None = None
    generic: bool = False
    email: str = ""
    team: str = ""


def check_new_account(new: NewAccount, password_problem: str = "") -> None:
    """Refuse an account that could not be used.

    Args:
        new: The account.
        password_problem: What is wrong with its password, if anything.

    Raises:
        InvalidInput: With a sentence for each field that is wrong.
    """
    problems: dict[str, str] = {}
    if not _LOGIN.fullmatch(new.login):
        problems["login"] = (
            "An account name has 2 to 64 letters, digits and . _ @ + -,"
            " and starts with a letter or digit."
        )
    if not new.name.strip():
        problems["name"] = "Give the name of the person, or of the shared login."
    problems |= role_problems(new.role, new.school_id, generic=new.generic)
    if new.email and (wrong := address_problem(new.email)):
        problems["email"] = wrong
    if password_problem:
        problems["password"] = password_problem
    if problems:
        raise InvalidInput(problems)


def role_problems(role: Role, school_id: int | None, *, generic: bool) -> dict[str, str]:
    """Return what is wrong with a role and what goes with it: field name to sentence."""
    if role is Role.SCHOOL:
        if school_id is None:
            return {"school": "A school account needs its school's portal number."}
        return {}
    problems = {}
    if school_id is not None:
        problems["school"] = "A service centre account belongs to no school."
    if generic:
        problems["generic"] = SHARED_AT_THE_CENTRE
    return problems


SHARED_AT_THE_CENTRE = (
    "The service centre has no shared logins: what is done there is done under a person's own name."
    " Only a school's login may be shared."
)
"""Why a login that several people share is refused there."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What sign-in checks a password against."""

    account: Account
    password_hash: str
