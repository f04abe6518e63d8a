"""What a session costs the PostgreSQL server that many share: processor and memory of its backend.

*A look* is what every kiosk does each second. How many handlers one server carries follows from
these: the page about more than one machine does that sum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from eds_tui import bootstrap
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from tests import processes
from tests.benchmarks.figures import Figure, Reading
from tests.benchmarks.parts import Part
from tests.benchmarks.product import Product
from tests.factories import People, new_form
from tests.servers import running
from tests.stores import Databases

TIMES = 200
OPEN = 100
"""Incidents in the list."""

LOOK = Figure("PostgreSQL server, a look at changes", "ms")
LIST = Figure("PostgreSQL server, a list and the counts", "ms")
LOG = Figure("PostgreSQL server, a call", "ms")
COMMENT = Figure("PostgreSQL server, a comment", "ms")
MEMORY = Figure("PostgreSQL server, a connection", "MB")


def measure(_product: Product) -> Iterator[Reading]:
    """Do each over and over, and read what the backend has used."""
    with TemporaryDirectory() as folder, running(Path(folder), {}) as server:
        url = Databases(server).empty()
        with closing(bootstrap.open_database(url)) as database:
            yield from _measure(database)


def _measure(database: Database) -> Iterator[Reading]:
    services = bootstrap.open_services(database)
    people, keys = People.add_to(database, services), count()
    handler, query = people.handler, ListQuery(View.OPEN)

    def log() -> object:
        form = new_form(school_id=people.school.id, caller="Caller", submission=f"{next(keys)}")
        return services.report.log(handler, form)

    def comment() -> object:
        return services.conversation.comment(handler, 1, "On its way.", f"{next(keys)}")

    def page() -> object:
        return services.queue.page(handler, query, Window()), services.queue.counts(handler)

    for _ in range(OPEN):
        log()
    bookmark, _ = services.feed.since(handler, None)
    with database.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    ways: dict[Figure, Callable[[], object]] = {
        LOOK: lambda: services.feed.since(handler, bookmark), LIST: page, LOG: log,
        COMMENT: comment,
    }  # fmt: skip
    for figure, way in ways.items():
        way()
        before = processes.cpu_ms((found,))
        for _ in range(TIMES):
            way()
        yield figure.of((processes.cpu_ms((found,)) - before) / TIMES)
    yield MEMORY.of(processes.proportional_mb(found))


PARTS = (Part(measure, (LOOK, LIST, LOG, COMMENT, MEMORY)),)
