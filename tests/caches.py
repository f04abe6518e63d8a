"""What the product keeps from one test to the next, forgotten before each of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import eds_tui

_PRODUCT = eds_tui.__name__


def forget() -> None:
    """Empty every cache of a function or a method of the product.

    What is noted of which test runs which line would otherwise name, of the lines behind a cache,
    none but the test that came to them first.
    """
    for each in _cached():
        each.cache_clear()


def _cached() -> Iterator[Any]:
    modules = [module for name, module in sys.modules.items() if name.split(".")[0] == _PRODUCT]
    for module in modules:
        for value in list(vars(module).values()):
            inside = list(vars(value).values()) if isinstance(value, type) else []
            for each in (value, *inside):
                function = getattr(each, "__func__", each)
                if hasattr(type(function), "cache_clear"):
                    yield function
