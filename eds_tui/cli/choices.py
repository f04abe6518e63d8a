"""Options of an incident, in every spelling that a person may use."""

from __future__ import annotations

import re

import click

from eds_tui.domain.incident import format_number, parse_number
from eds_tui.domain.priority import Category, Impact


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


class CategoryName(click.ParamType[Category]):
    """A category by its name or its letter."""

    name = "category"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Category:
        """Return the category that is meant."""
        wanted = _bare(str(value))
        for category in Category:
            if wanted in map(_bare, (category.letter, category.value, category.label)):
                return category
        names = ", ".join(category.label for category in Category)
        sentence = f"{value!r} is none of {names}, nor the first letter of one"
        raise click.BadParameter(sentence, ctx, param)


class ImpactName(click.ParamType[Impact]):
    """An impact by its digit or its name."""

    name = "impact"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Impact:
        """Return the impact that is meant."""
        wanted = _bare(str(value))
        for impact in Impact:
            digit = str(impact.value)
            spellings = (digit, impact.name, impact.label, digit + impact.label)
            if wanted in map(_bare, spellings):
                return impact
        names = ", ".join(f"{impact.value} {impact.label}" for impact in Impact)
        raise click.BadParameter(f"{value!r} is none of {names}", ctx, param)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()
