"""Files that come with a report: whole or not at all (rule 7)."""

from __future__ import annotations

import os
import shutil
import tempfile
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from eds_tui.domain.errors import InvalidInput, Unavailable
from eds_tui.domain.incident import ChosenFile, FileContents
from eds_tui.host.staging import IN_MEMORY
from eds_tui.repository.tables import attachments, chunks, incidents
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.files import CHUNK, FileShelf, file_at
from tests.factories import People, new_form

LIMIT = 20 * 1024 * 1024


def rows(database: Database) -> list[int]:
    """Return how many incidents, files and pieces of files there are."""
    with database.engine.connect() as connection:
        return [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (incidents, attachments, chunks)
        ]


def fetched(services: Services, people: People, name: str) -> bytes:
    """Return the bytes of a file of the first incident."""
    return services.attachments.fetch(people.head, 1, name, b"".join)


def sparse(path: Path, size: int) -> None:
    """Make a file of that size, of zeros that take no room."""
    with path.open("wb") as file:
        file.truncate(size)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_a_file_of_any_size_comes_back_byte_for_byte(
    services: Services, people: People, shelf: FileShelf, size: int
) -> None:
    content = os.urandom(size)
    (shelf.root / "any.bin").write_bytes(content)
    services.report.log(people.head, new_form(files=(shelf.choose((), "any.bin"),)))
    assert fetched(services, people, "any.bin") == content
    (attached,) = services.queue.open(people.head, 1).attachments
    assert (attached.name, attached.size) == ("any.bin", size)


def test_several_files_keep_their_order_and_their_names(
    services: Services, people: People, shelf: FileShelf
) -> None:
    for name in ("b.txt", "a.txt"):
        (shelf.root / name).write_text(name)
    files = tuple(shelf.choose((), name) for name in ("b.txt", "a.txt", "b.txt"))
    services.report.log(people.head, new_form(files=files))
    attached = services.queue.open(people.head, 1).attachments
    assert [file.name for file in attached] == ["b.txt", "a.txt", "b.txt"]
    assert fetched(services, people, "a.txt") == b"a.txt"


def test_20_mib_are_taken(
    database: Database, services: Services, people: People, shelf: FileShelf
) -> None:
    sparse(shelf.root / "large.bin", LIMIT)
    services.report.log(people.head, new_form(files=(shelf.choose((), "large.bin"),)))
    assert rows(database) == [1, 1, 80]
    sizes = services.attachments.fetch(
        people.head, 1, "large.bin", lambda pieces: [*map(len, pieces)]
    )
    assert sum(sizes) == LIMIT
    assert max(sizes) <= CHUNK


def test_one_byte_more_than_20_mib_is_refused_before_anything_is_copied(
    database: Database, services: Services, people: People, shelf: FileShelf
) -> None:
    sparse(shelf.root / "large.bin", LIMIT + 1)
    with pytest.raises(InvalidInput) as refused:
        services.report.log(people.head, new_form(files=(shelf.choose((), "large.bin"),)))
    assert list(refused.value.problems) == ["files"]
    assert "large.bin" in refused.value.message
    assert rows(database) == [0, 0, 0]
    assert services.report.log(people.head, new_form()).number == 1


def test_a_file_that_grew_over_the_limit_after_it_was_chosen_is_refused(
    database: Database, services: Services, people: People, shelf: FileShelf
) -> None:
    sparse(shelf.root / "log.bin", 10)
    chosen = shelf.choose((), "log.bin")
    sparse(shelf.root / "log.bin", LIMIT + 1)
    with pytest.raises(InvalidInput) as refused:
        services.report.log(people.head, new_form(files=(chosen,)))
    assert list(refused.value.problems) == ["files"]
    assert rows(database) == [0, 0, 0]
    assert services.report.log(people.head, new_form()).number == 1


def test_a_file_that_vanished_after_it_was_chosen_is_refused_by_name(
    database: Database, services: Services, people: People, shelf: FileShelf
) -> None:
    for name in ("stays.txt", "goes.txt"):
        (shelf.root / name).write_text(name)
    files = tuple(shelf.choose((), name) for name in ("stays.txt", "goes.txt"))
    (shelf.root / "goes.txt").unlink()
    with pytest.raises(Unavailable, match=r"goes\.txt is not there"):
        services.report.log(people.head, new_form(files=files))
    assert rows(database) == [0, 0, 0]
    assert services.report.log(people.head, new_form()).number == 1


