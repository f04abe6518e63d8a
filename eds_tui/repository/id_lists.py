"""Hands many row ids to a statement as one value: a name for each takes longer than the reading."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import BigInteger, Connection, Text, func, literal, select
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.repository.engine import is_postgres


def among(
    connection: Connection, column: ColumnElement[int], ids: Sequence[int]
) -> ColumnElement[bool]:
    """Return the condition that a column is one of some row ids."""
    if is_postgres(connection):
        from sqlalchemy.dialects.postgresql import ARRAY

        listed = func.unnest(literal(list(ids), ARRAY(BigInteger))).column_valued()
        return column.in_(select(listed))
    each = func.json_each(literal(json.dumps(ids), Text)).table_valued("value")
    return column.in_(select(each.c.value))
