"""What is found out of a terminal by what the environment says of it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from eds_tui.host.terminals import Colours, here, kind, started_in
from eds_tui.settings import Characters, InvalidSetting
from tests.cli.running import CommandLine

pytestmark = pytest.mark.on_sqlite


@pytest.mark.parametrize(
    ("environment", "stream", "charset"),
    [
        ({}, "utf-8", "utf-8"),
        ({"LANG": "en_GB.UTF-8"}, "UTF-8", "utf-8"),
        ({"LANG": "en_GB.utf8@euro"}, "utf-8", "utf-8"),
        ({"LANG": "C.UTF-8"}, "utf-8", "utf-8"),
        ({"LANG": "C"}, "utf-8", "ascii"),
        ({"LC_ALL": "POSIX", "LANG": "en_GB.UTF-8"}, "utf-8", "ascii"),
        ({"LC_ALL": "", "LC_CTYPE": "en_GB.UTF-8", "LANG": "C"}, "utf-8", "utf-8"),
        ({"LC_ALL": "en_GB.ISO-8859-1"}, "utf-8", "iso8859-1"),
        ({"LC_CTYPE": "en_GB.ISO-8859-15"}, "utf-8", "iso8859-15"),
        ({"LANG": "en_GB"}, "utf-8", "iso8859-1"),
        ({"LANG": "de_DE@euro"}, "utf-8", "iso8859-15"),
        ({"LANG": "en_GB.UTF-8"}, "cp437", "cp437"),
        ({"LANG": "en_GB.UTF-8"}, "ANSI_X3.4-1968", "ascii"),
        ({"LANG": "en_GB.NO-SUCH-SET"}, "utf-8", "ascii"),
        ({"LANG": "en_GB.UTF-16"}, "utf-8", "ascii"),
        ({"LANG": "ja_JP.ISO-2022-JP"}, "utf-8", "ascii"),
        ({"LANG": "no_such_locale"}, "utf-8", "ascii"),
    ],
)
def test_the_character_set_is_the_one_of_the_stream_or_the_locale(
    environment: dict[str, str], stream: str, charset: str
) -> None:
    found = kind(environment, stream=stream)

    assert (found.charset, found.own) == (charset, charset)
    assert found.charset_why


@pytest.mark.parametrize(
    ("environment", "setting", "charset", "own"),
    [
        ({"LANG": "C"}, "unicode", "utf-8", "utf-8"),
        ({"LANG": "en_GB.UTF-8"}, "ascii", "utf-8", "ascii"),
        ({"LANG": "en_GB.ISO-8859-1"}, "ascii", "iso8859-1", "iso8859-1"),
        ({"LANG": "C"}, "auto", "ascii", "ascii"),
    ],
)
def test_the_setting_goes_before_what_is_found(
    environment: dict[str, str], setting: str, charset: str, own: str
) -> None:
    found = kind({"TERM": "xterm"} | environment, Characters(setting))

    assert (found.charset, found.own, found.is_plain) == (charset, own, own != "utf-8")


def test_a_setting_that_can_not_be_finds_out_what_there_is() -> None:
    wrong = InvalidSetting("")

    assert here(wrong, wrong) == here(Characters.AUTO, wrong) == here(Characters.AUTO)


def test_a_terminal_that_calls_itself_direct_has_all_colours() -> None:
    assert kind({"TERM": "xterm-direct"}).colours is Colours.ALL


def test_a_linux_console_is_plain_unless_the_setting_says_otherwise() -> None:
    assert kind({"TERM": "linux"}).is_plain
    assert not kind({"TERM": "linux"}, Characters.UNICODE).is_plain
    assert not kind({"TERM": "xterm"}).is_plain


@pytest.mark.parametrize(
    "environment",
    [
        *({"TERM": term} for term in ("xterm", "linux", "screen", "vt220", "vt100", "putty")),
        *({"TERM": f"{term}-256color"} for term in ("xterm", "screen", "tmux", "putty")),
        {"TERM": "xterm-kitty"},
        {"TERM": "screen.xterm-256color"},
        {"TERM": "xterm", "COLORTERM": "truecolor"},
        {"TERM": "xterm-256color", "COLORTERM": "24bit"},
    ],
    ids=str,
)
def test_the_colours_are_those_that_are_sent(environment: dict[str, str]) -> None:
    console = Console(file=io.StringIO(), force_terminal=True, _environ=environment)

    assert kind(environment).colours.value == console.color_system


def test_no_colour_is_sent_where_none_is_wanted() -> None:
    assert kind({"TERM": "xterm-256color", "NO_COLOR": "1"}).colours is Colours.NONE
    assert kind({"TERM": "xterm-256color", "NO_COLOR": ""}).colours is Colours.MANY


def test_what_python_sets_for_itself_is_not_taken_for_the_terminals(tmp_path: Path) -> None:
    cli = CommandLine(tmp_path, "sqlite://")
    code = "from eds_tui.host.terminals import started_in; print(started_in().get('LC_CTYPE'))"

    done = {
        language: cli.python("-c", code, LANG=language, LC_CTYPE=given).strip()
        for language, given in (("C", ""), ("C.UTF-8", "POSIX"))
    }

    assert done == {"C": "None", "C.UTF-8": "POSIX"}
    assert started_in()["PATH"]


def test_rows_are_moved_on_terminals_alone_that_are_known_to_move_them() -> None:
    moving = (
        "xterm", "xterm-256color", "xterm-kitty", "linux", "screen", "screen.xterm-256color",
        "tmux-256color", "vt100", "vt220", "vt525", "putty-256color", "rxvt-unicode", "alacritty",
        "st-256color",
    )  # fmt: skip
    standing = ("ansi", "pcansi", "cygwin", "vt52", "sun", "mach", "stv52", "")

    assert all(kind({"TERM": term}).moves_rows for term in moving)
    assert not any(kind({"TERM": term}).moves_rows for term in standing)
