"""Databases of before it was kept what is unread: everything old counts as read (rule 41)."""

from __future__ import annotations

from sqlalchemy import func, select

from eds_tui import bootstrap
from eds_tui.domain.views import View
from eds_tui.repository.tables import comments, events, notifications
from eds_tui.repository.unit_of_work import Database
from tests.factories import SetClock, new_form
from tests.furnished import Furnished
from tests.repository.earlier import of_revision
from tests.stores import Store


def _count_on(database: Database) -> None:
    """Let PostgreSQL give out the ids behind those of the rows that were put in by hand."""
    if database.engine.dialect.name == "postgresql":
        with database.engine.begin() as connection:
            for table in (comments, events, notifications):
                sequence = func.pg_get_serial_sequence(table.name, "id")
                last = select(func.max(table.c.id)).scalar_subquery()
                connection.execute(select(func.setval(sequence, last)))


def test_what_is_old_is_read_and_what_comes_then_is_new(furnished: Furnished, store: Store) -> None:
    now_url = furnished.copy()
    current = Database.at(now_url)
    people, clock = furnished.people, SetClock()
    services = bootstrap.open_services(current, clock)
    for _ in range(2):
        services.report.log(people.head, new_form())
    for number in (1, 2):
        services.conversation.comment(people.head, number, "Long ago.", f"head {number}")
        services.conversation.comment(people.handler, number, "We look.", f"handler {number}")
    url = of_revision(store, "0011", current)
    current.close()
    opened = bootstrap.open_database(url)
    services = bootstrap.open_services(opened, clock)
    _count_on(opened)
    for actor in (people.head, people.handler):
        assert services.queue.counts(actor)[View.UNREAD] == 0
        assert services.queue.open(actor, 1).news is None
    services.conversation.comment(people.head, 1, "And today.", "today")
    services.conversation.comment(people.handler, 2, "Mended.", "mended")
    for actor, number in ((people.handler, 1), (people.head, 2)):
        assert services.queue.counts(actor)[View.UNREAD] == 1
        detail = services.queue.open(actor, number)
        assert detail.news is not None
        assert (detail.news.first, len(detail.comments)) == (detail.comments[2].id, 3)
    opened.close()
    store.drop(url)
    store.drop(now_url)