def test_a_file_that_became_a_link_after_it_was_chosen_is_refused(
    database: Database, services: Services, people: People, shelf: FileShelf
) -> None:
    (shelf.root / "note.txt").write_text("mine")
    chosen = shelf.choose((), "note.txt")
    (shelf.root / "note.txt").unlink()
    (shelf.root / "note.txt").symlink_to("/etc/passwd")
    with pytest.raises(Unavailable):
        services.report.log(people.head, new_form(files=(chosen,)))
    assert rows(database) == [0, 0, 0]


def test_a_file_that_fails_while_it_is_read_leaves_nothing_behind(
    database: Database, services: Services, people: People
) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"x" * CHUNK
        raise Unavailable("The disk broke off.")

    @contextmanager
    def breaking() -> Iterator[FileContents]:
        yield FileContents(2 * CHUNK, pieces())

    chosen = ChosenFile(name="disk.bin", size=2 * CHUNK, path="/disk.bin", open=breaking)
    with pytest.raises(Unavailable, match="broke off"):
        services.report.log(people.head, new_form(files=(chosen,)))
    assert rows(database) == [0, 0, 0]
    assert services.report.log(people.head, new_form()).number == 1


def test_nobody_waits_for_a_file_on_a_slow_disk(
    database: Database, services: Services, people: People
) -> None:
    """The writer's slot is free while a file is read: another call is logged meanwhile."""

    def pieces() -> Iterator[bytes]:
        yield b"first"
        assert services.report.log(people.neighbour, new_form()).number == 1
        yield b"second"

    @contextmanager
    def slow() -> Iterator[FileContents]:
        yield FileContents(11, pieces())

    chosen = ChosenFile(name="disk.bin", size=11, path="/disk.bin", open=slow)
    receipt = services.report.log(people.head, new_form(files=(chosen,)))
    assert receipt.number == 2
    assert services.attachments.fetch(people.head, 2, "disk.bin", b"".join) == b"firstsecond"
    assert rows(database) == [2, 1, 2]


def test_files_beyond_what_is_held_in_memory_come_back_byte_for_byte(
    services: Services, people: People, shelf: FileShelf
) -> None:
    for name in ("a.bin", "b.bin"):
        (shelf.root / name).write_bytes(name.encode() * (IN_MEMORY // 8))
    files = tuple(shelf.choose((), name) for name in ("a.bin", "b.bin"))
    services.report.log(people.head, new_form(files=files))
    for name in ("a.bin", "b.bin"):
        assert fetched(services, people, name) == name.encode() * (IN_MEMORY // 8)


def test_a_file_of_20_mib_takes_less_than_60_mb_of_memory(
    services: Services, people: People, shelf: FileShelf
) -> None:
    sparse(shelf.root / "large.bin", LIMIT)
    chosen = shelf.choose((), "large.bin")
    tracemalloc.start()
    try:
        services.report.log(people.head, new_form(files=(chosen,)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 60_000_000


@contextmanager
def no_superuser() -> Iterator[Path]:
    """Be a user without rights for a while, with a folder of that user."""
    folder = Path(tempfile.mkdtemp())
    superuser = os.geteuid() == 0
    if superuser:
        os.chown(folder, _NOBODY, -1)
        os.seteuid(_NOBODY)
    try:
        yield folder
    finally:
        if superuser:
            os.seteuid(0)
        shutil.rmtree(folder)


_NOBODY = 65534


def test_a_file_without_permission_is_refused_by_name() -> None:
    with no_superuser() as folder:
        (folder / "secret.txt").touch(mode=0o000)
        with pytest.raises(Unavailable, match=r"secret\.txt can't be read"):
            FileShelf(folder).choose((), "secret.txt")


def test_a_folder_without_permission_is_refused_by_name() -> None:
    with no_superuser() as folder:
        (folder / "locked").mkdir(mode=0o000)
        with pytest.raises(Unavailable, match="locked can't be read"):
            FileShelf(folder).entries(("locked",))
        for root in (folder / "locked", folder / "locked" / "deeper"):
            shelf = FileShelf(root)
            for action in (partial(shelf.entries, ()), partial(shelf.save, "a", iter([b""]))):
                with pytest.raises(Unavailable, match="you have no permission"):
                    action()


def test_folders_devices_and_pipes_are_refused_and_nothing_waits(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (str(tmp_path), "/dev/zero", "/dev/null", str(tmp_path / "pipe")):
        with pytest.raises(Unavailable):
            file_at(path)


@pytest.mark.parametrize("path", ["", "/nowhere/at/all", "a\0b", "b\udce5d", "\ud800", "x" * 5_000])
def test_a_path_that_leads_nowhere_is_refused_in_words(path: str) -> None:
    with pytest.raises(Unavailable):
        file_at(path)
