"""What holds of the tests themselves: what several of them use is in no test's own module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.parts import OnPostgres, folder_of, on_postgres

TESTS = Path(__file__).parents[1]


def imported(module: Path) -> Iterator[str]:
    """Yield the full names of what a module imports, wherever in it."""
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_no_module_imports_a_test_module_or_from_elsewhere_the_benchmarks() -> None:
    found = {
        f"{module.relative_to(TESTS)}: {name}"
        for module in TESTS.rglob("*.py")
        for name in imported(module)
        if name.startswith("tests.")
        and (
            any(part.startswith("test_") for part in name.split(".")[:-1])
            or ("benchmarks" in name.split(".") and TESTS / "benchmarks" not in module.parents)
        )
    }
    assert found == set()


@pytest.mark.parametrize(("place", "marks", "when"), [
    ("tests/ui/test_x.py::test_y", "", OnPostgres.NEVER),
    ("tests/ui/test_x.py::test_y", "on_both", OnPostgres.FIRST),
    ("tests/ui/test_x.py::test_y", "long_on_postgres", OnPostgres.LONG),
    ("tests/services/test_x.py::test_y[a/b]", "", OnPostgres.NEVER),
    ("tests/services/test_x.py::test_y", "on_sqlite", OnPostgres.NEVER),
    ("tests/services/test_x.py::test_y", "on_postgres", OnPostgres.FIRST),
    ("tests/repository/test_x.py::test_y", "", OnPostgres.FIRST),
    ("tests/repository/test_x.py::test_y", "unforeseen", OnPostgres.FIRST),
])  # fmt: skip
def test_a_marker_says_when_a_test_runs_on_postgresql_and_without_one_its_folder(
    place: str, marks: str, when: OnPostgres
) -> None:
    assert on_postgres(folder_of(place), marks.split().__contains__) is when
