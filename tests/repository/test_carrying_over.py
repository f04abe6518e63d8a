"""What a restored database takes over from the one that it replaces (rules 8, 25, 28 and 30)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select, update

from eds_tui import bootstrap
from eds_tui.domain.errors import Conflict
from eds_tui.domain.event import OPERATOR, EventKind
from eds_tui.domain.restoring import HELD_BACK, LOST, Mail, Restored
from eds_tui.repository.carrying_over import Restoring, carry_over
from eds_tui.repository.engine import for_writing
from eds_tui.repository.former_database import FormerDatabase
from eds_tui.repository.tables import accounts, events, incidents, notifications
from eds_tui.repository.unit_of_work import Database
from tests.factories import START, People, SetClock, log
from tests.furnished import Furnished

SENT_AT = START + timedelta(hours=1)
ASKED = Restoring(
    name="monday.backup", at=START + timedelta(hours=2), operator="root", of_another=False
)


@dataclass(frozen=True)
class Sides:
    """A back-up of five incidents, and what was there before it, each in a transaction."""

    new: Connection
    former: Connection

    def restored(self, asked: Restoring = ASKED) -> Restored:
        """Carry over from what was there before."""
        return carry_over(lambda: self.new, FormerDatabase(lambda: self.former), asked)

    def mail(self) -> dict[int, tuple[Any, ...]]:
        """Return what the new one says of each of its e-mails."""
        columns = notifications.c
        rows = self.new.execute(select(columns.id, columns.sent_at, columns.given_up_at,
            columns.reason, columns.try_at, columns.taken_until))  # fmt: skip
        return {row.id: tuple(row)[1:] for row in rows}


@contextmanager
def changing(url: str) -> Iterator[Connection]:
    """Open a database, and undo at the end what was done."""
    database = Database.at(url)
    with for_writing(database.engine).connect() as connection, connection.begin():
        yield connection
    database.close()


@pytest.fixture
def former_url(furnished: Furnished) -> Iterator[str]:
    """A database from which a back-up was taken after its fifth incident; there are seven."""
    url = furnished.copy(5)
    database = bootstrap.open_database(url)
    log(bootstrap.open_services(database, SetClock()), furnished.people, 2)
    database.close()
    yield url
    furnished.store.drop(url)


@pytest.fixture
def sides(furnished: Furnished, former_url: str) -> Iterator[Sides]:
    """The back-up and what was there before."""
    url = furnished.copy(5)
    with changing(url) as new, changing(former_url) as former:
        # What was so when the back-up was taken is nothing new.
        for each in (new, former):
            each.execute(update(incidents).where(incidents.c.number == 4).values(confidential=True))
            each.execute(update(accounts).where(accounts.c.login == "lead").values(disabled=True))
        yield Sides(new, former)
    furnished.store.drop(url)


def change_mail(connection: Connection, id_: int, **values: Any) -> None:
    """Change what a database says of an e-mail."""
    connection.execute(update(notifications).where(notifications.c.id == id_).values(**values))


def test_what_was_sent_is_sent_and_what_nobody_knows_of_is_held_back(sides: Sides) -> None:
    change_mail(sides.former, 1, sent_at=SENT_AT)
    sides.former.execute(delete(notifications).where(notifications.c.id == 3))
    change_mail(sides.former, 4, message_id="<of-another@eds-tui.invalid>")
    change_mail(sides.former, 2, message_id="<")
    before = sides.mail()
    assert sides.restored().mail == Mail(waiting=1, sent_since=1, held_back=3)
    held, sent = (None, ASKED.at, HELD_BACK, None, None), (SENT_AT, None, "", None, None)
    assert sides.mail() == before | {1: sent, 2: held, 3: held, 4: held}
    assert before[5] == (None, None, "", START, None)


def test_numbers_and_events_go_on_after_the_last_that_anybody_was_told(sides: Sides) -> None:
    last = max(sides.former.execute(select(events.c.id)).scalars())
    restored = sides.restored()
    assert (restored.lost, restored.standing.given_out, restored.standing.incidents) == (
        (6, 7), 5, 5,
    )  # fmt: skip
    assert restored.standing.latest_at == START
    added = sides.new.execute(select(events).order_by(events.c.id.desc()).limit(1)).one()
    assert (added.id, added.kind, added.at) == (last + 1, EventKind.DATABASE_RESTORED, ASKED.at)
    assert added.details == {
        "name": "monday.backup", LOST: [6, 7], "without": "INC0000006 to INC0000007",
        OPERATOR: "root",
    }  # fmt: skip


def test_what_was_shut_since_and_is_open_in_the_back_up_is_told(sides: Sides) -> None:
    nothing = sides.restored()
    assert (nothing.exposed, nothing.enabled, nothing.is_former_read) == ((), (), True)
    shut = update(incidents).where(incidents.c.number.in_([5, 2])).values(confidential=True)
    sides.former.execute(shut)
    sides.former.execute(
        update(accounts).where(accounts.c.login.in_(["handler", "bursar"])).values(disabled=True)
    )
    restored = sides.restored()
    assert (restored.exposed, restored.enabled) == ((2, 5), ("bursar", "handler"))


def test_a_back_up_of_another_installation_is_refused_unless_it_is_asked_for(sides: Sides) -> None:
    first = select(events.c.id).order_by(events.c.id).limit(1).scalar_subquery()
    sides.former.execute(update(events).where(events.c.id == first).values(actor="Another"))
    with pytest.raises(Conflict, match="of another installation"):
        sides.restored()
    asked = Restoring(name="monday.backup", at=ASKED.at, operator="", of_another=True)
    assert sides.restored(asked).lost == (6, 7)


def test_what_can_be_read_of_a_damaged_one_counts_and_that_is_not_all_is_told(
    sides: Sides, dialect: str
) -> None:
    sides.former.exec_driver_sql("ALTER TABLE events RENAME TO elsewhere")
    restored = sides.restored()
    assert (restored.is_former_read, restored.lost, restored.enabled) == (False, (6, 7), ())
    assert restored.mail == Mail(waiting=5)
    for table in ("notifications", "sequences", "incidents", "accounts"):
        sides.former.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {table}_elsewhere")
    if dialect == "postgresql":
        sides.former.exec_driver_sql("DROP SEQUENCE incident_numbers")
    nothing = FormerDatabase(lambda: sides.former)
    assert (nothing.given_out(), nothing.event_ids(), nothing.event(1)) == (None, (None, 0), None)
    assert (nothing.fate(1, "<"), nothing.confidential(), nothing.disabled()) == (
        (False, None), frozenset(), frozenset(),
    )  # fmt: skip
    assert not nothing.is_whole


def test_where_nothing_was_there_all_that_waits_is_held_back(sides: Sides) -> None:
    restored = carry_over(lambda: sides.new, None, ASKED)
    assert restored.mail == Mail(waiting=0, sent_since=0, held_back=5)
    assert (restored.lost, restored.exposed, restored.enabled) == (None, (), ())
    assert not restored.is_former_read


def test_the_check_knows_of_the_numbers_that_are_lost(
    furnished: Furnished, former_url: str, people: People
) -> None:
    url = furnished.copy(5)
    database = bootstrap.open_database(url)
    with changing(former_url) as former, for_writing(database.engine).begin() as new:
        carry_over(lambda: new, FormerDatabase(lambda: former), ASKED)
    assert [problem for finding in database.check() for problem in finding.problems] == []
    services = bootstrap.open_services(database, SetClock())
    log(services, people, 1)
    assert services.queue.open(people.head, 8).row.number == 8
    assert [problem for finding in database.check() for problem in finding.problems] == []
    database.close()
    furnished.store.drop(url)
