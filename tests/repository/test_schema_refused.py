"""Databases that can't be opened, each refused in words and left as it is."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from eds_tui import bootstrap
from eds_tui.domain.errors import SchemaMismatch, Unavailable
from eds_tui.repository.unit_of_work import Database


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Nothing but words. " * 500)
    with pytest.raises(Unavailable):
        bootstrap.open_database(f"sqlite:///{path}")
    assert path.read_text() == "Nothing but words. " * 500


def test_another_programs_database_is_refused_and_left_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "cats.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE cats (name TEXT)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises((SchemaMismatch, Unavailable)):
        bootstrap.open_database(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_folder_in_place_of_the_database_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        bootstrap.open_database(f"sqlite:///{tmp_path}")


def test_a_file_where_the_folder_should_be_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unavailable):
        bootstrap.open_database(f"sqlite:///{tmp_path / 'file' / 'eds.db'}")


def test_a_missing_folder_is_made_for_this_account_alone(tmp_path: Path) -> None:
    folder = tmp_path / "one" / "two"
    bootstrap.open_database(f"sqlite:///{folder / 'eds.db'}", make=True).close()
    assert {each.stat().st_mode & 0o777 for each in (folder, folder.parent)} == {0o700}


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://h/d",
        "cats://h/d",
        "sqlite://host/d.db",
        "sqlite:///d.db?timeout=soon",
        "postgresql://h:x/d",
        "postgresql://h:0/d",
        "postgresql://h:99999999999999999999/d",
        "postgresql:///d?port=x",
        "postgresql:///d?host=a,b&port=5432,0",
        "postgresql:///d?host=a:x",
        "postgresql:///d?host=a:5432&host=b:70000",
    ],
)
def test_a_url_that_names_no_database_file_is_refused_in_words(url: str) -> None:
    with pytest.raises(Unavailable):
        Database.at(url)


@pytest.mark.parametrize(
    "where",
    ["h:5432/d", "/d?port=65535", "/d?host=a,b&port=5432,1", "/d?host=a:5432&host=b:6432",
     "/d?host=a,b&port=,5432", "/d?host=/run/postgresql:1", "/d?host=[::1]:x", "/d?host=::1",
     "/d?host=a:"],
)  # fmt: skip
def test_a_url_with_a_port_for_each_host_or_none_is_taken(where: str) -> None:
    Database.at(f"postgresql://{where}").close()
