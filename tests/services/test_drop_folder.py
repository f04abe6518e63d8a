"""The folder of one account: its name leads there, and nothing leads to another's."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eds_tui.domain.account import Account, NewAccount, Role, canonical, check_new_account
from eds_tui.domain.errors import InvalidInput, Unavailable
from eds_tui.domain.file_names import Entry
from eds_tui.services.files import NO_DROP_FOLDER, NO_FOLDER, FileShelf, shelf_of
from eds_tui.settings import FileTree
from tests.services.paths_out import OUT

HANDLER = Account(id=1, login="Handler", name="A. Handler", role=Role.HANDLER)
Spoil = Callable[[Path], object]


@pytest.fixture
def above(tmp_path: Path) -> Path:
    """The folder that holds a folder with a file for each of two accounts."""
    for name in ("handler", "lead"):
        drop = tmp_path / "above" / f"of-{name}" / "drop"
        drop.mkdir(parents=True)
        (drop / f"{name}.txt").write_text(name)
    return tmp_path / "above"


def shelf_at(login: str, files: str) -> FileShelf:
    """Return the tree of an account where the setting says so."""
    return shelf_of(replace(HANDLER, login=login), FileTree.of(files))


def shelf_for(login: str, above: Path) -> FileShelf:
    """Return the tree of an account, where each has its own."""
    return shelf_at(login, str(above / "of-{account}" / "drop"))


@pytest.mark.parametrize("login", ["handler", "Handler", "HANDLER"])
def test_a_name_in_any_spelling_leads_to_its_own_folder(above: Path, login: str) -> None:
    shelf = shelf_for(login, above)
    assert shelf.entries(()) == (Entry("handler.txt", is_folder=False, size=7),)
    assert shelf.save("new.txt", iter([b"new"])) == above / "of-handler" / "drop" / "new.txt"
    files, lost = shelf.choose_again([str(above / f"of-{name}/drop/{name}.txt") for name in (
        "handler", "lead",
    )])  # fmt: skip
    assert [file.name for file in files] == ["handler.txt"]
    assert lost == ("lead.txt",)


@given(st.from_regex(r"[^\W_][\w.@+-]{1,63}", fullmatch=True), st.text(max_size=9))
def test_every_name_that_an_account_may_have_is_that_of_one_folder(login: str, other: str) -> None:
    shelf = shelf_at(login, "/above/{account}/{account}.d/drop")
    name = canonical(login)
    assert shelf.root.parts == ("/", "above", name, f"{name}.d", "drop")
    assert not re.search(r"[/\0]|^\.", name)
    if canonical(other) != name:
        assert shelf_at(other, "/above/{account}").root != shelf.root


def test_a_name_is_that_of_one_folder_whatever_the_terminals_character_set(tmp_path: Path) -> None:
    (tmp_path / "müller").mkdir()
    (tmp_path / "müller" / "note.txt").touch()
    code = (
        "import sys\n"
        "from eds_tui.domain.account import Account, Role\n"
        "from eds_tui.services.files import shelf_of\n"
        "from eds_tui.settings import FileTree\n"
        "account = Account(id=1, login='M\\u00fcller', name='M', role=Role.HANDLER)\n"
        "shelf = shelf_of(account, FileTree.of(sys.argv[1]))\n"
        "print(sys.getfilesystemencoding(), *[each.name for each in shelf.entries(())])\n"
    )
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "{account}")],
        env=plain, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout.split(), done.stderr) == (["ascii", "note.txt"], "")


@pytest.mark.parametrize("login", [*OUT, "x/../../of-lead", "lead/../lead", "x" * 300])
def test_a_name_that_no_account_may_have_leads_nowhere(above: Path, login: str) -> None:
    with pytest.raises(InvalidInput):
        check_new_account(NewAccount(login=login, name="A. Person", role=Role.HANDLER))
    refuses(shelf_for(login, above), NO_DROP_FOLDER)


def no_folder(own: Path) -> None:
    """Take a folder away that is above the drop folder."""
    (own / "drop" / "handler.txt").unlink()
    (own / "drop").rmdir()
    own.rmdir()


def no_drop(own: Path) -> None:
    """Move the drop folder away."""
    (own / "drop").rename(own / "away")


def link_in_its_place(own: Path) -> None:
    """Put a link to another person's drop folder in its place."""
    no_drop(own)
    (own / "drop").symlink_to(own.parent / "of-lead" / "drop")


