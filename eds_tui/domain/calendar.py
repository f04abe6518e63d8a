"""Counts service time: when the service centre is open, to the microsecond (rule 21)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import cast

from eds_tui.domain.clock import LONDON
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.london import moment_of
from eds_tui.domain.service_hours import WEEKDAYS, Day, Week, day_problem, read_day, write_day

_NOTHING = timedelta(0)
_EMPTY_YEARS = 2
_LAST_YEAR = 9998
_SATURDAY = 5


class DayKind(StrEnum):
    """Why a day is open or closed."""

    OPEN = "open"
    WEEKEND = "weekend"
    NO_HOURS = "no hours"
    """A weekday that is never open."""
    BANK_HOLIDAY = "bank holiday"
    CLOSED_DAY = "closed day"


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> Mapping[date, str]:
    """Return the bank holidays of England and Wales in a year, with their names."""
    # Imported here: it takes a quarter of a second, which a start of the program can't spare.
    import holidays

    found = holidays.country_holidays("GB", subdiv="ENG", years=year, language="en_GB")
    return {day: name.replace(" (observed)", ", substitute day") for day, name in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Year:
    """The open spans of one year in London, summed up so that a search finds a moment."""

    days: list[date]
    opens: list[datetime]
    closes: list[datetime]
    before: list[timedelta]
    """Service time of the year before each span."""
    total: timedelta

    def until(self, moment: datetime) -> timedelta:
        """Return the service time of the year up to a moment."""
        index = bisect_right(self.opens, moment) - 1
        if index < 0:
            return _NOTHING
        return self.before[index] + min(moment, self.closes[index]) - self.opens[index]

    def at(self, amount: timedelta) -> datetime:
        """Return the first moment at which so much of the year's service time is over."""
        index = bisect_left(self.before, amount) - 1
        return self.opens[index] + (amount - self.before[index])


