"""What holds for every history of an incident: the sums, and the due date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from eds_tui.domain.calendar import Calendar
from eds_tui.domain.explanation import MOST_LINES, Kind, Segment, explain, in_lines
from eds_tui.domain.service_hours import read_day
from eds_tui.domain.service_level import ClockState, Pause, due, standing
from eds_tui.domain.targets import EXAMPLE, NO_TARGET, Target
from tests.london import moments

NOTHING = timedelta(0)
INSTANT = timedelta(microseconds=1)
ODD = timedelta(seconds=1117, microseconds=3)
CALENDARS = (
    EXAMPLE.calendar,
    Calendar(
        (
            read_day("00:00-24:00"),
            *(read_day("08:00-12:00, 13:00-17:00"), ()),
            *(read_day("18:00-24:00"), read_day("00:00-01:30, 02:00-09:00")),
            *((), read_day("00:30-02:30")),
        ),
        closed_days=frozenset({date(2026, 3, 30), date(2028, 2, 29)}),
    ),
    Calendar((read_day("00:00-24:00"),) * 7, bank_holidays=False),
)

often = settings(derandomize=True, deadline=None, max_examples=100)


@dataclass(frozen=True)
class History:
    """An incident's pauses up to now, the last perhaps going on."""

    logged_at: datetime
    pauses: tuple[Pause, ...]
    now: datetime
    calendar: Calendar

    def at(self, now: datetime) -> History:
        return replace(self, now=now)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Return a history around a turn of the calendar, of running and paused times by turns."""
    logged_at = draw(moments(3, ODD)).astimezone(UTC)
    lengths = draw(st.lists(st.timedeltas(NOTHING, timedelta(days=3)), min_size=1, max_size=7))
    edges = [logged_at]
    for length in lengths:
        edges.append(edges[-1] + length)
    pauses = [
        Pause(began, ended, f"hold {number}")
        for number, (began, ended) in enumerate(zip(edges[1::2], edges[2::2], strict=False))
    ]
    if len(edges) % 2 == 0 and draw(st.booleans()):
        pauses.append(Pause(edges[-1], None, "hold on"))
    now = edges[-1] + draw(st.timedeltas(NOTHING, timedelta(days=2)))
    calendar = draw(st.sampled_from(CALENDARS))
    return History(logged_at, tuple(draw(st.permutations(pauses))), now, calendar)


targets = st.one_of(
    st.just(NO_TARGET),
    st.integers(1, 3000).map(lambda minutes: Target(minutes=minutes)),
    st.integers(1, 6).map(lambda days: Target(working_days=days)),
)


def told(history: History, target: Target) -> tuple[Segment, ...]:
    return explain(history.logged_at, target, history.calendar, history.pauses, history.now)


def counted(segments: tuple[Segment, ...], calendar: Calendar, until: datetime) -> timedelta:
    """Add up what counts up to a moment."""
    return sum(
        (
            calendar.between(segment.start, min(segment.end, until))
            for segment in segments
            if segment.kind is Kind.RUNNING and segment.start < until
        ),
        NOTHING,
    )


@often
@given(histories(), targets)
def test_the_segments_are_the_whole_time_without_a_gap(history: History, target: Target) -> None:
    segments = told(history, target)
    found = standing(history.logged_at, target, history.calendar, history.pauses, history.now)
    end = max(history.now, found.due or history.now)
    assert all(segment.start < segment.end for segment in segments)
    assert all(first.end == second.start for first, second in pairwise(segments))
    assert sum((segment.end - segment.start for segment in segments), NOTHING) == (
        end - history.logged_at
    )
    if segments:
        assert (segments[0].start, segments[-1].end) == (history.logged_at, end)


@often
@given(histories(), targets)
def test_running_and_paused_service_time_is_all_the_service_time(
    history: History, target: Target
) -> None:
    segments = told(history, target)
    for segment in segments:
        inside = history.calendar.between(segment.start, segment.end)
        assert segment.service == inside
        if segment.kind is Kind.RUNNING:
            assert inside == segment.end - segment.start == segment.counted
        else:
            assert segment.counted == NOTHING
        if segment.kind not in (Kind.RUNNING, Kind.PAUSED):
            assert inside == NOTHING
    total = sum((segment.service for segment in segments), NOTHING)
    if segments:
        assert total == history.calendar.between(segments[0].start, segments[-1].end)


@often
@given(histories(), targets)
def test_what_counts_adds_up_to_the_time_used_and_to_the_target(
    history: History, target: Target
) -> None:
    segments = told(history, target)
    found = standing(history.logged_at, target, history.calendar, history.pauses, history.now)
    assert counted(segments, history.calendar, history.now) == found.used
    if found.due is not None and found.warn_at is not None and found.total is not None:
        assert counted(segments, history.calendar, found.due) == found.total
        assert counted(segments, history.calendar, found.warn_at) == found.total * 0.75
        assert history.logged_at <= found.warn_at <= found.due


@often
@given(histories(), targets)
def test_pauses_lie_where_they_were_and_keep_their_reason(history: History, target: Target) -> None:
    paused = {
        (segment.start, segment.end, segment.reason)
        for segment in told(history, target)
        if segment.kind is Kind.PAUSED
    }
    expected = {
        (pause.began, pause.ended or history.now, pause.reason)
        for pause in history.pauses
        if pause.began < (pause.ended or history.now)
    }
    assert paused == expected


@often
@given(histories(), targets.filter(lambda target: target.is_set))
def test_overdue_is_a_due_date_that_is_past_where_the_clock_stands(
    history: History, target: Target
) -> None:
    found = standing(history.logged_at, target, history.calendar, history.pauses, history.now)
    assert found.due is not None
    assert found.total is not None
    assert found.overdue or found.used <= found.total
    assert not found.overdue or found.used >= found.total
    if found.state is ClockState.RUNNING:
        assert found.overdue == (found.due < history.now)


@often
@given(histories(), targets)
def test_an_open_pause_is_as_one_that_ended_now(history: History, target: Target) -> None:
    ended = [replace(pause, ended=pause.ended or history.now) for pause in history.pauses]
    facts = (history.logged_at, target, history.calendar)
    open_pause = standing(*facts, history.pauses, history.now)
    assert standing(*facts, ended, history.now).due == open_pause.due
    assert standing(*facts, ended, history.now).used == open_pause.used
    assert due(*facts, history.pauses, history.now) == open_pause.due


@often
@given(histories(), targets.filter(lambda target: target.is_set))
def test_at_the_due_date_it_is_in_time_and_a_moment_later_late(
    history: History, target: Target
) -> None:
    ended = tuple(pause for pause in history.pauses if pause.ended)
    found = standing(history.logged_at, target, history.calendar, ended, history.now)
    assert found.due is not None
    facts = (history.logged_at, target, history.calendar, ended)
    assert not standing(*facts, found.due).overdue
    later = standing(*facts, found.due + INSTANT)
    assert later.overdue == (later.state is ClockState.RUNNING)


@often
@given(histories(), st.integers(1, 3000), st.integers(1, 500))
def test_a_longer_target_or_a_later_report_is_never_due_sooner(
    history: History, minutes: int, more: int
) -> None:
    rest = (history.calendar, (), history.now)
    first = due(history.logged_at, Target(minutes), *rest)
    later = due(history.logged_at + timedelta(minutes=more), Target(minutes), *rest)
    longer = due(history.logged_at, Target(minutes + more), *rest)
    assert first is not None
    assert later is not None
    assert longer is not None
    assert first <= later
    assert first < longer


@often
@given(histories(), st.integers(1, 200))
def test_the_lines_are_few_and_one_each_for_every_pause(history: History, days: int) -> None:
    segments = told(history, Target(working_days=days))
    lines = in_lines(segments)
    pauses = sum(segment.kind is Kind.PAUSED for segment in segments)
    assert sum("paused (hold" in line for line in lines) == pauses
    # Between the pauses, and before and after the due date, at most one line each is left.
    assert len(lines) <= max(MOST_LINES, 2 * pauses + 2)
