"""Schools and their contacts, and how the text of a school search is parsed (rules 14, 31)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import final

from eds_tui.domain.email_address import address_problem
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.folding import findable, fold, plain, school_words
from eds_tui.domain.read_model import read_model
from eds_tui.domain.telephone import dialled_digits
from eds_tui.domain.text import storable

_PORTAL_NUMBER = re.compile(r"\d{5}", re.ASCII)
_LA_NUMBER = re.compile(r"\d{3}", re.ASCII)
_DFE_NUMBER = re.compile(r"(\d{3})\s*/?\s*(\d{4})", re.ASCII)
_URN = re.compile(r"\d{6}", re.ASCII)


@final
@read_model
class Contact:
    """Somebody at a school whom the service centre knows."""

    name: str
    job: str = ""
    telephone: str = ""
    email: str = ""
    main: bool = False
    """Offered first as the caller."""


@read_model
class NewSchool:
    """A school as it is entered or imported."""

    portal_number: str
    """Five digits, ``09021``."""
    name: str
    town: str
    la_number: str = ""
    """Three digits of the local authority, ``888``."""
    dfe_number: str = ""
    """``888/2001``: the local authority and the establishment."""
    urn: str = ""
    """Six digits of the national register."""
    telephone: str = ""
    email: str = ""
    """The address that is notified of every incident of the school (rule 28)."""
    connection_type: str = ""
    bandwidth: str = ""
    contacts: tuple[Contact, ...] = ()


@read_model
class School(NewSchool):
    """A school with its place in the database."""

    id: int = 0
    closed: bool = False
    """Whether it takes no new incident; what it had stays to be read."""

    @property
    def title(self) -> str:
        """Name and town, ``Test School, Test Town``."""
        return school_title(self.name, self.town)


def found_by(school: NewSchool) -> str:
    """Return all words by which a school is looked up: name, town, contacts (rule 31)."""
    names = [contact.name for contact in school.contacts]
    return findable(f"{school.name} {school.town}", names)


def head_email(contacts: Iterable[Contact]) -> str:
    """Return the head's address, which is notified where no lead has set another (rule 28)."""
    heads = (contact.email for contact in contacts if fold(contact.job) in _HEADS)
    return next(filter(None, heads), "")


_HEADS = frozenset(
    f"{kind}{name}"
    for kind in ("", "acting ", "executive ", "interim ")
    for name in ("head", "headteacher", "head teacher", "headmaster", "headmistress", "principal")
)


def school_title(name: str, town: str) -> str:
    """Return how a school is named: ``Test School, Test Town``."""
    return f"{name}, {town}" if town else name


def check_new_school(new: NewSchool) -> None:
    """Refuse a school whose numbers can't be right.

    Raises:
        InvalidInput: With a sentence for each field that is wrong.
    """
    problems: dict[str, str] = {}
    if not _PORTAL_NUMBER.fullmatch(new.portal_number):
        problems["portal_number"] = "A portal number has five digits, for example 09021."
    if not new.name.strip():
        problems["name"] = "Give the school's name."
    if new.la_number and not _LA_NUMBER.fullmatch(new.la_number):
        problems["la_number"] = "An LA number has three digits, for example 888."
    if new.dfe_number and not _DFE_NUMBER.fullmatch(new.dfe_number):
        problems["dfe_number"] = "A DfE number looks like 888/2001."
    if new.urn and not _URN.fullmatch(new.urn):
        problems["urn"] = "A URN has six digits."
    problems |= _address_problems(new)
    if problems:
        raise InvalidInput(problems)


def _address_problems(new: NewSchool) -> dict[str, str]:
    problems: dict[str, str] = {}
    if new.email and (problem := address_problem(new.email)):
        problems["email"] = problem
    for contact in new.contacts:
        if contact.email and (problem := address_problem(contact.email)):
            problems["contacts"] = f"{contact.name}: {problem}"
    return problems


def dfe_digits(dfe_number: str) -> str:
    """Return the seven digits of a DfE number, ``8882001``, or ``""``."""
    match = _DFE_NUMBER.fullmatch(dfe_number.strip())
    return "".join(match.groups()) if match else ""


_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolLookup:
    """A look-up text, taken apart; a school matches by any one of these (rule 31)."""

    words: tuple[str, ...]
    """Folded words, each of which what the school is found by contains."""
    whole: frozenset[str]
    """Those of the words that are there as they are, and not as part of another."""
    literal: str
    """The text as typed, for one that has no letter or digit at all."""
    number: str
    """Digits that a portal number, DfE number or URN starts with, or ``""``."""
    telephone: str
    """Digits that a telephone number starts or ends with, or ``""``."""

    @classmethod
    def of(cls, text: str) -> SchoolLookup:
        """Take the text of the one look-up field apart; every text is ordinary text."""
        text = storable(text[:_LONGEST]).strip()
        found = dict(school_words(text))
        bare = re.sub(r"[\s/.,#-]", "", plain(text))
        return cls(
            words=tuple(found),
            whole=frozenset(word for word, whole in found.items() if whole),
            literal="" if found else text,
            number=bare if bare.isascii() and bare.isdigit() else "",
            telephone=dialled_digits(text),
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been typed yet."""
        return not (self.words or self.literal)