def link_above(own: Path) -> None:
    """Put a link to another person's folder in the place of the one above."""
    no_folder(own)
    own.symlink_to("of-lead")


def link_to_itself(own: Path) -> None:
    """Put a link to where it was in the place of the drop folder."""
    no_drop(own)
    (own / "drop").symlink_to("away")


def file_in_its_place(own: Path) -> None:
    """Put a file in the place of the drop folder."""
    no_drop(own)
    (own / "drop").touch()


SPOILT = [no_folder, no_drop, link_in_its_place, link_above, link_to_itself, file_in_its_place]


@pytest.mark.parametrize("spoil", SPOILT)
def test_what_is_no_real_folder_is_neither_used_nor_made(above: Path, spoil: Spoil) -> None:
    spoil(above / "of-handler")
    before = sorted(above.rglob("*"))
    refuses(shelf_for("handler", above), NO_DROP_FOLDER)
    assert sorted(above.rglob("*")) == before


@pytest.mark.parametrize("spoil", SPOILT)
def test_what_goes_away_after_it_was_looked_into_is_not_read(above: Path, spoil: Spoil) -> None:
    shelf = shelf_for("handler", above)
    (entry,) = shelf.entries(())
    chosen = shelf.choose((), entry.name)
    spoil(above / "of-handler")
    with pytest.raises(Unavailable, match=re.escape(NO_DROP_FOLDER)), chosen.open():
        pass
    refuses(shelf, NO_DROP_FOLDER)


@pytest.mark.parametrize("way", ["link", "..", "folder/../.."])
def test_nothing_in_a_folder_leads_to_anothers(above: Path, way: str) -> None:
    mine = above / "of-handler" / "drop"
    (mine / "folder").mkdir()
    (mine / "link").symlink_to(above)
    shelf = shelf_for("handler", above)
    names = tuple(way.split("/"))
    for folder in (names, (way,), (*names, "of-lead", "drop")):
        with pytest.raises(Unavailable):
            shelf.entries(folder)
        with pytest.raises(Unavailable):
            shelf.choose(folder, "lead.txt")


def test_the_folder_above_may_be_a_link_that_the_administrator_made(
    above: Path, tmp_path: Path
) -> None:
    (tmp_path / "way").symlink_to(above)
    assert [entry.name for entry in shelf_for("handler", tmp_path / "way").entries(())] == [
        "handler.txt"
    ]


def test_where_no_folder_is_named_nothing_is_read_or_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "note.txt").touch()
    refuses(shelf_of(HANDLER, None), NO_FOLDER)
    assert [each.name for each in tmp_path.iterdir()] == ["note.txt"]


def test_a_folder_without_the_placeholder_is_everybodys(above: Path) -> None:
    shelf = shelf_of(HANDLER, FileTree.of(str(above / "of-lead" / "drop")))
    assert [entry.name for entry in shelf.entries(())] == ["lead.txt"]


def refuses(shelf: FileShelf, sentence: str) -> None:
    """Check that each way of using a tree is refused with the same sentence."""
    ways: tuple[Callable[[], object], ...] = (
        lambda: shelf.entries(()),
        lambda: shelf.choose((), "lead.txt"),
        lambda: shelf.save("new.txt", iter([b"new"])),
    )
    for way in ways:
        with pytest.raises(Unavailable) as refused:
            way()
        assert refused.value.message == sentence
    files, lost = shelf.choose_again([str(shelf.root / "lead.txt")])
    assert (files, lost) == ((), ("lead.txt",))
