"""Every box and dialog in which something is typed is kept, or as quick to type again."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from eds_tui import ui
from eds_tui.ui.runtime.keeps_text import KeepsText
from eds_tui.ui.screens.base import BaseScreen

TYPES_IN = {
    "TextBox", "LineInput", "PasswordInput", "SchoolInput", "CallerInput", "TextArea", "Input",
}  # fmt: skip
"""What one types in."""
KEPT = {
    "TextDialog",
    "LineQuestion",
    "ResolveDialog",
    "RateDialog",
    "WhoRangDialog",
    "HandOverDialog",
    "WorkNoteDialog",
}
"""Dialogs: the screen that asks puts a keeper into them."""
FORMS = {"CallerFields", "CorrectionScreen", "ReportScreen", "IncidentFields", "IncidentView"}
"""Forms and the comment box, which keep a draft of their own."""
QUICK = {"FindList", "JumpDialog", "SearchScreen", "SignInScreen", "PasswordForm"}
"""A name, a number, a search or a password: typed again at once, or never to be kept."""


def sources() -> Iterator[tuple[Path, ast.Module]]:
    """Yield every module of the user interface."""
    for path in sorted(Path(inspect.getfile(ui)).parent.rglob("*.py")):
        yield path, ast.parse(path.read_text())


def called(node: ast.AST) -> str:
    """Return the name of what is called, if anything is."""
    if not isinstance(node, ast.Call):
        return ""
    function = node.func.value if isinstance(node.func, ast.Subscript) else node.func
    return getattr(function, "id", getattr(function, "attr", ""))


def test_no_box_is_forgotten() -> None:
    """Whoever adds a box says here how its text is kept, or why it need not be."""
    found = set()
    for _, tree in sources():
        for owner in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
            if any(called(node) in TYPES_IN for node in ast.walk(owner)):
                found.add(owner.name)
    assert found == KEPT | FORMS | QUICK


def asking() -> set[str]:
    """Return the names of the dialogs whose text takes thought: they make a ``DialogText``."""
    return {
        owner.name
        for _, tree in sources()
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef) and owner.name.endswith("Dialog")
        if any(called(node) in {"DialogText", "LineQuestion"} for node in ast.walk(owner))
    }


def test_every_dialog_that_asks_for_a_text_is_asked_by_who_keeps_it() -> None:
    """The few that are not kept say so: ``quick``."""
    kinds = asking()
    assert kinds == KEPT - {"LineQuestion"} | {"LineDialog", "DeferDialog"}
    unkept = []
    for path, tree in sources():
        asked = {
            id(argument)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and called(node) in {"ask", "ask_in"}
            for argument in node.args
        }
        unkept += [
            f"{path.name}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and called(node) in kinds
            and id(node) not in asked
            and "quick" not in {keyword.arg for keyword in node.keywords}
        ]
    assert unkept == []
    assert issubclass(BaseScreen, KeepsText)
