"""What mypy is relied on for: it objects to a screen that is put together wrongly."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from eds_tui.ui import session
from eds_tui.ui.dialogs import jump
from eds_tui.ui.screens import home
from tests.structure import ROOT

pytestmark = pytest.mark.long

Change = Callable[[ast.AST], None]
TO_DIALOG = ("eds_tui.ui.dialogs.dialog", "Dialog")
TO_SCREEN = ("eds_tui.ui.screens.base", "BaseScreen")


def as_it_is(node: ast.AST) -> None:
    """Change nothing."""


def two_arguments(node: ast.AST) -> None:
    """Give the search the services of each other's name."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "SearchServices":
        given = {each.arg: each for each in node.keywords}
        search, views = given["search"], given["saved_views"]
        search.value, views.value = views.value, search.value


def base(module: str, name: str) -> Change:
    """Return what gives every class that has one base of ours another one."""

    def change(node: ast.AST) -> None:
        if isinstance(node, ast.Module):
            # Below the docstring and what is imported from the future.
            node.body.insert(2, ast.ImportFrom(module, [ast.alias(name)], 0))
        if isinstance(node, ast.ClassDef) and isinstance(node.bases[0], ast.Subscript):
            node.bases[0].value = ast.Name(name)

    return change


CASES: dict[str, tuple[ModuleType, Change, str]] = {
    "factory": (session, as_it_is, ""),
    "factory_with_two_arguments_swapped": (session, two_arguments, "[arg-type]"),
    "screen": (home, as_it_is, ""),
    "screen_with_the_base_of_a_dialog": (home, base(*TO_DIALOG), "[attr-defined]"),
    "dialog": (jump, as_it_is, ""),
    "dialog_with_the_base_of_a_screen": (jump, base(*TO_SCREEN), "[call-arg]"),
}
"""A module, what is changed in a copy of it, and the kind of what mypy then says."""


def copy(module: ModuleType, change: Change) -> str:
    """Return the source of a module with a change."""
    tree = ast.parse(inspect.getsource(module))
    before = ast.unparse(tree)
    for node in [*ast.walk(tree)]:
        change(node)
    after = ast.unparse(ast.fix_missing_locations(tree))
    assert (after == before) is (change is as_it_is)
    return after


def test_mypy_objects_to_swapped_arguments_and_bases(tmp_path: Path) -> None:
    """It reads all copies at once, and remembers what it knows of the package."""
    for name, (module, change, _) in CASES.items():
        (tmp_path / f"{name}.py").write_text(copy(module, change))
    paths = [str(tmp_path / f"{name}.py") for name in CASES]
    command = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", *paths]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    said: dict[str, str] = dict.fromkeys(CASES, "")
    for line in done.stdout.splitlines():
        name = Path(line.split(":", 1)[0]).stem
        if name in said:
            said[name] += f"{line}\n"
    for name, (_, _, kind) in CASES.items():
        assert bool(said[name]) is bool(kind), done.stdout
        assert kind in said[name], said[name]
