"""Records what the product sends to a database, for a bare driver to send the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from psycopg.types.json import _JsonWrapper
from sqlalchemy import Connection, Engine, event, func, insert, select

from eds_tui import bootstrap
from eds_tui.domain.clock import utc_now
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact
from eds_tui.repository.engine import WRITING, is_postgres
from eds_tui.repository.numbers import go_on_after
from eds_tui.repository.tables import incidents
from eds_tui.repository.unit_of_work import Database
from tests.benchmarks.steps import (
    BEGIN_READING,
    BEGIN_WRITING,
    COMMIT,
    KEY,
    NUMBER,
    ROLLBACK,
    ROW_ID,
    AsJson,
    Step,
    Steps,
)
from tests.benchmarks.writing import ACTIONS, Ours


def record(database_url: str) -> Steps:
    """Return what each action sends to a database, with values that can be told from others."""
    with closing(Database.at(database_url)) as database, database.engine.begin() as connection:
        go_on_after(connection, NUMBER - 1)
        _let_ids_go_on_from(connection, ROW_ID)
    database = bootstrap.open_database(database_url)
    ours = Ours(database)
    steps: dict[str, list[Step]] = {}
    for action in ACTIONS:
        with _recorded(database.engine) as sent:
            getattr(ours, action)(KEY)
        steps[action] = sent
    database.close()
    return steps


def _let_ids_go_on_from(connection: Connection, row_id: int) -> None:
    if is_postgres(connection):
        name = func.pg_get_serial_sequence("incidents", "id")
        connection.execute(select(func.setval(name, row_id - 1)))
        return
    values: dict[str, Any] = {column.name: "" for column in incidents.c if not column.nullable}
    numbers = dict.fromkeys(("school_id", "logged_by_id", "impact", "priority", "version"), 1)
    values |= numbers | {"id": row_id - 1, "number": NUMBER - 1, "confidential": False}
    values |= {"opened_at": utc_now(), "pauses": (), "warned": 0}
    values |= {"state": State.CLOSED.value, "channel": Channel.PHONE.value}
    values |= {"category": Category.DATA.value, "impact": Impact.SITE.value}
    connection.execute(insert(incidents).values(values))


@contextmanager
def _recorded(engine: Engine) -> Iterator[list[Step]]:
    """Collect what is sent through an engine."""
    sent: list[Step] = []

    def keep(
        _connection: Connection, _cursor: object, statement: str, values: Any, _context: object,
        _many: bool,
    ) -> None:  # fmt: skip
        sent.append(Step(statement, _without_adapters(values)))

    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING)
        sent.append(Step(BEGIN_WRITING if writing else BEGIN_READING))

    listeners: dict[str, Callable[..., None]] = {
        "before_cursor_execute": keep,
        "begin": begin,
        "commit": lambda _: sent.append(Step(COMMIT)),
        "rollback": lambda _: sent.append(Step(ROLLBACK)),
    }
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    yield sent
    for name, listener in listeners.items():
        event.remove(engine, name, listener)


def _without_adapters(values: Any) -> Any:
    """Return values that can be handed to another process."""
    if isinstance(values, dict):
        return {name: _without_adapters(value) for name, value in values.items()}
    if isinstance(values, _JsonWrapper):
        return AsJson(values.obj)
    return values
