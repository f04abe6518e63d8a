"""A file takes the place of another one, which is kept under a new name with what is beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from eds_tui.domain.errors import Conflict
from eds_tui.repository.exchange import exchange, give_name, own_file
from tests.factories import START


def written(folder: Path, **texts: str) -> dict[str, Path]:
    """Write files, named without their ending, and return their paths."""
    paths = {name: folder / f"{name.replace('_', '-')}" for name in texts}
    for name, text in texts.items():
        paths[name].write_text(text)
    return paths


def names(folder: Path) -> dict[str, str]:
    """Return what is in a folder, with what is in each."""
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_the_former_one_is_kept_with_what_is_beside_it_and_nothing_of_it_stays(
    tmp_path: Path,
) -> None:
    found = written(tmp_path, db="old", db_wal="changes", db_shm="shared", part="new")
    found["db"].chmod(0o640)
    kept = exchange(found["db"], found["part"], START)
    assert kept == tmp_path / "db.before-20260610-105200"
    assert names(tmp_path) == {
        "db": "new", kept.name: "old", f"{kept.name}-wal": "changes", f"{kept.name}-shm": "shared",
    }  # fmt: skip
    assert found["db"].stat().st_mode & 0o777 == 0o640
    again = exchange(found["db"], written(tmp_path, part="newer")["part"], START)
    assert again == tmp_path / "db.before-20260610-105200-2"
    assert (found["db"].read_text(), again.read_text()) == ("newer", "new")


def test_where_nothing_was_it_takes_the_name_and_nobody_elses(tmp_path: Path) -> None:
    part = written(tmp_path, part="new")["part"]
    assert exchange(tmp_path / "db", part, START) is None
    assert (tmp_path / "db").read_text() == "new"
    with pytest.raises(FileExistsError):
        give_name(part, tmp_path / "db")


def test_an_own_file_is_empty_private_and_one_programs_and_nothing_is_left_of_it(
    tmp_path: Path,
) -> None:
    left = written(tmp_path, part="of one that was killed", part_wal="changes")
    left["part"].chmod(0o644)
    with own_file(left["part"]) as held:
        assert names(tmp_path) == {"part": ""}
        assert held.stat().st_mode & 0o777 == 0o600
        with pytest.raises(Conflict, match="being restored already"), own_file(held):
            pass
        written(tmp_path, part="new", part_shm="shared")
    assert names(tmp_path) == {}
