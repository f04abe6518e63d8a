"""Measuring the shape of the code: classes with their bases, functions, files."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any, get_type_hints

from textual.events import Event
from textual.message import Message

import eds_tui
from eds_tui.services.container import Services

PACKAGE = Path(eds_tui.__file__).resolve().parent
ROOT = PACKAGE.parent

Tree = tuple[str, ast.Module]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def classes() -> tuple[type[Any], ...]:
    """Return every class of the package, but for those of migrations."""
    found: dict[str, type[Any]] = {}
    for module in pkgutil.walk_packages([str(PACKAGE)], f"{eds_tui.__name__}."):
        if module.name.endswith("__main__") or ".migrations" in module.name:
            continue
        for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if is_ours(kind):
                found[name_of(kind)] = kind
    return tuple(found.values())


def is_ours(kind: type[Any]) -> bool:
    """Return whether a class is of the package."""
    return kind.__module__.split(".")[0] == eds_tui.__name__


def name_of(kind: type[Any]) -> str:
    """Return the name of a class with its module."""
    return f"{kind.__module__}.{kind.__qualname__}"


def methods(kind: type[Any]) -> set[str]:
    """Return the names of what is written as a method in a class or in its bases of ours."""
    lines = [vars(each) for each in kind.__mro__ if is_ours(each)]
    return {name for each in lines for name, value in each.items() if is_written(value)}


def is_written(value: object) -> bool:
    """Return whether a member is a function of ours, and none that a decorator has made up."""
    if isinstance(value, property):
        value = value.fget
    elif isinstance(value, cached_property):
        value = value.func
    elif isinstance(value, classmethod | staticmethod):
        value = value.__func__
    written = inspect.unwrap(value) if callable(value) else None
    return inspect.isfunction(written) and written.__code__.co_filename.startswith(str(PACKAGE))


@cache
def trees() -> tuple[Tree, ...]:
    """Return every module of the package and of the tests."""
    paths = sorted([*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
    return tuple((str(each.relative_to(ROOT)), ast.parse(each.read_text())) for each in paths)


def of_package() -> Iterator[Tree]:
    """Yield every module of the package."""
    return (each for each in trees() if each[0].startswith(f"{PACKAGE.name}/"))


def functions(
    modules: Iterable[Tree],
) -> Iterator[tuple[str, Function, ast.ClassDef | None]]:
    """Yield every function with its name and the class that it is written in, if any."""

    def inside(
        node: ast.AST, name: str, owner: ast.ClassDef | None
    ) -> Iterator[tuple[str, Function, ast.ClassDef | None]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Function):
                yield f"{name}{child.name}", child, owner
                yield from inside(child, f"{name}{child.name}.", None)
            elif isinstance(child, ast.ClassDef):
                yield from inside(child, f"{name}{child.name}.", child)
            else:
                yield from inside(child, name, owner)

    for path, tree in modules:
        yield from inside(tree, f"{path}:", None)


def parameters(function: Function) -> Iterator[tuple[str, ast.expr]]:
    """Yield the parameters of a function with their annotations; ``*args`` with its star."""
    spec = function.args
    for each in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs):
        if each.annotation is not None:
            yield each.arg, each.annotation
    for stars, each_ in (("*", spec.vararg), ("**", spec.kwarg)):
        if each_ is not None and each_.annotation is not None:
            yield f"{stars}{each_.arg}", each_.annotation


def is_abstract(owner: ast.ClassDef | None) -> bool:
    """Return whether a class only says what others have to do."""
    bases = "" if owner is None else " ".join(map(ast.unparse, owner.bases))
    return any(each in bases for each in ("ABC", "Protocol"))


def service_names() -> set[str]:
    """Return the names of the classes of services, which the container itself does not import."""
    kinds = {kind.__name__: kind for kind in classes()}
    return {each.__name__ for each in get_type_hints(Services, kinds).values()}


def dispatched() -> set[str]:
    """Return the names of the handlers that Textual calls in every class of the chain."""
    found: set[type[Message]] = set()
    waiting: list[type[Message]] = [Message]
    while waiting:
        below = waiting.pop().__subclasses__()
        found.update(below)
        waiting += below
    return {each.handler_name for each in found if each is not Event}


def length(function: Function) -> int:
    """Return the lines of a function."""
    return (function.end_lineno or function.lineno) - function.lineno + 1
