"""Which tests run on which kind of database, and which of them in the second part.

What the kind of database changes is tested where statements are made, on both kinds: that is all
of tests/repository. Above that a test runs on SQLite. A marker says of a test that it can tell
something on PostgreSQL as well (transactions, locks, unique keys, times, order): ``on_both``, or
where it takes long ``long_on_postgres``.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

import pytest

LONG = "long"
"""The marker of the second part, which the README's test command leaves out."""


class OnPostgres(Enum):
    """When a test that can run on PostgreSQL does so."""

    FIRST = "in the first part"
    LONG = "in the second part"
    NEVER = "not at all"


def is_first(expression: str) -> bool:
    """Tell whether an expression of markers means the whole first part.

    In that every snapshot is compared once. In another they are compared for a few tests, and the
    rest are not left over because of that: a run that passed would end as if it had failed.
    """
    return expression == f"not {LONG}"


BY_FOLDER = {
    "cli": OnPostgres.NEVER,
    "demo": OnPostgres.NEVER,
    "guide": OnPostgres.NEVER,
    "services": OnPostgres.NEVER,
    "ssh": OnPostgres.NEVER,
    "ui": OnPostgres.NEVER,
}
"""What goes for the tests of a folder without a marker; for every other folder it is the first."""

# The first that a test has is the one that counts.
_BY_MARK = {
    "on_sqlite": OnPostgres.NEVER,
    "on_postgres": OnPostgres.FIRST,
    "on_both": OnPostgres.FIRST,
    "long_on_postgres": OnPostgres.LONG,
}


def assign(item: pytest.Item) -> bool:
    """Put a test into its part.

    Returns:
        Whether it is to run at all: not on the kind of database that it tells nothing about.
    """
    callspec = getattr(item, "callspec", None)
    dialect = callspec.params.get("dialect") if callspec else None
    if dialect == "sqlite":
        return item.get_closest_marker("on_postgres") is None
    if dialect == "postgresql":
        when = on_postgres(folder_of(item.nodeid), lambda mark: bool(item.get_closest_marker(mark)))
        if when is OnPostgres.LONG:
            item.add_marker(LONG)
        return when is not OnPostgres.NEVER
    return True


def on_postgres(folder: str, has: Callable[[str], bool]) -> OnPostgres:
    """Return when a test runs on PostgreSQL.

    Args:
        folder: Which folder of the tests it is in.
        has: Whether it has a marker.
    """
    marked = next((when for mark, when in _BY_MARK.items() if has(mark)), None)
    return marked or BY_FOLDER.get(folder, OnPostgres.FIRST)


def folder_of(nodeid: str) -> str:
    """Return the folder of the tests that a test is in, as ``ui``."""
    parts = nodeid.split("::")[0].split("/")
    return parts[1] if len(parts) > 2 else ""
