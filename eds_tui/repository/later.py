"""Loads a module of others when something of it is first used, not when it is imported."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from threading import RLock
from types import ModuleType

_loading = RLock()
_being_loaded: set[str] = set()


class _Later(ModuleType):
    """Stands for a module until a name is asked of it, and is that module from then on.

    The standard library's ``LazyLoader`` can't be used: Python 3.11 asks each module that is
    imported for its state, which already loads it.
    """

    def __getattr__(self, name: str) -> object:
        with _loading:
            if isinstance(self, _Later):
                if name.startswith("__") or self.__name__ in _being_loaded:
                    raise AttributeError(f"module {self.__name__} has no {name} yet")
                self._load()
        return getattr(self, name)

    def _load(self) -> None:
        spec = self.__spec__
        assert spec is not None
        assert spec.loader is not None
        _being_loaded.add(self.__name__)
        try:
            spec.loader.exec_module(self)
        finally:
            _being_loaded.remove(self.__name__)
        object.__setattr__(self, "__class__", ModuleType)


def load_later(name: str) -> None:
    """Put off loading a module that others import: it is loaded when they use it.

    What has been loaded already is left as it is. Its package is loaded at once.

    Args:
        name: A module in a package, as ``importlib.metadata``.

    Raises:
        ModuleNotFoundError: There is none of that name.
    """
    if name in sys.modules:
        return
    spec = find_spec(name)
    if spec is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    module = _Later(name)
    module.__spec__ = spec
    module.__loader__ = spec.loader
    module.__file__ = spec.origin
    module.__package__ = spec.parent
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    sys.modules[name] = module
    package, _, own_name = name.rpartition(".")
    setattr(sys.modules[package], own_name, module)
