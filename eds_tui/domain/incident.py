"""Incident numbers, and the validation of the form that logs an incident (rules 2 to 10)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.file_names import shown_name
from eds_tui.domain.folding import plain
from eds_tui.domain.priority import Category, Impact
from eds_tui.domain.text import LONGEST_LINE, LONGEST_TEXT

LONGEST_DESCRIPTION = LONGEST_TEXT
"""Characters that a description may have (rule 5)."""

LONGEST_COMMENT = LONGEST_TEXT
"""Characters that a comment may have."""

LARGEST_ATTACHMENT = 20 * 1024 * 1024
"""Bytes that one attached file may have (rule 7)."""

MOST_ATTACHMENTS = 20
"""Files that may be attached in one go."""

LARGEST_NUMBER = 10**15
"""No number beyond this was or will be given out."""

_NUMBER = re.compile(r"(?:inc)?[\s#:-]*0*(\d{1,15})", re.IGNORECASE | re.ASCII)
_REFERENCE = re.compile(r"\binc[\s#:-]*0*(\d{1,15})\b", re.IGNORECASE | re.ASCII)
_AROUND = " \t\r\n.,;:!?()[]\"'"


def format_number(number: int) -> str:
    """Return an incident's reference: ``INC`` and at least seven digits (rule 8)."""
    return f"INC{number:07d}"


def parse_number(text: str) -> int | None:
    """Return the number that a reference means in any of its spellings, or ``None``.

    ``INC0123456``, ``inc123456``, ``0123456`` and ``123456`` are one (rule 35), and so are
    ``# 123456``, ``INC-0123456``, ``(INC0123456).`` and a text with that one reference in it, as
    the subject of an e-mail.
    """
    if any(unicodedata.category(char) == "No" for char in text):
        return None  # raised digits and the like are of a sentence
    text = plain(text)
    if match := _NUMBER.fullmatch(text.strip(_AROUND)):
        return int(match[1])
    named = set(map(int, _REFERENCE.findall(text)))
    return named.pop() if len(named) == 1 else None


class Channel(StrEnum):
    """How an incident or a comment reached the service centre."""

    SELF_SERVICE = "self_service"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class FileContents:
    """An open file: its size when it was opened, and its bytes piece by piece."""

    size: int
    chunks: Iterator[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenFile:
    """A file that is to be attached: the name people will see, and how to read it."""

    name: str
    size: int
    """Bytes when it was chosen; what is stored is what is read."""
    path: str
    """Where it was chosen, to say so when it can't be read and to find it again in a draft."""
    open: Callable[[], AbstractContextManager[FileContents]] = field(repr=False, compare=False)
    """Opens it for reading; raises ``Unavailable`` when it can't be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentForm:
    """What was typed into the report form or the form of a call."""

    submission: str
    """A key made with the form: the same key is logged once, however often it is sent (rule 8)."""
    category: Category | None = None
    impact: Impact | None = None
    description: str = ""
    confidential: bool = False
    telephone: str = ""
    school_id: int | None = None
    """The caller's school; a school account's is taken from its login (rule 1)."""
    caller: str = ""
    """Who is on the telephone; only in the form of a call (rule 29)."""
    caller_email: str = ""
    files: tuple[ChosenFile, ...] = ()
    parent: int | None = None
    """The number of the incident that it is to hang on; only in the form of a call (rule 49)."""
    began_at: datetime | None = None
    """When the form of a call was opened; its handling time starts there (rule 34)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIncident:
    """An incident that has passed every rule, as it is stored."""

    submission: str
    school_id: int
    category: Category
    impact: Impact
    confidential: bool
    description: str
    contact_name: str
    contact_telephone: str
    contact_email: str
    channel: Channel
    logged_by_id: int
    logged_by: str
    opened_at: datetime
    handling_seconds: int | None = None
    """Seconds from the start of the call to the number (rule 34)."""


def check_form(form: IncidentForm, *, call: bool, generic_login: bool) -> None:
    """Refuse a form that is not complete.

    Args:
        form: What was typed.
        call: Whether a handler logs it for a caller.
        generic_login: Whether the login is shared, so that a name is needed (rule 6).

    Raises:
        InvalidInput: With a sentence for each wrong field, from the top of the form (rule 9).
    """
    problems = {
        "school": "" if form.school_id or not call else _NO_SCHOOL,
        "caller": line_problem("caller's name", form.caller, required=call),
        "caller_email": line_problem("caller's address", form.caller_email),
        "telephone": line_problem("telephone", form.telephone),
        "category": "" if form.category else "Choose a category: D, H, N, P or S.",
        "impact": "" if form.impact else "Choose an impact: 1, 2, 3 or 4.",
        "files": files_problem(form.files),
        "description": text_problem("description", form.description, LONGEST_DESCRIPTION),
    }
    if generic_login and not call and not names_a_person(form.telephone):
        problems["telephone"] = "This login is shared: give your name here, and a number."
    if found := {name: sentence for name, sentence in problems.items() if sentence}:
        raise InvalidInput(found)


_NO_SCHOOL = "Choose the caller's school: type part of its name, then Enter."


def text_problem(name: str, text: str, longest: int) -> str:
    """Return what is wrong with a required text of many lines, or ``""``."""
    if not text.strip():
        return f"Type the {name}."
    return _too_long(name, text, longest)


def line_problem(name: str, text: str, *, required: bool = False) -> str:
    if required and not text.strip():
        return f"Give the {name}."
    return _too_long(name, text, LONGEST_LINE)


def _too_long(name: str, text: str, longest: int) -> str:
    if len(text) <= longest:
        return ""
    return f"The {name} has {len(text):,} characters; at most {longest:,} can be kept."


_NOT_A_NAME = re.compile(
    r"(?<![^\W\d_])(ext|extn|extension|tel|telephone|mob|mobile|phone|no)(?![^\W\d_])",
    re.IGNORECASE,
)


def names_a_person(text: str) -> bool:
    """Return whether a telephone field holds a name: two letters or more in a row (rule 6)."""
    return re.search(r"[^\W\d_]{2,}", _NOT_A_NAME.sub("", text)) is not None


def files_problem(files: tuple[ChosenFile, ...]) -> str:
    """Return what is wrong with the files that are chosen, or ``""`` (rule 7)."""
    if len(files) > MOST_ATTACHMENTS:
        return f"At most {MOST_ATTACHMENTS} files can be attached; {len(files)} are chosen."
    oversize = (file for file in files if file.size > LARGEST_ATTACHMENT)
    return next((too_large(file.name, file.size) for file in oversize), "")


def too_large(name: str, size: int = 0) -> str:
    """Return the sentence for a file over the limit (rule 7).

    Args:
        name: The file's.
        size: Its bytes, where they are known.
    """
    known = f": it has {size:,} bytes, {LARGEST_ATTACHMENT:,} are allowed" if size else ""
    return f"{shown_name(name)} is larger than 20 MB, the most that one file may have{known}."
