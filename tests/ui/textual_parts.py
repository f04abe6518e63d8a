"""The private parts of Textual and Rich: which there are, and which our code uses where.

``uv run python -m tests.ui.textual_parts`` prints the table of ``test_textual_ext.py`` anew.
"""

from __future__ import annotations

import ast
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import ModuleType

import rich
import textual

import eds_tui.ui
from eds_tui.ui import textual_ext

LIBRARIES = ("textual", "rich")
_OURS = eds_tui.ui.__name__
_EXT = textual_ext.__name__
_MADE = {
    "_abc_impl", "_computes", "_css_type_name", "_css_type_names", "_decorated_handlers",
    "_merged_bindings", "_reactives",
}  # fmt: skip
_MADE_ALIKE = ("_inherit_", "_default_")
"""What the metaclass puts into each class."""


@dataclass(frozen=True, order=True)
class Use:
    """A place at which our code uses a private part."""

    module: str
    line: int
    name: str
    """The part's name; that of a module with it where it is imported."""

    @property
    def is_in_ext(self) -> bool:
        """Whether it is where such parts may be used."""
        return is_in_ext(self.module)

    def __str__(self) -> str:
        """Return where it is, for whoever has to look."""
        return f"{self.module}:{self.line} {self.name}"


def is_in_ext(module: str) -> bool:
    """Return whether a module may use private parts."""
    return module == _EXT or module.startswith(f"{_EXT}.")


def is_private(name: str) -> bool:
    """Return whether a name is one that a library keeps for itself."""
    return name.startswith("_") and not name.startswith("__")


@cache
def modules() -> tuple[ModuleType, ...]:
    """Return all modules of the user interface."""
    found = pkgutil.walk_packages(eds_tui.ui.__path__, f"{_OURS}.")
    return tuple(import_module(each.name) for each in found)


def _classes() -> Iterator[type]:
    for module in modules():
        for _, each in inspect.getmembers(module, inspect.isclass):
            if each.__module__ == module.__name__:
                yield from _with_inner(each)


def _with_inner(cls: type) -> Iterator[type]:
    yield cls
    for each in vars(cls).values():
        if inspect.isclass(each) and each.__qualname__.startswith(f"{cls.__qualname__}."):
            yield from _with_inner(each)


def _is_library(name: str) -> bool:
    return name.split(".")[0] in LIBRARIES


def _bases(cls: type) -> list[type]:
    return [each for each in cls.__mro__ if _is_library(each.__module__)]


def overrides() -> set[tuple[type, str]]:
    """Return our classes with each private part that they put in the place of a library's.

    The part is named by its module, the class there and its name. A class that has no such base
    itself counts, too, where one is mixed with it.
    """
    return {
        (ours, part)
        for cls in _classes()
        for ours in cls.__mro__
        if ours.__module__.startswith(f"{_OURS}.")
        for name in vars(ours)
        if is_private(name) and name not in _MADE and not name.startswith(_MADE_ALIKE)
        if (part := _replaced(cls, name))
    }


def _replaced(cls: type, name: str) -> str | None:
    """Return the part of a library of which a class has a private name."""
    for base in _bases(cls):
        if name in vars(base) or name in _stored(base):
            return f"{base.__module__}:{base.__qualname__}.{name}"
    return None


@cache
def _stored(cls: type) -> frozenset[str]:
    """Return the private attributes that a library's class gives to its instances."""
    return frozenset(name for name in _stores_of(_node(cls.__module__, cls.__qualname__)))


def _stores_of(node: ast.AST) -> dict[str, list[ast.stmt]]:
    """Return the statements in which ``self`` is given a private attribute, by its name."""
    found: dict[str, list[ast.stmt]] = {}
    for each in ast.walk(node):
        if not isinstance(each, ast.Assign | ast.AnnAssign | ast.AugAssign):
            continue
        targets = each.targets if isinstance(each, ast.Assign) else [each.target]
        for part in (part for target in targets for part in ast.walk(target)):
            if isinstance(part, ast.Attribute) and _is_self(part.value) and is_private(part.attr):
                found.setdefault(part.attr, []).append(each)
    return found


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in {"self", "cls"}


def _is_own(node: ast.expr) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    return _is_self(node) or (isinstance(called, ast.Name) and called.id == "super")


