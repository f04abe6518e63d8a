"""The files of drafts on this machine: what a program that was killed has left among them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from eds_tui.domain.views import Draft
from eds_tui.repository.draft_files import DraftFiles
from tests.factories import START, People

pytestmark = pytest.mark.on_sqlite


def test_what_a_killed_program_had_half_written_goes_once_nobody_can_be_at_it(
    people: People, tmp_path: Path
) -> None:
    files, draft = (
        DraftFiles(tmp_path, "a database"),
        Draft(place="call:one", body={"text": "one"}, saved_at=START),
    )
    files.save(people.handler, draft, START)
    (whole,) = (path for path in tmp_path.rglob("*") if path.is_file())
    abandoned, in_work = whole.with_suffix(".old"), whole.with_suffix(".new")
    for each in (abandoned, in_work):
        each.write_text('{"half', "utf-8")
    os.utime(abandoned, (START.timestamp(), START.timestamp()))

    assert [each.draft for each in files.all(people.handler)] == [draft]

    assert {path.name for path in whole.parent.iterdir()} == {whole.name, in_work.name}
