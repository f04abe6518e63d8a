"""Draws a year of incidents at all schools, the same ones every time for the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from eds_tui.demo.data import CurrentIncident, DemoData, IncidentTemplate
from eds_tui.demo.moments import before, between, school_moment
from eds_tui.demo.plan import (
    OWN_SCHOOL,
    SERVICE_CENTRE,
    PlannedComment,
    PlannedIncident,
    reporting_contact,
    school_accounts,
)
from eds_tui.demo.wording import Deck, Line, Wording, conversation
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import TRIAGE, State
from eds_tui.domain.priority import Priority, suggested_priority
from eds_tui.domain.school import NewSchool

_SEED = 2022
_CLOSED_EACH = 8
_CLOSED_AT_OWN_SCHOOL = 32
_CONFIDENTIAL_EVERY = 20
_DAYS_AGO = range(3, 364)
_NEWEST_CLOSED = timedelta(hours=28)
_QUICKEST = timedelta(minutes=10)
_LASTS = tuple(timedelta(hours=hours) for hours in (2, 6, 26, 75, 200, 400))
_SHARE_BY_PHONE = 0.6
_SHARE_ADVICE = 0.1
_SHARE_LESS_URGENT = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What is known of an incident before its words and people are drawn."""

    school: NewSchool
    template: IncidentTemplate
    state: State
    opened: datetime
    resolved: datetime | None
    channel: Channel


class Year:
    """Draws incidents.

    Args:
        data: What they are drawn from.
        now: The moment that none of them goes past; whole seconds.
    """

    def __init__(self, data: DemoData, now: datetime) -> None:
        self._data = data
        self._now = now
        self._rng = Random(_SEED)
        self._by_number = {school.portal_number: school for school in data.schools}
        others = [number for number in self._by_number if number != OWN_SCHOOL]
        self._others = Deck(self._rng, others)
        self._templates = {
            confidential: Deck(
                self._rng,
                [template for template in data.templates if template.confidential is confidential],
            )
            for confidential in (False, True)
        }

    def incidents(self) -> list[PlannedIncident]:
        """Return them in the order in which they were logged."""
        drawn = [*map(self._current_incident, self._data.current), *self._closed()]
        return sorted(drawn, key=lambda incident: incident.opened_at)

    def _current_incident(self, row: CurrentIncident) -> PlannedIncident:
        resolved = None
        if row.resolved_hours is not None:
            resolved = self._now - timedelta(hours=row.resolved_hours)
        return self._incident(
            _Case(
                school=self._by_number[row.school or self._others.deal()],
                template=row.template or self._templates[row.confidential].deal(),
                state=row.state,
                opened=before(self._now, row.minutes) - timedelta(seconds=self._rng.randrange(60)),
                resolved=resolved,
                channel=row.channel or self._channel(),
            )
        )

    def _closed(self) -> Iterator[PlannedIncident]:
        others = len(self._by_number) - 1
        numbers = [self._others.deal() for _ in range(others * _CLOSED_EACH)]
        numbers += [OWN_SCHOOL] * _CLOSED_AT_OWN_SCHOOL
        self._rng.shuffle(numbers)
        for place, number in enumerate(numbers):
            opened = school_moment(self._rng, self._now, _DAYS_AGO)
            latest = min(opened + self._rng.choice(_LASTS), self._now - _NEWEST_CLOSED)
            yield self._incident(
                _Case(
                    school=self._by_number[number],
                    template=self._templates[place % _CONFIDENTIAL_EVERY == 0].deal(),
                    state=State.CLOSED,
                    opened=opened,
                    resolved=between(self._rng, opened + _QUICKEST, latest),
                    channel=self._channel(),
                )
            )

    def _channel(self) -> Channel:
        by_phone = self._rng.random() < _SHARE_BY_PHONE
        return Channel.PHONE if by_phone else Channel.SELF_SERVICE

    def _incident(self, case: _Case) -> PlannedIncident:
        wording = Wording(self._rng, self._data.words)
        by_phone = case.channel is Channel.PHONE
        account = self._rng.choice(list(school_accounts(case.school)))
        caller = self._rng.choice(case.school.contacts)
        incident = PlannedIncident(
            portal_number=case.school.portal_number,
            login=self._rng.choice(SERVICE_CENTRE) if by_phone else account.login,
            channel=case.channel,
            category=case.template.category,
            impact=self._rng.choice(case.template.impacts),
            confidential=case.template.confidential,
            description=wording.fill(case.template.text),
            contact=caller if by_phone else reporting_contact(account, case.school, caller),
            opened_at=case.opened,
            state=case.state,
            priority=Priority.NONE,
            resolved_at=case.resolved,
            handling_seconds=self._rng.randrange(60, 420) if by_phone else None,
            file=case.template.file,
        )
        lines = [
            (by_school, wording.fill(text))
            for by_school, text in conversation(
                self._rng, case.state, case.template, self._data.talk
            )
        ]
        return replace(
            incident,
            priority=self._priority(incident),
            comments=self._comments(incident, lines, account.login),
        )

    def _priority(self, incident: PlannedIncident) -> Priority:
        if incident.state in TRIAGE:
            return Priority.NONE
        suggested = suggested_priority(incident.impact)
        chance = self._rng.random()
        if chance < _SHARE_ADVICE:
            return Priority.ADVICE
        if chance < _SHARE_LESS_URGENT:
            return min(Priority(suggested + 1), Priority.LOW)
        return suggested

    def _comments(
        self, incident: PlannedIncident, lines: list[Line], school_login: str
    ) -> tuple[PlannedComment, ...]:
        end = incident.resolved_at or self._now
        moments = sorted(between(self._rng, incident.opened_at, end) for _ in lines)
        if moments and incident.resolved_at is not None:
            moments[-1] = incident.resolved_at
        comments = []
        for (by_school, body), at in zip(lines, moments, strict=True):
            rings = by_school and incident.channel is Channel.PHONE
            rings = rings and self._rng.random() < _SHARE_BY_PHONE
            login = school_login if by_school and not rings else self._rng.choice(SERVICE_CENTRE)
            comments.append(
                PlannedComment(
                    login=login, caller=incident.contact.name if rings else "", body=body, at=at
                )
            )
        return tuple(comments)
