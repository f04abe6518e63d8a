"""Carries over into a restored database what must not begin anew: numbers, ids, what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from eds_tui.domain.errors import Conflict
from eds_tui.domain.event import OPERATOR, EventKind
from eds_tui.domain.restoring import (
    HELD_BACK,
    LOST,
    Mail,
    Range,
    Restored,
    Standing,
    lost_range,
    range_in_words,
)
from eds_tui.repository.former_database import (
    EVENT_IDS,
    FormerDatabase,
    Side,
    event_of,
)  # fmt: skip
from eds_tui.repository.numbers import go_on_after, last_taken, last_told
from eds_tui.repository.recorded_fields import to_json
from eds_tui.repository.tables import (
    NOT_SENT,
    accounts,
    events,
    incidents,
    notifications,
)  # fmt: skip

_OPEN_TO_ITS_SCHOOL = (
    select(incidents.c.number).where(~incidents.c.confidential).order_by(incidents.c.number)
)
_ENABLED = select(accounts.c.login).where(~accounts.c.disabled).order_by(accounts.c.login)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoring:
    """A restoring that somebody asked for."""

    name: str
    """What the back-up is called."""
    at: datetime
    operator: str
    """The Linux user who asked for it."""
    of_another: bool
    """Whether the back-up may be of another installation."""


def carry_over(new: Side, former: FormerDatabase | None, asked: Restoring) -> Restored:
    """Have the new database go on where the former one ended, and record that it was restored.

    Args:
        new: The restored database, its schema up to date.
        former: The one that it replaces; ``None`` where there is none, or it can't be read at all.
        asked: Who restores what.

    Raises:
        Conflict: They are of different installations, and that was not asked for.
    """
    standing = _standing(new())
    if former and not asked.of_another:
        _require_same(new, standing, former)
    mail = _mail(new, former, asked.at)
    last_of_former = former.given_out() if former else None
    lost = lost_range(standing.given_out, last_of_former or 0)
    if lost:
        go_on_after(new(), max(lost[1], last_taken(new())))
    last_event = former.event_ids()[1] if former else 0
    confidential, disabled = (former.confidential(), former.disabled()) if former else ((), ())
    connection = new()
    # A screen that has read the former one's events takes this one for news.
    _record(connection, asked, lost, max(standing.last_event, last_event) + 1)
    shown = connection.execute(_OPEN_TO_ITS_SCHOOL).scalars() if confidential else ()
    enabled = connection.execute(_ENABLED).scalars() if disabled else ()
    return Restored(
        standing=standing, lost=lost, mail=mail,
        exposed=tuple(each for each in shown if each in confidential),
        enabled=tuple(each for each in enabled if each in disabled),
        is_former_read=former is not None and former.is_whole,
    )  # fmt: skip


def _standing(connection: Connection) -> Standing:
    first, last = connection.execute(EVENT_IDS).one()
    latest = select(events.c.at).order_by(events.c.id.desc()).limit(1)
    return Standing(
        given_out=last_told(connection) or 0,
        incidents=connection.execute(select(func.count()).select_from(incidents)).scalar_one(),
        first_event=first,
        last_event=last or 0,
        latest_at=connection.execute(latest).scalar_one_or_none(),
    )


def _require_same(new: Side, standing: Standing, former: FormerDatabase) -> None:
    """Refuse where the first event that both logs should have is another one in each.

    Events are never changed, so that two logs of one installation begin alike (rule 30).
    """
    first, last = former.event_ids()
    if standing.first_event is None or first is None:
        return
    at = max(standing.first_event, first)
    if at > min(standing.last_event, last):
        return
    there = former.event(at)
    if former.is_whole and there != new().execute(event_of(at)).one_or_none():
        raise Conflict(
            "The back-up is of another installation than the database that is there: their"
            " histories begin differently. Nothing was changed. If it is to take its place all the"
            " same: --of-another-installation"
        )


def _record(connection: Connection, asked: Restoring, lost: Range | None, id_: int) -> None:
    details: dict[str, Any] = {"name": asked.name}
    if lost:
        details |= {LOST: list(lost), "without": range_in_words(lost)}
    if asked.operator:
        details[OPERATOR] = asked.operator
    row = {
        "id": id_,
        "kind": EventKind.DATABASE_RESTORED.value,
        "at": asked.at,
        "actor_id": None,
        "actor": "",
        "incident_id": None,
        "details": to_json(details),
    }
    connection.execute(insert(events), row)


def _mail(new: Side, former: FormerDatabase | None, at: datetime) -> Mail:
    """Decide on every e-mail that waits in the back-up (rule 28).

    One that waits in the former database as well goes out from the new one, and one that was sent
    does not go out again. One that is not there was dropped, for all that is known: what it says
    may be secret by now (rule 25), and so it is held back.
    """
    columns = notifications.c
    waits = select(columns.id, columns.message_id).where(NOT_SENT)
    waiting = {row.id: row.message_id for row in new().execute(waits)}
    sent, held = {}, []
    for id_, message_id in waiting.items():
        known, sent_at = former.fate(id_, message_id) if former and message_id else (False, None)
        if sent_at is not None:
            sent[id_] = sent_at
        elif not known:
            held.append(id_)
    connection = new()
    for id_, sent_at in sent.items():
        _mark(connection, id_, sent_at=sent_at, given_up_at=None, reason="", fault="")
    for id_ in held:
        _mark(connection, id_, given_up_at=at, reason=HELD_BACK)
    return Mail(
        waiting=len(waiting) - len(sent) - len(held), sent_since=len(sent), held_back=len(held)
    )


def _mark(connection: Connection, id_: int, **given: Any) -> None:
    one = update(notifications).where(notifications.c.id == id_)
    connection.execute(one.values(try_at=None, taken_until=None, **given))