@dataclass(frozen=True, slots=True)
class Calendar:
    """The hours in which service time runs; every moment it is given is aware, of any zone."""

    week: Week
    bank_holidays: bool = True
    """Whether it is closed on the bank holidays of England and Wales."""
    closed_days: frozenset[date] = frozenset()
    """Other days on which it is closed."""
    _years: dict[int, _Year] = field(default_factory=dict, init=False, repr=False, compare=False)

    def kind_of(self, day: date) -> tuple[DayKind, str]:
        """Return why a day is open or closed, and the name of its bank holiday if that is why."""
        weekday = day.weekday()
        if not self.week[weekday]:
            return (DayKind.WEEKEND if weekday >= _SATURDAY else DayKind.NO_HOURS), ""
        name = bank_holidays(day.year).get(day) if self.bank_holidays else None
        if name:
            return DayKind.BANK_HOLIDAY, name
        return (DayKind.CLOSED_DAY if day in self.closed_days else DayKind.OPEN), ""

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """Return when it opens and closes on a day, in UTC.

        A span over a change of the clocks is as long as it really lasts. Opening or closing at a
        time that comes twice is meant the first time.
        """
        if self.kind_of(day)[0] is not DayKind.OPEN:
            return []
        found: list[tuple[datetime, datetime]] = []
        for hours in sorted(self.week[day.weekday()], key=lambda each: each.first_minute):
            opens = moment_of(day, hours.opens)
            closes = moment_of(day + timedelta(hours.last_minute == 24 * 60), hours.closes)
            # Overlapping hours are refused when saved; were they stored, no hour counts twice.
            opens = max(opens, found[-1][1]) if found else opens
            if opens < closes:
                found.append((opens, closes))
        return found

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the service time from one moment to another, nothing if that is not later."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        if end <= start:
            return _NOTHING
        first, last = _year_of(start), _year_of(end)
        passed = self._year(last).until(end) - self._year(first).until(start)
        return sum((self._year(year).total for year in range(first, last)), passed)

    def add(self, start: datetime, amount: timedelta) -> datetime | None:
        """Return the first moment at which an amount of service time has passed, in UTC.

        What is used up exactly when the service centre closes ends then, not at its next opening.
        No amount at all ends at the next opening, or at once where it is open.

        Returns:
            ``None`` where two whole years follow in which it is never open.
        """
        if amount <= _NOTHING:
            return self.opening(start)
        start = start.astimezone(UTC)
        wanted = amount + self._year(_year_of(start)).until(start)
        for year in self._years_from(start):
            if wanted <= year.total:
                return year.at(wanted)
            wanted -= year.total
        return None

    def opening(self, moment: datetime) -> datetime | None:
        """Return the moment itself where it is open, otherwise its next opening, in UTC.

        Returns:
            ``None`` where two whole years follow in which it is never open.
        """
        moment = moment.astimezone(UTC)
        for year in self._years_from(moment):
            index = bisect_right(year.closes, moment)
            if index < len(year.closes):
                return max(moment, year.opens[index])
        return None

    def working_day_after(self, moment: datetime, number: int) -> date | None:
        """Return the working day so many after the day of a moment, the first being 1.

        A working day is a day in London on which it is open at all.
        """
        skip = number - 1
        for year in self._years_from(moment):
            skip += bisect_right(year.days, moment.astimezone(LONDON).date())
            if skip < len(year.days):
                return year.days[skip]
            skip -= len(year.days)
        return None

    def check(self, now: datetime) -> None:
        """Refuse a calendar that can't be saved (rule 21).

        Raises:
            InvalidInput: By weekday, where hours are reversed or overlap; ``hours``, where the week
                has none; ``closed_days``, where they leave none open from now on.
        """
        problems = {
            name: problem
            for name, day in zip(WEEKDAYS, self.week, strict=True)
            if (problem := day_problem(day))
        }
        if not any(self.week):
            problems["hours"] = "Give at least one hour of the week in which you are open."
        elif not problems and self.opening(now) is None:
            problems["closed_days"] = "With these closed days you are not open for two years."
        if problems:
            raise InvalidInput(problems)

    def to_data(self) -> dict[str, object]:
        """Return it as plain values for JSON."""
        return {
            "hours": {name: write_day(day) for name, day in zip(WEEKDAYS, self.week, strict=True)},
            "bank_holidays": self.bank_holidays,
            "closed_days": sorted(day.isoformat() for day in self.closed_days),
        }

    @classmethod
    def from_data(cls, data: object) -> Calendar:
        """Return the calendar that :meth:`to_data` wrote.

        Raises:
            InvalidInput: ``calendar``, where the values are none of it.
        """
        match data:
            case {
                "hours": {**hours},
                "bank_holidays": bool(bank),
                "closed_days": [*closed],
            } if set(hours) == set(WEEKDAYS):
                try:
                    week = cast(Week, tuple(_read_day(hours[name]) for name in WEEKDAYS))
                    return cls(week, bank, frozenset(map(_read_date, closed)))
                except ValueError:
                    pass
        raise InvalidInput({"calendar": "The stored service hours can't be read."})

    def _year(self, year: int) -> _Year:
        found = self._years.get(year)
        if found is None:
            found = self._years[year] = _lay_out(self, year)
        return found

    def _years_from(self, moment: datetime) -> Iterator[_Year]:
        """Yield the years from that of a moment on, until two whole ones had no open hour."""
        year, empty = _year_of(moment), 0
        while empty < _EMPTY_YEARS:
            found = self._year(year)
            yield found
            year, empty = year + 1, 0 if found.days else empty + 1


def _year_of(moment: datetime) -> int:
    return moment.astimezone(LONDON).year


@lru_cache(maxsize=64)
def _lay_out(calendar: Calendar, year: int) -> _Year:
    """Return the open spans of a year; once for all calendars that are equal, as each read is."""
    laid = _Year(days=[], opens=[], closes=[], before=[], total=_NOTHING)
    if year > _LAST_YEAR:
        return laid
    total = _NOTHING
    for number in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()):
        day = date.fromordinal(number)
        spans = calendar.spans(day)
        if spans:
            laid.days.append(day)
        for opens, closes in spans:
            laid.opens.append(opens)
            laid.closes.append(closes)
            laid.before.append(total)
            total += closes - opens
    return _Year(
        days=laid.days, opens=laid.opens, closes=laid.closes, before=laid.before, total=total
    )


def _read_day(value: object) -> Day:
    if not isinstance(value, str):
        raise ValueError("Hours are a text.")
    return read_day(value)


def _read_date(value: object) -> date:
    if not isinstance(value, str):
        raise ValueError("A day is a text.")
    return date.fromisoformat(value)
