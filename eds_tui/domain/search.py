"""What was typed into the search of incidents, understood (rule 35).

Every text is searchable: what is no filter is ordinary text. Quotation marks keep words together
and make ordinary text of what would be a filter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from eds_tui.domain.incident import parse_number
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.text import fold, storable
from eds_tui.domain.views import Page

LONGEST_SEARCH = 200
"""Characters of a search that count; what comes after them is left out."""

MOST_WORDS = 20
"""Different terms of a search that count."""

ME = "me"
"""What ``assigned:`` calls the person who searches."""

NOBODY = "nobody"
"""What ``assigned:`` calls neither a person nor a team."""

OPEN = frozenset(State) - {State.CLOSED}


class Is(StrEnum):
    """What ``is:`` asks for."""

    LATE = "late"
    CONFIDENTIAL = "confidential"
    REPLIED = "replied"


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is searched for; all of it must hold, and of a set any one."""

    number: int | None = None
    """The incident that is meant, where the text is a number in any of its spellings."""
    words: tuple[str, ...] = ()
    """Terms as they were typed; a term with blanks in it was quoted."""
    school: str = ""
    """A portal number, or part of the school's name or town."""
    states: frozenset[State] = frozenset()
    categories: frozenset[Category] = frozenset()
    impacts: frozenset[Impact] = frozenset()
    priorities: frozenset[Priority] = frozenset()
    assigned: str = ""
    """:data:`ME`, :data:`NOBODY`, or part of the name of a person or team."""
    opened_from: datetime | None = None
    """Logged then or later."""
    opened_to: datetime | None = None
    """Logged before this: the end of the last day that is wanted."""
    late: bool = False
    confidential: bool = False
    replied: bool = False
    """On hold, with a comment by the school that nobody has dealt with."""
    problems: tuple[str, ...] = ()
    """A sentence for each filter that was not understood; such a filter does not count."""

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing, so that every incident is found."""
        return all(
            getattr(self, each.name) == each.default
            for each in fields(self)
            if each.name != "problems"
        )


@dataclass(frozen=True, slots=True)
class SearchPage(Page):
    """A window of what was found, and how far was looked."""

    looked_back_to: datetime | None = None
    """Older incidents than this were not looked at, since that would take too long; ``to:`` begins
    the search there. ``None`` where nothing was left out."""


_FILTERS = "school state category impact priority assigned from to is"
_PART = re.compile(
    rf'(?P<filter>{"|".join(_FILTERS.split())}):(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<value>\S*))'
    r'|"(?P<phrase>[^"]*)(?:"|$)|(?P<word>\S+)',
    re.IGNORECASE,
)


def parse_search(text: str, now: datetime) -> SearchQuery:
    """Return what a text asks for; any text asks for something.

    Args:
        text: Anything at all.
        now: The moment it is typed; days are London's.
    """
    words: list[str] = []
    given: dict[str, list[str]] = {name: [] for name in _FILTERS.split()}
    quoted = False
    for part in _PART.finditer(storable(text[:LONGEST_SEARCH])):
        if part["filter"]:
            given[part["filter"].lower()].append((part["quoted"] or part["value"] or "").strip())
        else:
            phrase = (part["phrase"] or "").strip()
            quoted = quoted or bool(phrase)
            words.append(phrase or part[0].strip())
    problems: list[str] = []
    asked = _choices(given["is"], "is", _IS, problems)
    return SearchQuery(
        number=None if quoted else parse_number(" ".join(words)) or None,
        words=tuple(dict.fromkeys(words))[:MOST_WORDS],
        school=_text(given["school"], "school", _SCHOOL_HELP, problems),
        states=_choices(given["state"], "state", _STATES, problems),
        categories=_choices(given["category"], "category", _CATEGORIES, problems),
        impacts=_choices(given["impact"], "impact", _IMPACTS, problems),
        priorities=_choices(given["priority"], "priority", _PRIORITIES, problems),
        assigned=_text(given["assigned"], "assigned", _ASSIGNED_HELP, problems),
        opened_from=_day(given["from"], "from", now, problems),
        opened_to=_day(given["to"], "to", now, problems),
        late=Is.LATE in asked,
        confidential=Is.CONFIDENTIAL in asked,
        replied=Is.REPLIED in asked,
        problems=tuple(problems),
    )


_SCHOOL_HELP = "a portal number or part of a name"
_ASSIGNED_HELP = "me, nobody or part of a name"
_DAY_HELP = "a day, as 13/06/2026, 2026-06-13, today, yesterday or monday"

Choice = TypeVar("Choice", State, Category, Impact, Priority, Is)


@dataclass(frozen=True, slots=True)
class _Options:
    """What a filter takes: each choice with the folded spellings that it is known by."""

    spellings: Mapping[object, tuple[str, ...]]
    help: str


def _options(choices: Iterable[Choice], spell: Callable[[Choice], Iterable[str]]) -> _Options:
    known = {choice: tuple(map(fold, spell(choice))) for choice in choices}
    return _Options(known, "")


def _spelt_state(state: State) -> tuple[str, ...]:
    return state.value, state.label, state.short_label, state.list_label
