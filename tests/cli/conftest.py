"""The command line over a database of its own, in a home folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import CommandLine


@pytest.fixture
def cli(tmp_path: Path, database_url: str) -> CommandLine:
    """The command line, set to the database of the test by the environment."""
    return CommandLine(tmp_path, database_url)