@cache
def _names() -> frozenset[str]:
    """Return the private names that the libraries' classes define."""
    found: set[str] = set()
    for library in (textual, rich):
        assert library.__file__ is not None
        for path in Path(library.__file__).parent.rglob("*.py"):
            for cls in ast.walk(ast.parse(path.read_text())):
                if isinstance(cls, ast.ClassDef):
                    found.update(_stores_of(cls))
                    found.update(
                        each.name
                        for each in cls.body
                        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
                    )
    return frozenset(filter(is_private, found))


def uses() -> Iterator[Use]:
    """Yield every import and every attribute of ours that is a private part of a library."""
    for module in modules():
        tree = ast.parse(inspect.getsource(module))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom | ast.Import):
                for name in _imported(node):
                    yield Use(module.__name__, node.lineno, name)
            elif isinstance(node, ast.expr) and (reached := _reached(node)):
                yield Use(module.__name__, node.lineno, reached)
        yield from _own_uses(module, tree)


def _imported(node: ast.ImportFrom | ast.Import) -> Iterator[str]:
    source = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
    for each in node.names:
        name = f"{source}:{each.name}" if source else each.name
        if _is_library(name.split(":")[0]) and any(
            map(is_private, name.replace(":", ".").split("."))
        ):
            yield name


def _reached(node: ast.expr) -> str | None:
    """Return the private attribute of another object that a node is about."""
    if isinstance(node, ast.Attribute) and not _is_own(node.value):
        name = node.attr
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        name = str(node.slice.value)
    elif isinstance(node, ast.Call) and len(node.args) > 1:
        second = node.args[1]
        name = str(second.value) if isinstance(second, ast.Constant) else ""
    else:
        return None
    return name if is_private(name) and name in _names() else None


def _own_uses(module: ModuleType, tree: ast.Module) -> Iterator[Use]:
    """Yield what classes have of a library's class by ``self``, or hide from it by mistake."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef):
            continue
        cls = next((c for c in _classes() if _is_at(c, module, node)), None)
        bases = _bases(cls) if cls is not None else []
        for part in ast.walk(node) if bases else ():
            if (
                isinstance(part, ast.Attribute)
                and is_private(part.attr)
                and _is_own(part.value)
                and any(part.attr in vars(base) or part.attr in _stored(base) for base in bases)
            ):
                yield Use(module.__name__, part.lineno, part.attr)


def _is_at(cls: type, module: ModuleType, node: ast.ClassDef) -> bool:
    return cls.__module__ == module.__name__ and cls.__name__ == node.name


@cache
def _tree(module: str) -> tuple[ast.Module, list[str]]:
    source = inspect.getsource(import_module(module))
    return ast.parse(source), source.splitlines()


def _node(module: str, path: str) -> ast.AST:
    """Return where something is defined, in a module or in a class.

    Raises:
        LookupError: It isn't there any more.
    """
    node: ast.AST = _tree(module)[0]
    for name in path.split("."):
        node = next(each for each in _bodies(node) if name in _defined(each))
    return node


def _bodies(node: ast.AST) -> list[ast.stmt]:
    """Return the statements of a module or a class, also those below a condition."""
    found = []
    for each in getattr(node, "body", []):
        found += [each, *(_bodies(each) if isinstance(each, ast.If | ast.Try) else [])]
    return found


def _defined(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return {each.id for each in targets if isinstance(each, ast.Name)}


def fingerprint(part: str) -> str:
    """Return a short hash of the source of a part: its signature, its body, its decorators.

    That of an attribute is of all statements in which its class sets it.

    Args:
        part: Module, colon, and the name there, as ``textual.app:App._display``.

    Returns:
        Twelve digits; a sentence where the part is not there.
    """
    module, _, path = part.partition(":")
    owner, _, name = path.rpartition(".")
    try:
        nodes: list[ast.AST] = [_node(module, path)]
    except (ImportError, StopIteration):
        try:
            nodes = [*_stores_of(_node(module, owner)).get(name, [])] if owner else []
        except (ImportError, StopIteration):
            nodes = []
    if not nodes:
        return "is not there"
    text = "\n".join(_source(module, node) for node in nodes)
    return sha256(text.encode()).hexdigest()[:12]


def _source(module: str, node: ast.AST) -> str:
    assert isinstance(node, ast.stmt)
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(each.lineno for each in decorators)])
    return "\n".join(_tree(module)[1][first - 1 : node.end_lineno])


if __name__ == "__main__":
    from tests.ui.textual_pins import AROUND, OVERRIDDEN, USED

    for table in (OVERRIDDEN, USED, AROUND):
        for part in sorted(table):
            sys.stdout.write(f'    "{part}": "{fingerprint(part)}",\n')
        sys.stdout.write("\n")
