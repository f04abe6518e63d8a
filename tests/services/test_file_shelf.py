"""The shelf of files: one tree that nothing leads out of, in which nothing is overwritten."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from eds_tui.domain.errors import Unavailable
from eds_tui.domain.file_names import Entry
from eds_tui.domain.text import visible
from eds_tui.services.files import FileShelf
from tests import nasty
from tests.services.paths_out import OUT


@pytest.fixture
def tree(shelf: FileShelf, tmp_path: Path) -> FileShelf:
    """A shelf with a folder, links out of it, and a file outside."""
    (tmp_path / "outside.txt").write_text("outside")
    (shelf.root / "folder").mkdir()
    (shelf.root / "folder" / "inside.txt").write_text("inside")
    (shelf.root / "Top.txt").write_text("top")
    (shelf.root / "link.txt").symlink_to(tmp_path / "outside.txt")
    (shelf.root / "way out").symlink_to(tmp_path)
    (shelf.root / ".hidden").write_text("hidden")
    os.mkfifo(shelf.root / "pipe")
    return shelf


def test_folders_come_first_and_links_pipes_and_hidden_names_are_left_out(
    tree: FileShelf,
) -> None:
    assert tree.entries(()) == (
        Entry("folder", is_folder=True, size=0),
        Entry("Top.txt", is_folder=False, size=3),
    )
    assert tree.entries(("folder",)) == (Entry("inside.txt", is_folder=False, size=6),)


def test_a_file_is_chosen_from_a_folder_of_the_tree(tree: FileShelf) -> None:
    chosen = tree.choose(("folder",), "inside.txt")
    assert (chosen.name, chosen.size) == ("inside.txt", 6)
    assert chosen.path == str(tree.root / "folder" / "inside.txt")
    with chosen.open() as contents:
        assert b"".join(contents.chunks) == b"inside"


@pytest.mark.parametrize("name", [*OUT, "link.txt", "way out", "pipe", "folder", "nothing"])
def test_nothing_but_a_plain_file_of_the_tree_is_chosen(tree: FileShelf, name: str) -> None:
    with pytest.raises(Unavailable):
        tree.choose((), name)


def test_a_hidden_file_is_not_chosen(tree: FileShelf) -> None:
    with pytest.raises(Unavailable):
        tree.choose((), ".hidden")


@pytest.mark.parametrize("name", [*OUT, "way out", "link.txt", "Top.txt", "nothing"])
def test_nothing_but_a_real_folder_of_the_tree_is_entered(tree: FileShelf, name: str) -> None:
    with pytest.raises(Unavailable):
        tree.entries((name,))
    with pytest.raises(Unavailable):
        tree.choose((name,), "outside.txt")


def test_a_refusal_names_what_was_wrong_without_steering_a_terminal(tree: FileShelf) -> None:
    with pytest.raises(Unavailable) as refused:
        tree.choose((), "\x1b[2J\n")
    assert refused.value.message == visible(refused.value.message)


@pytest.mark.parametrize("name", [b"b\xe5d.txt", b"a\nb", b"a\x1b[2Jb", b"x" * 255])
def test_any_name_that_a_disk_has_is_listed_and_chosen(shelf: FileShelf, name: bytes) -> None:
    Path(os.fsdecode(os.fsencode(shelf.root) + b"/" + name)).write_text("12345")
    (entry,) = shelf.entries(())
    chosen = shelf.choose((), entry.name)
    assert os.fsencode(chosen.name) == name
    assert chosen.size == 5


def test_a_missing_root_is_made_for_this_account_alone(tmp_path: Path) -> None:
    shelf = FileShelf(tmp_path / "new" / "shelf")
    assert shelf.entries(()) == ()
    assert shelf.root.stat().st_mode & 0o777 == 0o700


def test_saving_never_replaces_a_file(shelf: FileShelf) -> None:
    paths = [shelf.save("note.txt", iter([content])) for content in (b"one", b"two", b"three")]
    assert [path.name for path in paths] == ["note.txt", "note (2).txt", "note (3).txt"]
    assert [path.read_bytes() for path in paths] == [b"one", b"two", b"three"]
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}


def test_saving_follows_no_link(shelf: FileShelf, tmp_path: Path) -> None:
    (shelf.root / "note.txt").symlink_to(tmp_path / "elsewhere.txt")
    assert shelf.save("note.txt", iter([b"one"])).name == "note (2).txt"
    assert not (tmp_path / "elsewhere.txt").exists()


@pytest.mark.parametrize(
    "name",
    ["", "..", "/", "../../etc/passwd", ".bashrc", " ", "a\x1b[2Jb.txt", "b\udce5d.txt", "a\nb",
     "n\0l", "é" * 300, "x" * 300 + ".txt", "x." + "y" * 300, *nasty.ALL],
    ids=lambda name: repr(name)[:30],
)  # fmt: skip
def test_a_file_of_any_name_is_saved_under_a_harmless_one(shelf: FileShelf, name: str) -> None:
    path = shelf.save(name, iter([b"one"]))
    assert path.parent == shelf.root
    assert [entry.name for entry in shelf.entries(())] == [path.name]
    assert path.name == visible(path.name)
    assert len(os.fsencode(path.name)) <= 255
    assert path.read_bytes() == b"one"


@pytest.mark.parametrize(("name", "saved", "again"), [
    ("x" * 201 + ".txt", "x" * 200 + ".txt", "x" * 200 + " (2).txt"),
    ("x." + "y" * 20, "x." + "y" * 19, "x (2)." + "y" * 19),
    ("é" * 101 + ".é", "é" * 100 + ".é", "é" * 100 + " (2).é"),
    ("x." + "é" * 10, "x." + "é" * 9, "x (2)." + "é" * 9),
    (" ..x/y.txt ", "x_y.txt", "x_y (2).txt"), ("..", "attachment", "attachment (2)"),
])  # fmt: skip
def test_a_long_name_is_cut_before_its_ending_and_a_second_one_is_numbered(
    shelf: FileShelf, name: str, saved: str, again: str
) -> None:
    assert shelf.save(name, iter([b"one"])).name == saved
    assert shelf.save(name, iter([b"two"])).name == again


@pytest.mark.parametrize(
    "failure", [OSError("the disk is full"), Unavailable("Gone."), KeyboardInterrupt()]
)
def test_what_was_written_of_a_file_is_removed_when_the_rest_does_not_come(
    shelf: FileShelf, failure: BaseException
) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise failure

    with pytest.raises((Unavailable, KeyboardInterrupt)):
        shelf.save("note.txt", pieces())
    assert list(shelf.root.iterdir()) == []


@pytest.mark.parametrize(("code", "told"), [
    (errno.ENOSPC, "note.txt can't be written: the disk is full."),
    (errno.EDQUOT, "note.txt can't be written: the disk is full."),
    (errno.EPERM, "note.txt can't be saved: you have no permission."),
    (errno.EIO, "note.txt can't be used (Input/output error)."),
])  # fmt: skip
def test_what_the_disk_says_is_told_in_words(shelf: FileShelf, code: int, told: str) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"half"
        raise OSError(code, os.strerror(code))

    with pytest.raises(Unavailable) as refused:
        shelf.save("note.txt", pieces())
    assert refused.value.message == told


def test_of_one_name_so_many_files_are_saved_and_no_more(shelf: FileShelf) -> None:
    (shelf.root / "note.txt").touch()
    for count in range(2, 999):
        (shelf.root / f"note ({count}).txt").touch()
    assert shelf.save("note.txt", iter([b"one"])).name == "note (999).txt"
    with pytest.raises(Unavailable) as refused:
        shelf.save("note.txt", iter([b"one"]))
    assert refused.value.message == "There are too many files named note.txt in the folder."
    assert len(list(shelf.root.iterdir())) == 999


def test_the_files_of_a_draft_are_chosen_again_and_those_that_are_gone_are_named(
    tree: FileShelf, tmp_path: Path
) -> None:
    inside = str(tree.root / "folder" / "inside.txt")
    lost = [
        str(tree.root / "gone.txt"),
        str(tmp_path / "outside.txt"),
        f"{tree.root}/../outside.txt",
        f"{tree.root}/way out/outside.txt",
        str(tree.root),
        "",
    ]
    files, names = tree.choose_again([inside, *lost])
    assert [(file.path, file.size) for file in files] == [(inside, 6)]
    assert names == ("gone.txt", "outside.txt", "outside.txt", "outside.txt", "shelf", "")
