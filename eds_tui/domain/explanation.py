"""Explains why an incident is due when it is, segment by segment, in words (rule 21)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import groupby

from eds_tui.domain.calendar import Calendar, DayKind
from eds_tui.domain.clock import LONDON
from eds_tui.domain.london import midnight, zone_where_twice
from eds_tui.domain.service_level import Pause, halts_of, standing
from eds_tui.domain.targets import Target

MOST_LINES = 15
"""Lines above which ordinary weeks are put together."""

_NOTHING = timedelta(0)
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_INSTANT = timedelta(microseconds=1)


class Kind(StrEnum):
    """What the clock does in a segment, or why it does not run."""

    RUNNING = "running"
    PAUSED = "paused"
    CLOSED_HOURS = "closed hours"
    WEEKEND = "weekend"
    BANK_HOLIDAY = "bank holiday"
    CLOSED_DAY = "closed day"


_CLOSED = {
    DayKind.OPEN: Kind.CLOSED_HOURS,
    DayKind.WEEKEND: Kind.WEEKEND,
    DayKind.NO_HOURS: Kind.CLOSED_DAY,
    DayKind.BANK_HOLIDAY: Kind.BANK_HOLIDAY,
    DayKind.CLOSED_DAY: Kind.CLOSED_DAY,
}
_ORDINARY = frozenset({Kind.RUNNING, Kind.CLOSED_HOURS, Kind.WEEKEND})
_LATE = "after the due date"
_TOGETHER = "in service hours"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of an incident's life in which one thing holds; both ends are in UTC."""

    start: datetime
    end: datetime
    kind: Kind
    service: timedelta = _NOTHING
    """Service time within it, whether it counts or not."""
    reason: str = ""
    """The hold, the name of the bank holiday, or that it is past the due date."""

    @property
    def counted(self) -> timedelta:
        """Service time within it that counts towards the target."""
        return self.service if self.kind is Kind.RUNNING else _NOTHING


def explain(
    logged_at: datetime,
    target: Target,
    calendar: Calendar,
    pauses: Iterable[Pause],
    now: datetime,
) -> tuple[Segment, ...]:
    """Return an incident's life from when it was logged to its due date or now, the later of them.

    The segments follow one another without a gap. What counts up to now adds up to the time used,
    and what counts up to the due date to the target. Takes what :func:`standing` takes.
    """
    pauses = list(pauses)
    due = standing(logged_at, target, calendar, pauses, now).due
    at, now = logged_at.astimezone(UTC), now.astimezone(UTC)
    end = max(now, due or now)
    segments: list[Segment] = []
    for halt in halts_of(logged_at, pauses, now):
        began, ended = min(halt.began, end), min(halt.ended, end)
        segments += _working(at, began, due, calendar)
        lost = calendar.between(began, ended)
        segments.append(Segment(began, ended, Kind.PAUSED, lost, halt.reason))
        at = ended
    segments += _working(at, end, due, calendar)
    return tuple(segment for segment in segments if segment.start < segment.end)


def _working(
    start: datetime, end: datetime, due: datetime | None, calendar: Calendar
) -> Iterator[Segment]:
    """Yield the segments of a stretch without a pause, before the due date and after it."""
    split = min(max(start, due or end), end)
    yield from _merged(_by_day(start, split, "", calendar))
    yield from _merged(_by_day(split, end, _LATE, calendar))


def _by_day(start: datetime, end: datetime, late: str, calendar: Calendar) -> Iterator[Segment]:
    day = start.astimezone(LONDON).date()
    while start < end:
        kind, name = calendar.kind_of(day)
        if kind is DayKind.NO_HOURS:
            name = f"never open on a {day:%A}"
        day_end = min(end, midnight(day + _DAY))
        for opens, closes in calendar.spans(day):
            began, ended = max(opens, start), min(closes, day_end)
            if began < ended:
                yield Segment(start, began, _CLOSED[kind], reason=name)
                yield Segment(began, ended, Kind.RUNNING, ended - began, late)
                start = ended
        yield Segment(start, day_end, _CLOSED[kind], reason=name)
        start, day = day_end, day + _DAY


