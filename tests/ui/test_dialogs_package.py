"""The dialogs are loaded one by one, each when a feature first asks for it."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys

import pytest

from eds_tui.ui import dialogs


def _told_to_the_type_checker() -> list[tuple[str, str]]:
    """Return the module and name of each import that only mypy sees."""
    return [
        (node.module, alias.name)
        for node in ast.walk(ast.parse(inspect.getsource(dialogs)))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("eds_tui.")
        for alias in node.names
    ]


@pytest.mark.parametrize(("module", "name"), _told_to_the_type_checker())
def test_what_the_type_checker_is_told_is_what_is_loaded(module: str, name: str) -> None:
    assert getattr(dialogs, name) is getattr(sys.modules[module], name)


def test_a_dialog_that_there_is_not_is_refused() -> None:
    with pytest.raises(AttributeError, match="NoSuchDialog"):
        dialogs.__getattr__("NoSuchDialog")


def test_no_text_box_is_loaded_before_a_dialog_asks_for_one() -> None:
    code = (
        "import sys, eds_tui.ui.session, eds_tui.ui.screens.queue\n"
        "print('textual.widgets.text_area' in sys.modules)\n"
        "from eds_tui.ui import dialogs\nprint(dialogs.LineDialog.__module__)\n"
        "print('textual.widgets.text_area' in sys.modules)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    assert result.stdout.split() == ["False", "eds_tui.ui.dialogs.write", "True"]
