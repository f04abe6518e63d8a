"""Parses what was typed into the search of incidents (rule 35).

Every text is searchable: what is no filter is ordinary text. Quotation marks keep words together
and make ordinary text of what would be a filter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from eds_tui.domain.clock import LONDON
from eds_tui.domain.folding import fold
from eds_tui.domain.incident import parse_number
from eds_tui.domain.lifecycle import ON_HOLD, State
from eds_tui.domain.london import midnight
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.search_words import with_numbers_together
from eds_tui.domain.text import first_line, storable
from eds_tui.domain.views import Page

LONGEST_SEARCH = 200
"""Characters of a search that count; what comes after them is left out."""

MOST_WORDS = 20
"""Different terms of a search that count."""

ME = "me"
"""What ``assigned:`` calls the person who searches."""

NOBODY = "nobody"
"""What ``assigned:`` calls neither a person nor a team."""


class Is(StrEnum):
    """What ``is:`` asks for."""

    LATE = "late"
    CONFIDENTIAL = "confidential"
    REPLIED = "replied"


@dataclass(frozen=True, slots=True, kw_only=True)
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
    """Older incidents than this were not looked at, since that would take too long. ``None`` where
    nothing was left out."""


_FILTERS = "school state category impact priority assigned from to is"
_OF_A_SCHOOL = "state category impact from to is"


def _parts(filters: str) -> re.Pattern[str]:
    return re.compile(
        rf'(?P<filter>{"|".join(filters.split())}):(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<value>\S*))'
        r'|"(?P<phrase>[^"]*)(?:"|$)|(?P<word>\S+)',
        re.IGNORECASE,
    )


_PART = _parts(_FILTERS)
_PART_OF_A_SCHOOL = _parts(_OF_A_SCHOOL)


def parse_search(text: str, now: datetime, *, at_school: bool = False) -> SearchQuery:
    """Return what a text asks for; every text asks for something.

    Args:
        text: Anything at all.
        now: The moment it is typed; days are London's.
        at_school: Whether a school searches, for which what the service centre alone sorts
            incidents by is no filter but ordinary text.
    """
    words: list[str] = []
    given: dict[str, list[str]] = {name: [] for name in _FILTERS.split()}
    quoted = False
    pattern = _PART_OF_A_SCHOOL if at_school else _PART
    for part in pattern.finditer(with_numbers_together(storable(text[:LONGEST_SEARCH]))):
        if part["filter"]:
            given[part["filter"].lower()].append((part["quoted"] or part["value"] or "").strip())
        else:
            phrase = (part["phrase"] or "").strip()
            quoted = quoted or bool(phrase)
            words.append(phrase or part[0])
    said = _Given(given, now, _TAKES | _TAKES_OF_A_SCHOOL if at_school else _TAKES)
    asked = said.choices("is", _IS_OF_A_SCHOOL if at_school else _IS)
    return SearchQuery(
        number=None if quoted else parse_number(" ".join(words)) or None,
        words=tuple(dict.fromkeys(words))[:MOST_WORDS],
        school=said.text("school"),
        states=said.choices("state", _STATES),
        categories=said.choices("category", _CATEGORIES),
        impacts=said.choices("impact", _IMPACTS),
        priorities=said.choices("priority", _PRIORITIES),
        assigned=said.text("assigned"),
        opened_from=said.midnight("from"),
        opened_to=said.midnight("to", days_later=1),
        late=Is.LATE in asked,
        confidential=Is.CONFIDENTIAL in asked,
        replied=Is.REPLIED in asked,
        problems=tuple(said.problems),
    )


Choice = TypeVar("Choice", bound=Hashable)
Spellings = dict[str, frozenset[Choice]]
"""Folded spellings, and the choices that each stands for."""


class _Given:
    """What the filters were given, and what of it was not understood.

    Args:
        given: Each filter's values in the order they were typed.
        now: When.
        takes: What is said that each filter takes.
    """

    def __init__(
        self, given: dict[str, list[str]], now: datetime, takes: Mapping[str, str]
    ) -> None:
        self._given = given
        self._takes = takes
        self._today = now.astimezone(LONDON).date()
        self.problems: list[str] = []

    def text(self, name: str) -> str:
        """Return the value of a filter that takes any text; the last one counts."""
        values = self._given[name]
        if values and not values[-1]:
            self._refuse(name, "")
        return values[-1] if values else ""

    def choices(self, name: str, spellings: Spellings[Choice]) -> frozenset[Choice]:
        """Return the choices that any of the values of a filter stands for."""
        found: frozenset[Choice] = frozenset()
        for text in ",".join(self._given[name]).split(",") if self._given[name] else ():
            meant = _meant(fold(text), spellings)
            if not meant:
                self._refuse(name, text)
            found |= meant
        return found

    def midnight(self, name: str, days_later: int = 0) -> datetime | None:
        """Return when the day given last begins in London, or a day so many days later."""
        values = self._given[name]
        if not values:
            return None
        day = parse_day(values[-1], self._today)
        if day is None:
            self._refuse(name, values[-1])
            return None
        return midnight(day + timedelta(days=days_later))

    def _refuse(self, name: str, text: str) -> None:
        shown = first_line(text.strip(), _LONGEST_SHOWN)
        self.problems.append(
            f"{name}:{shown} is not understood; it takes {self._takes[name]}."
            if shown
            else f"{name}: takes {self._takes[name]}."
        )


_LONGEST_SHOWN = 20
_TAKES = {
    "school": "a portal number or part of a name",
    "state": "new, triage, progress, hold, resolved, closed or open",
    "category": "data, hardware, network, passwords or software",
    "impact": "1 to 4 or part of a name",
    "priority": "0 to 5 or part of a name",
    "assigned": f"{ME}, {NOBODY} or part of a name",
    "from": "a day: 13/06/2026, 2026-06-13, today, yesterday or monday",
    "to": "a day: 13/06/2026, 2026-06-13, today, yesterday or monday",
    "is": "late, confidential or replied",
}
_TAKES_OF_A_SCHOOL = {"is": "late"}


def _meant(text: str, spellings: Spellings[Choice]) -> frozenset[Choice]:
    """Return the choices that a text stands for, none where that is not clear."""
    if not text:
        return frozenset()
    if text in spellings:
        return spellings[text]
    for fits in (str.startswith, str.__contains__):
        found = [choices for spelling, choices in spellings.items() if fits(spelling, text)]
        together = frozenset[Choice]().union(*found)
        if together in spellings.values():
            return together
    return frozenset()


def _spellings(
    choices: Iterable[Choice], spell: Callable[[Choice], Iterable[str]]
) -> Spellings[Choice]:
    return {fold(text): frozenset({choice}) for choice in choices for text in spell(choice)}


_STATES: Spellings[State] = _spellings(
    State, lambda state: (state.value, state.label, state.short_label, state.list_label)
) | {"hold": ON_HOLD, "open": frozenset(State) - {State.CLOSED}}
_CATEGORIES = _spellings(Category, lambda category: (category.value, category.label))
_IMPACTS = _spellings(Impact, lambda impact: (str(impact.value), impact.label))
_PRIORITIES = _spellings(
    Priority, lambda priority: (str(priority.value), f"p{priority.value}", priority.label[4:])
)
_IS = _spellings(Is, lambda asked: (asked.value,))
_IS_OF_A_SCHOOL = _spellings([Is.LATE], lambda asked: (asked.value,))

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORTEST_WEEKDAY = 3
_DATE = re.compile(
    r"(?P<day>\d{1,2})(?P<by>[/.-])(?P<month>\d{1,2})(?P=by)(?P<year>\d{4})"
    r"|(?P<iso_year>\d{4})-(?P<iso_month>\d{1,2})-(?P<iso_day>\d{1,2})",
    re.ASCII,
)
_YEARS = range(1900, 9999)


def parse_day(text: str, today: date) -> date | None:
    """Return the day that is meant, or ``None``; a weekday is the last one, today included."""
    text = text.strip().casefold()
    if text in ("today", "yesterday"):
        return today - timedelta(days=text == "yesterday")
    if len(text) >= _SHORTEST_WEEKDAY:
        for number, name in enumerate(_WEEKDAYS):
            if name.startswith(text):
                return today - timedelta(days=(today.weekday() - number) % 7)
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(match[name] or match[f"iso_{name}"]) for name in _DATE_PARTS)
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


_DATE_PARTS = ("year", "month", "day")
