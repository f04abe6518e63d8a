"""Hands many values to a statement as one: a name for each takes longer than the reading."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Connection,
    Text,
    any_,
    bindparam,
    func,
    literal,
    select,
)  # fmt: skip
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import ARRAY, TypeEngine

from eds_tui.repository.engine import is_postgres

_LISTED = "(SELECT value FROM json_each({}))"
_TYPES: Mapping[bool, TypeEngine[Any]] = {True: ARRAY(BigInteger), False: Text()}
"""Of what is given, on PostgreSQL under true and on SQLite."""


def among(
    connection: Connection, column: ColumnElement[int], ids: Sequence[int]
) -> ColumnElement[bool]:
    """Return the condition that a column is one of some row ids."""
    on_postgres = is_postgres(connection)
    given = value_of(ids, on_postgres=on_postgres)
    return _is_one_of(column, literal(given, _TYPES[on_postgres]), on_postgres=on_postgres)


def one_of(column: ColumnElement[int], name: str, *, on_postgres: bool) -> ColumnElement[bool]:
    """Return the condition that a column is one of the row ids that are given under a name."""
    named: BindParameter[Any] = bindparam(name, type_=_TYPES[on_postgres])
    return _is_one_of(column, named, on_postgres=on_postgres)


def _is_one_of(
    column: ColumnElement[int], given: BindParameter[Any], *, on_postgres: bool
) -> ColumnElement[bool]:
    if on_postgres:
        return column == any_(given)
    each = func.json_each(given).table_valued("value")
    return column.in_(select(each.c.value))


def one_of_in_text(column: str, name: str, *, on_postgres: bool) -> str:
    """Return the same for a statement that is put together as text, of values of any type."""
    if on_postgres:
        return f"{column} = ANY({name})"
    return f"{column} IN {_LISTED.format(name)}"


def value_of(values: Sequence[Any], *, on_postgres: bool) -> Any:
    """Return what is given under that name for many values."""
    return list(values) if on_postgres else json.dumps(list(values))
