"""Mutants are drawn of what tests cover, and those that survive are those that no test tells."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent

import pytest
from coverage import CoverageData

from tests.mutants.choosing import Budget, Durations, choose
from tests.mutants.coverage_data import CoverageRun
from tests.mutants.covering import Covering
from tests.mutants.drawing import draw, points
from tests.mutants.records import Mutant, Outcome, load_mutants, load_results
from tests.mutants.reporting import report
from tests.mutants.rules import RULES
from tests.mutants.slow_tests import slow_tests, without_slow

ROOT = Path(__file__).parents[2]

MODULE = '''\
"""Fees, at 2 + 2 a year."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    YEARS = 1 + 1

__all__ = ["fee"] + ["renewed"]

LIMIT = 10


def fee(years: "int | None" = None, *, member: bool) -> int | None:
    """Return 1 + 1."""
    if not years or member:
        return None
    return 5 if years < LIMIT else 0


def renewed(years: int) -> int:
    return years + 1


def never(years: int) -> int:
    return years + 1
'''

TESTS = """\
import pytest

from eds_tui.domain.fees import LIMIT, fee, renewed


@pytest.mark.parametrize("years", [LIMIT])
def test_limit(years):
    assert fee(years, member=False) == 0


def test_fee():
    assert fee(0, member=False) is fee(9, member=True) is None
    assert (fee(9, member=False), fee(10, member=False)) == (5, 0)


def test_renewed():
    renewed(1)


def test_wrong():
    assert renewed(1) == 3
"""

LINES = {
    "test_fee": (15, 16, 17),
    "test_limit[10]": (15, 17),
    "test_renewed": (21,),
    "test_wrong": (21,),
}
"""The lines that each test runs."""

JUNIT = """<testsuites><testsuite>
<testcase classname="tests.domain.test_fees" name="test_fee" time="0.1"/>
<testcase classname="tests.domain.test_fees" name="test_renewed" time="0.2"/>
<testcase classname="tests.ui.test_far" name="test_far[sqlite-1]" time="0.1"/>
<testcase classname="tests.domain.test_near" name="test_near[postgresql]" time="0.1"/>
<testcase classname="tests.domain.test_near" name="test_near[sqlite-a]" time="0.1"/>
<testcase classname="tests.domain.test_near" name="test_near[sqlite-b]" time="0.1"/>
<testcase classname="tests.domain.test_near" name="test_slow" time="30"/>
</testsuite></testsuites>"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tiny tree with a module, its tests, and what a coverage run of them has left."""
    tree = tmp_path / "tree"
    for name, text in {
        "pyproject.toml": "[tool.pytest.ini_options]\n",
        "eds_tui/__init__.py": "",
        "eds_tui/domain/__init__.py": "",
        "eds_tui/domain/fees.py": MODULE,
        "tests/__init__.py": "",
        "tests/domain/__init__.py": "",
        "tests/domain/test_fees.py": TESTS,
        "junit.xml": JUNIT,
    }.items():
        file = tree / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    data = CoverageData(str(tree / "coverage"))
    for test, lines in LINES.items():
        data.set_context(f"tests/domain/test_fees.py::{test}|run")
        data.add_lines({str(tree / "eds_tui/domain/fees.py"): lines})
    data.write()
    return tree


@pytest.fixture
def covering(tree: Path) -> Covering:
    """The tiny tree, with the tests that cover it."""
    return Covering(tree, CoverageRun(tree / "coverage"))


def run_tool(tree: Path, *arguments: str) -> str:
    """Run the tool on a tree, and return what it prints."""
    command = [sys.executable, "-m", "tests.mutants", *arguments]
    done = subprocess.run(
        [*command, "--tree", str(tree), "--coverage", str(tree / "coverage")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.long
def test_only_what_survives_every_test_is_said_to(tree: Path) -> None:
    drawn, results = tree / "mutants.json", tree / "results.json"
    run_tool(tree, "draw", "--count", "12", "--out", str(drawn))
    arguments = ("run", "--durations", str(tree / "junit.xml"), "--mutants", str(drawn),
                 "--out", str(results), "--jobs", "2", "--most", "3")  # fmt: skip
    written = run_tool(tree, *arguments)
    # It fails without any mutant too, and kills none.
    assert "1 don't" in written.splitlines()[0]
    found = load_results(results)
    assert {each.mutant.key for each in found} == {each.key for each in load_mutants(drawn)}
    outcomes = {(each.mutant.line > 17, each.outcome) for each in found}
    assert outcomes == {(False, Outcome.KILLED), (True, Outcome.SURVIVED)}
    # A mutant of the limit gives the case that has it in its name another one.
    assert {each.killed_by.partition("::")[2] for each in found} <= {
        "", "test_fee", "test_limit[10]", "test_limit[11]", "test_limit[9]",
    }  # fmt: skip
    assert (tree / "eds_tui/domain/fees.py").read_text() == MODULE

    results.write_text(json.dumps(json.loads(results.read_text())[:-1]))
    goes_on = run_tool(tree, *arguments)
    assert [line.partition(" ")[0] for line in goes_on.splitlines()[1:]] == ["1/1"]
    assert len(load_results(results)) == len(found)


@pytest.mark.long
def test_a_tree_whose_tests_fail_without_a_mutant_is_not_judged(tree: Path) -> None:
    (tree / "tests/domain/test_fees.py").write_text("import nothing_of_that_name\n")
    drawn = tree / "mutants.json"
    run_tool(tree, "draw", "--count", "2", "--out", str(drawn))
    with pytest.raises(AssertionError, match="The tests don't pass in a copy"):
        run_tool(
            tree, "run", "--durations", str(tree / "junit.xml"), "--mutants", str(drawn),
            "--out", str(tree / "results.json"),
        )  # fmt: skip


def test_mutants_are_drawn_of_code_that_runs_and_that_a_test_covers(covering: Covering) -> None:
    assert {point.span.start[0] for point in points(covering)} == {10, 15, 16, 17, 21} - {16}


def test_a_seed_draws_the_same_mutants_and_another_draws_others(covering: Covering) -> None:
    found = points(covering)
    first, same, other = (draw(covering, found, seed, 4) for seed in (11, 11, 12))
    assert first == same
    assert {each.key for each in first} != {each.key for each in other}


def test_a_constant_is_covered_by_who_uses_it(covering: Covering) -> None:
    (point,) = [each for each in points(covering) if each.span.start[0] == 10]
    tests = {f"tests/domain/test_fees.py::{name}" for name in ("test_fee", "test_limit[10]")}
    assert covering.tests(point.path, point.span) == tests


def test_who_names_what_is_changed_is_ranked_by_how_few_do(covering: Covering) -> None:
    lines = {point.span.start[0]: point for point in points(covering)}
    limit, fee, renewed = (lines[line] for line in (10, 15, 21))
    of = "tests/domain/test_fees.py::"
    assert covering.ranks(limit.path, limit.span) == {f"{of}test_limit[10]": 1}
    assert covering.ranks(fee.path, fee.span) == {f"{of}test_limit[10]": 2, f"{of}test_fee": 2}
    assert covering.ranks(renewed.path, renewed.span) == {
        f"{of}test_renewed": 2, f"{of}test_wrong": 2,
    }  # fmt: skip


def chosen(tree: Path, tests: Sequence[str], **budget: int) -> list[str]:
    """Return the names of the tests that are chosen for a mutant of the domain."""
    durations = Durations([tree / "junit.xml"])
    names = choose("eds_tui/domain/fees.py", tests, durations, Budget(**budget))
    return [name.partition("::")[2] for name in names]


TRIED = (
    "tests/domain/test_near.py::test_near[postgresql]",
    "tests/domain/test_near.py::test_near[debian]",
    "tests/ui/test_far.py::test_far[sqlite-1]",
    "tests/domain/test_near.py::test_near[sqlite-b]",
    "tests/domain/test_near.py::test_near[sqlite-a]",
    "tests/domain/test_near.py::test_slow",
)


def test_near_and_quick_tests_come_first_and_each_once_before_it_comes_again(tree: Path) -> None:
    near = ["test_near[sqlite-a]", "test_slow", "test_near[sqlite-b]"]
    behind_a_server = ["test_near[postgresql]", "test_near[debian]"]
    assert chosen(tree, TRIED) == [*near, "test_far[sqlite-1]", *behind_a_server]


def test_who_names_what_is_changed_comes_before_who_is_near_and_quick(tree: Path) -> None:
    ranks = {"tests/ui/test_far.py::test_far[sqlite-1]": 3, TRIED[-1]: 4, TRIED[0]: 1}
    names = choose(
        "eds_tui/domain/fees.py", TRIED, Durations([tree / "junit.xml"]), Budget(), ranks
    )
    assert [name.partition("::")[2] for name in names] == [
        "test_far[sqlite-1]", "test_slow", "test_near[sqlite-a]", "test_near[sqlite-b]",
        "test_near[postgresql]", "test_near[debian]",
    ]  # fmt: skip


def test_a_budget_is_kept_but_for_the_least_number_of_tests(tree: Path) -> None:
    assert chosen(tree, TRIED, seconds=1, least=2) == ["test_near[sqlite-a]", "test_slow"]
    assert chosen(tree, TRIED, most=1) == ["test_near[sqlite-a]"]


def test_tests_of_the_second_part_are_tried_where_there_is_no_other() -> None:
    quick, slow = frozenset({"quick"}), frozenset({"slow"})
    assert (without_slow(quick | slow, slow), without_slow(slow, slow)) == (quick, slow)


@pytest.mark.long
def test_tests_of_the_second_part_are_known_by_name(tree: Path) -> None:
    file = tree / "tests/domain/test_fees.py"
    file.write_text(file.read_text() + "\n\n@pytest.mark.long\ndef test_years():\n    pass\n")
    (tree / "pyproject.toml").write_text('[tool.pytest.ini_options]\nmarkers = ["long"]\n')
    assert slow_tests(tree) == {"tests/domain/test_fees.py::test_years"}


def test_a_report_counts_by_package_and_shows_what_survives(tree: Path) -> None:
    mutant = {
        "path": "eds_tui/domain/account.py", "line": 7, "column": 0, "end_line": 7,
        "end_column": 1, "operator": "core/AddNot", "occurrence": 0,
        "diff": "--- a/x\n+++ b/x\n@@ -7 +7 @@\n-if may:\n+if not may:",
    }  # fmt: skip
    rows = [
        {"mutant": {**mutant, "occurrence": number}, "outcome": outcome, "tests": 4}
        for number, outcome in enumerate(["killed", "survived", "time-out", "killed", "unsound"])
    ]
    results = tree / "results.json"
    results.write_text(json.dumps(rows))
    text = "\n".join(report(load_results(results)))
    assert "eds_tui.domain                4       2         1         1   25.0%" in text
    assert "permissions                   4       2         1         1   25.0%" in text
    assert "1 more are not counted" in text
    assert (
        dedent(
            """
        eds_tui/domain/account.py:7  AddNot  4 tests  (permissions)
            @@ -7 +7 @@
            -if may:
            +if not may:"""
        )
        in text
    )


def test_every_module_with_rules_is_there() -> None:
    missing = [path for paths in RULES.values() for path in paths if not (ROOT / path).is_file()]
    assert missing == []


def test_a_mutant_is_known_by_its_place() -> None:
    mutant = Mutant(
        path="eds_tui/ui/features/undo.py", line=1, column=0, end_line=1, end_column=1,
        operator="core/AddNot", occurrence=3, diff="",
    )  # fmt: skip
    assert mutant.key == ("eds_tui/ui/features/undo.py", "core/AddNot", 3)
    assert mutant.package == "eds_tui.ui.features"
