"""Parses what a person chooses from on the command line, in every spelling of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import click

from eds_tui.domain.incident import format_number, parse_number
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.triage import ResolutionCode
from eds_tui.domain.views import View

Member = TypeVar("Member")


class Reference(click.ParamType[int]):
    """An incident's number: ``INC0123456``, ``inc123456``, ``0123456`` or ``123456`` (rule 35)."""

    name = "reference"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the number that is meant."""
        number = parse_number(str(value))
        if number is None:
            sentence = f"{value!r} is no incident number, such as {format_number(1)}"
            raise click.BadParameter(sentence, ctx, param)
        return number


class WholeNumber(click.ParamType[int]):
    """A whole number from 1 on in plain digits, however many somebody types.

    Args:
        name: What it is.
        is_most: Whether it bounds something, so that none is too large.
        up_to: The largest that there is, where that is known.
    """

    def __init__(self, name: str, *, is_most: bool = False, up_to: int | None = None) -> None:
        self.name = name
        self._is_most = is_most
        self._up_to = up_to

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the number, or the largest that counts for a bound beyond that."""
        text = str(value).strip()
        shown = repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
        if not _WHOLE.fullmatch(text):
            raise click.BadParameter(f"{shown} is no whole number from 1 on", ctx, param)
        digits = text.lstrip("0")
        if self._up_to is not None and (len(digits) > _SHOWN or int(digits) > self._up_to):
            raise click.BadParameter(f"{shown} is more than {self._up_to}", ctx, param)
        if len(digits) < len(str(LARGEST_WHOLE_NUMBER)):
            return int(digits)
        if not self._is_most:
            raise click.BadParameter(f"{shown} is more than any {self.name} there is", ctx, param)
        return LARGEST_WHOLE_NUMBER


LARGEST_WHOLE_NUMBER = 10**18
"""No list is as long, and no id or version as high; every database can count so far."""

_SHOWN = 30
_WHOLE = re.compile("0*[1-9][0-9]*")


class OneOf(click.ParamType[Member]):
    """One of a few, whatever the case, blanks and signs that it is written with.

    Args:
        name: What they are.
        members: All of them.
        spellings: Returns how one may be written; the first is shown to whoever mistypes.
    """

    def __init__(
        self, name: str, members: Iterable[Member], spellings: Callable[[Member], Sequence[str]]
    ) -> None:
        self.name = name
        self._spellings = [(member, spellings(member)) for member in members]

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Member:
        """Return the one that is meant."""
        wanted = _bare(str(value))
        for member, spellings in self._spellings:
            if wanted in map(_bare, spellings):
                return member
        names = ", ".join(spellings[0] for _, spellings in self._spellings)
        raise click.BadParameter(f"{value!r} is none of {names}", ctx, param)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


_ALSO = {View.UNREAD: ("answered",)}
"""What else lists are called: for a school, unread is what was answered (rule 41)."""
CATEGORY = OneOf("category", Category, lambda each: (each.label, each.value, each.letter))
IMPACT = OneOf(
    "impact",
    Impact,
    lambda each: (f"{each.value} {each.label}", str(each.value), each.name, each.label),
)
PRIORITY = OneOf("priority", Priority, lambda each: (each.label, str(each.value), each.name))
STATE = OneOf(
    "state", State, lambda each: (each.value, each.label, each.short_label, each.list_label)
)
VIEW = OneOf("view", View, lambda each: (each.value, each.label, *_ALSO.get(each, ())))
CODE = OneOf("code", ResolutionCode, lambda each: (each.value, each.label))
