"""What of Textual's private parts is used: in one package alone, and each as it was looked at.

When a version of Textual or Rich is raised, the failures below name the parts to look at again.
``uv run python -m tests.ui.textual_parts`` then prints both tables anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import eds_tui
import tests as tests_root
from tests.ui.textual_parts import fingerprint, is_in_ext, overrides, uses
from tests.ui.textual_pins import AROUND, OVERRIDDEN, USED

_TEST_FILE = re.compile(r"\btest_\w+\.py\b")

PARTS: Mapping[str, str] = {**OVERRIDDEN, **USED, **AROUND}


@pytest.mark.parametrize("part", sorted(PARTS))
def test_a_part_is_as_it_was_when_ours_was_written_for_it(part: str) -> None:
    assert fingerprint(part) == PARTS[part], "look at it again: see textual_ext/README.md"


def test_nothing_private_is_overridden_elsewhere_and_all_that_is_stands_in_the_table() -> None:
    found = overrides()
    assert [each for each in found if not is_in_ext(each[0].__module__)] == []
    assert {part for _, part in found} == set(OVERRIDDEN)


def test_nothing_private_is_used_elsewhere_and_all_that_is_stands_in_the_table() -> None:
    found = set(uses())
    assert [str(each) for each in sorted(found) if not each.is_in_ext] == []
    names = {each.name for each in found}
    missing = {name for name in names if not any(_is_for(part, name) for part in PARTS)}
    assert missing == set()
    needless = {part for part in USED if not any(_is_for(part, name) for name in names)}
    assert needless == set()


def test_every_test_that_is_named_as_keeping_something_honest_is_there() -> None:
    package, tests = Path(eds_tui.__file__).parent, Path(tests_root.__file__).parent
    there = {each.name for each in tests.rglob("test_*.py")}
    texts = [each for kind in ("*.py", "*.md") for each in package.rglob(kind)]
    named = {name for each in texts for name in _TEST_FILE.findall(each.read_text("utf-8"))}
    assert named
    assert named - there == set()


def _is_for(part: str, name: str) -> bool:
    """Return whether an entry is that of an imported part, or of an attribute by its name."""
    if ":" in name:
        return part == name or part.startswith(f"{name}.")
    return part.endswith(f".{name}")
