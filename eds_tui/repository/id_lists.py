"""Hands many values to a statement as one: a name for each takes longer than the reading."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Text, any_, bindparam, func, select
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.types import ARRAY

from eds_tui.repository.engine import is_postgres

_LISTED = "(SELECT value FROM json_each({}))"


def among(
    connection: Connection, column: ColumnElement[int], ids: Sequence[int], name: str = "ids"
) -> ColumnElement[bool]:
    """Return the condition that a column is one of some row ids.

    Args:
        connection: On which the statement is run.
        column: The column.
        ids: The row ids.
        name: Under which they stand in the statement.
    """
    on_postgres = is_postgres(connection)
    return one_of(column, name, on_postgres=on_postgres).params(
        {name: value_of(ids, on_postgres=on_postgres)}
    )


@cache
def one_of(column: ColumnElement[int], name: str, *, on_postgres: bool) -> ColumnElement[bool]:
    """Return the condition that a column is one of the row ids that are given under a name."""
    if on_postgres:
        return column == any_(bindparam(name, type_=ARRAY(BigInteger)))
    each = func.json_each(bindparam(name, type_=Text)).table_valued("value")
    return column.in_(select(each.c.value))


def one_of_in_text(column: str, name: str, *, on_postgres: bool) -> str:
    """Return the same for a statement that is put together as text, of values of any type."""
    if on_postgres:
        return f"{column} = ANY({name})"
    return f"{column} IN {_LISTED.format(name)}"


def value_of(values: Sequence[Any], *, on_postgres: bool) -> Any:
    """Return what is given under that name for many values."""
    return list(values) if on_postgres else json.dumps(list(values))
