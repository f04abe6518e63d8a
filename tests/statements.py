"""A statement is compiled once for all databases of a kind, and not anew for each test's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy
from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

_MOST = 4000
"""How many are kept."""


class CompiledOnce(LRUCache[Any, Any]):
    """What engines keep of compiled statements, by the kind of database in place of the engine."""

    def get(self, key: Any, default: Any = None) -> Any:
        """Return what is kept."""
        return super().get(_for_all(key), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        """Keep it."""
        super().__setitem__(_for_all(key), value)


def _for_all(key: Any) -> Any:
    dialect, *statement = key
    kind = type(dialect), dialect.server_version_info, dialect.default_schema_name
    return (kind, *statement)


@contextmanager
def compiled_once() -> Iterator[None]:
    """Let every engine that is made here find what another has compiled.

    It is a quarter of what the tests of the services do.
    """
    shared, make = CompiledOnce(_MOST), sqlalchemy.create_engine

    def create_engine(*of: Any, **more: Any) -> Engine:
        made = make(*of, **more)
        made.update_execution_options(compiled_cache=shared)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("eds_tui.repository.engine.create_engine", create_engine)
        yield
