"""Which tests run in which part, and what is judged only where all of a part ran."""

from __future__ import annotations

import shlex
import tomllib
from pathlib import Path

import pytest

from tests import parts

ROOT = Path(__file__).parent.parent


def test_the_command_of_the_readme_means_the_whole_first_part() -> None:
    """Its snapshots are all compared, and one that no test asks for is a failure."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]
    options = shlex.split(settings["ini_options"]["addopts"])
    assert parts.is_first(options[options.index("-m") + 1])


@pytest.mark.parametrize("expression", ["", "long", "long and long_on_postgres", "not long and x"])
def test_another_expression_does_not(expression: str) -> None:
    assert not parts.is_first(expression)


def test_snapshots_that_another_part_leaves_are_no_failure(request: pytest.FixtureRequest) -> None:
    option = request.config.option
    assert option.disable_unused_snapshots is not parts.is_first(option.markexpr)