def _merged(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Yield the segments with neighbours of one kind and reason as one, and without empty ones."""
    lasting = (segment for segment in segments if segment.start < segment.end)
    for _, group in groupby(lasting, key=lambda each: (each.kind, each.reason)):
        yield _as_one(list(group))


def _as_one(segments: list[Segment]) -> Segment:
    service = sum((segment.service for segment in segments), _NOTHING)
    return replace(segments[0], end=segments[-1].end, service=service)


def in_lines(segments: Iterable[Segment]) -> tuple[str, ...]:
    """Return the segments in words, a line each, few enough to read.

    Where there are more than fit on a screen, first ordinary days and weekends are put together,
    then bank holidays and closed days too; pauses never are.
    """
    segments = list(segments)
    for together in (_ORDINARY, frozenset(Kind) - {Kind.PAUSED}):
        if len(segments) > MOST_LINES:
            segments = list(_gathered(segments, together))
    return tuple(map(in_words, segments))


def _gathered(segments: list[Segment], kinds: frozenset[Kind]) -> Iterator[Segment]:
    late = next((each.start for each in segments if each.reason.endswith(_LATE)), None)

    def key(segment: Segment) -> tuple[bool, bool]:
        return segment.kind in kinds, late is not None and segment.start >= late

    for (together, is_late), group in groupby(segments, key):
        found = list(group)
        if not together or len(found) == 1:
            yield from found
            continue
        whole = _as_one(found)
        if whole.service:
            reason = f"{_TOGETHER} {_LATE}" if is_late else _TOGETHER
            yield replace(whole, kind=Kind.RUNNING, reason=reason)
        else:
            yield replace(whole, kind=Kind.CLOSED_HOURS, reason="")


def in_words(segment: Segment) -> str:
    """Return a segment as a line: ``Thu 24 Dec 16:30 to 17:00  running, 30 min``."""
    return f"{_stretch(segment.start, segment.end)}  {_what(segment)}"


def _what(segment: Segment) -> str:
    if segment.kind is Kind.RUNNING:
        words = f"{segment.kind} {segment.reason}".rstrip()
        return f"{words}, {duration(segment.service)}"
    words = f"{segment.kind} ({segment.reason})" if segment.reason else str(segment.kind)
    return f"{words}, {duration(segment.service)} not counted" if segment.service else words


def duration(length: timedelta) -> str:
    """Return a length to the nearest minute: ``30 min``, ``3 h``, ``3 h 30 min``."""
    minutes = (length + _MINUTE / 2) // _MINUTE
    if minutes < 1:
        return "under 1 min"
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "min"))
    return " ".join(f"{number:,} {unit}" for number, unit in parts if number)


def _stretch(start: datetime, end: datetime) -> str:
    """Return from when to when, whole days without an hour, and a year where it changes."""
    first = start.astimezone(LONDON)
    # The end of a day is 24:00 of that day: from Friday until Saturday would read as two days.
    last = (end - _INSTANT).astimezone(LONDON)
    with_year = first.year != last.year
    day, last_day = _day(first, with_year), _day(last, with_year)
    if start == midnight(first.date()) and end == midnight(last.date() + _DAY):
        if day == last_day:
            return day
        if (first.year, first.month) == (last.year, last.month):
            day = f"{first:%a} {first.day}"
        return f"{day} to {last_day}"
    opens = _hour(start)
    closes = "24:00" if end == midnight(last.date() + _DAY) else _hour(end)
    return f"{day} {opens} to {closes if day == last_day else f'{last_day} {closes}'}"


def _day(local: datetime, with_year: bool) -> str:
    return (
        f"{local:%a} {local.day} {local:%b %Y}"
        if with_year
        else f"{local:%a} {local.day} {local:%b}"
    )


def _hour(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%H:%M} {zone_where_twice(moment)}".rstrip()
