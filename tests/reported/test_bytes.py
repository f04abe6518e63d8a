"""Bytes at the door: read by their byte-order mark, or refused by encoding and line."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_LE
from pathlib import Path

import pytest
from textual.events import Paste

from eds_tui.domain.errors import Unavailable
from eds_tui.domain.text_bytes import NotText, argument_text, decoded, why_not_typed
from eds_tui.repository.unit_of_work import Database
from eds_tui.settings import read_settings
from tests.cli.running import CommandLine
from tests.factories import People
from tests.ui.spelling import END, START, Line

TEXT = "Zoë's café\r\n学校 \N{PILE OF POO}\r\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        BOM_UTF8 + TEXT.encode(),
        BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        BOM_UTF32_LE + TEXT.encode("utf-32-le"),
    ],
)
def test_a_byte_order_mark_is_gone_by_and_is_no_part_of_the_text(data: bytes) -> None:
    assert decoded(data, "It") == TEXT


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"one\ntwo\np\xe5", "It is not UTF-8: line 3 has the byte E5."),
        (b"\xc3", "It is not UTF-8: line 1 has the byte C3."),
        (BOM_UTF8 + b"\x80", "It is not UTF-8: line 1 has the byte 80."),
        (BOM_UTF16_LE + "a\nb".encode("utf-16-le") + b"x", "begins as UTF-16 and is not: line 2"),
        (BOM_UTF16_BE + b"\xd8\x00", "It begins as UTF-16 and is not: line 1"),
        ("a\nb".encode("utf-16-le"), "line 1 has a NUL character. It looks like UTF-16"),
        ("a\nb".encode("utf-16-be"), "line 1 has a NUL character. It looks like UTF-16"),
        (b"one\nnul\0tail", "It is no text: line 2 has a NUL character."),
    ],
)  # fmt: skip
def test_bytes_that_spell_no_text_are_told_by_encoding_and_line(data: bytes, words: str) -> None:
    with pytest.raises(NotText) as refused:
        decoded(data, "It")
    assert words in str(refused.value)
    assert str(refused.value).endswith("Save it as UTF-8 and try again.")


def test_bytes_in_an_argument_are_told_as_well() -> None:
    assert argument_text("\ufeffcafé", "It") == "café"
    with pytest.raises(NotText, match="It is not UTF-8: line 2 has the byte E5"):
        argument_text("a\np\udce5", "It")


@pytest.mark.on_sqlite
def test_every_command_that_reads_a_text_goes_by_that(
    database: Database, database_url: str, people: People, tmp_path: Path
) -> None:
    cli = CommandLine(tmp_path, database_url)
    sixteen = BOM_UTF16_LE + "Zoë\n".encode("utf-16-le")
    number = cli.log("--as", "00000EDU", "--description", "-", stdin=sixteen)
    cli.done("incidents", "comment", number, "-", "--as", "00000EDU", stdin=BOM_UTF8 + b"Hello")
    found = cli.shown(number, "00000EDU")
    assert (found["description"], found["comments"][0]["text"]) == ("Zoë\n", "Hello")

    latin = tmp_path / "latin.toml"
    latin.write_bytes(b"# one\n# caf\xe9\n")
    for command, stdin in (
        (("incidents", "note", number, "-", "--as", "handler"), latin.read_bytes()),
        (("incidents", "comment", number, "-", "--as", "handler"), latin.read_bytes()),
        (("reply", "add", "title", "-"), latin.read_bytes()),
        (("service-level", "set", str(latin)), b""),
        (("message", "set", "logged", str(latin), "--as", "lead"), b""),
    ):
        refused = cli(*command, stdin=stdin)
        assert refused.exit_code == 1, command
        assert "is not UTF-8: line 2 has the byte E9." in refused.stderr, command
    assert len(cli.shown(number, "handler")["comments"]) == 1


def test_a_settings_file_is_read_by_its_mark_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    environment = {"EDS_TUI_CONFIG": str(file)}
    file.write_bytes(BOM_UTF16_LE + 'theme = "eds-light"\r\n'.encode("utf-16-le"))
    assert read_settings(environment).theme == "eds-light"
    file.write_bytes(b'theme = "eds-light"\n# caf\xe9\n')
    with pytest.raises(Unavailable, match="not UTF-8: line 2 has the byte E9"):
        read_settings(environment)


def test_what_nobody_sees_vanishes_from_a_paste() -> None:
    line = Line()
    unseen = "\ufeffa\u200bb\u00adc\u202ed\u2066e\u2069\u200ff\u2060g\x9bh\U000e0041"
    assert line.hears(f"{START}{unseen} k\u200dl\u200cm n{END}") == [
        repr("abcdefgh k\u200dl\u200cm n")
    ]


def test_what_comes_from_a_terminal_of_another_encoding_is_told_by_encoding_and_line() -> None:
    assert why_not_typed("Zoë", "utf-8") == ""
    assert why_not_typed(Paste("a\rb \ufffd").text, "utf-8").startswith(
        "Line 2 of that is not in UTF-8"
    )
