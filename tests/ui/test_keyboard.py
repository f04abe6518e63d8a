"""What the bytes of a terminal spell, and nothing that they do not."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import AppFocus, Key, Paste
from textual.message import Message

from eds_tui.ui import keyboard
from eds_tui.ui.keyboard import KioskParser

START, END = "\x1b[200~", "\x1b[201~"

KEYS = {
    "a": "a",
    "\r": "enter",
    "\x1b[A": "up",
    "\x1bOA": "up",
    "\x1b[1;5A": "ctrl+up",
    "\x1bOP": "f1",
    "\x1b[11~": "f1",
    "\x1b[[A": "f1",
    "\x1b[17~": "f6",
    "\x1b[Z": "shift+tab",
    "\x1b[3~": "delete",
    "\x1b[H": "home",
    "\x1b[1~": "home",
    "\x1b[27u": "escape",
    "\x1b[13u": "enter",
    "\x1b[115;5u": "ctrl+s",
    "\x1b[115:83;5u": "ctrl+s",
    "\x1b[115;5:1u": "ctrl+s",
    "\x1b[115;5:2u": "ctrl+s",
    "\x1b[27;5;115~": "ctrl+s",
    "\x1b[57358u": "caps_lock",
    "\x1bd": "alt+d",
    "\x1b\x7f": "ctrl+w",
}
"""What terminals send, and the key that it is: of xterm, PuTTY, the Linux console, kitty."""

NOTHING = (
    "\x1b[99A",
    "\x1b[u",
    "\x1b[19u",
    "\x1b[1114112u",
    "\x1b[55296u",
    "\x1b[99999999999999u",
    "\x1b[57344999u",
    "\x1b[115;5:3u",
    "\x1b[97;1;19u",
    "\x1b[97::;;:u",
    "\x1b[<0;1;1M",
    "\x1b[<0;1;1m",
    "\x1b[M \x84!",
    "\x1b[?1;2c",
    "\x1b[>41;354;0c",
    "\x1b[999z",
    "\x1b[1;2;3;4;5;6;7;8;9;10m",
    "\x1b[0 q",
    "\x1b]11;rgb:0000/0000/0000\x1b\\",
    "\x1b]52;c;cm0gLXJmIC8=\x07",
    "\x1bP>|xterm(370)\x1b\\",
    "\x1b_Gi=31;OK\x1b\\",
    "\x1bOz",
    "\x1b[?2026;2$y",
    "\x1b[" + "1;" * 300 + "m",
    "\x1b]0;" + "n" * 5000 + "\x07",
)
"""Answers of terminals, reports of the mouse, keys let go, and numbers of no key."""


def spelt(parser: KioskParser, pieces: Iterable[str]) -> list[str]:
    """Return the names of the keys in pieces of input, and what was pasted in quotes."""
    return [_name(each) for piece in pieces for each in parser.feed(piece) if _counts(each)]


def _counts(message: Message) -> bool:
    return isinstance(message, Key | Paste)


def _name(message: Message) -> str:
    return message.key if isinstance(message, Key) else repr(getattr(message, "text", ""))


def after_a_silence(parser: KioskParser) -> list[str]:
    """Return what is spelt when nothing more comes."""
    return [_name(each) for each in parser.tick() if _counts(each)]


@pytest.fixture
def parser() -> KioskParser:
    """A reader that takes any moment for a silence."""
    return KioskParser(escape_seconds=0.0)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any moment is a silence within a paste, too."""
    monkeypatch.setattr(keyboard, "PASTE_SECONDS", 0.0)


@pytest.mark.parametrize(("sent", "key"), KEYS.items())
def test_a_key_is_known_however_it_comes(parser: KioskParser, sent: str, key: str) -> None:
    assert spelt(parser, [sent]) == [key]
    assert spelt(parser, [f"x{sent}y"]) == ["x", key, "y"]
    if not sent.startswith("\x1b[["):
        assert spelt(parser, sent) == [key]


@pytest.mark.parametrize("sent", NOTHING)
def test_what_is_no_key_does_nothing(parser: KioskParser, sent: str) -> None:
    assert spelt(parser, [sent]) == []
    assert spelt(parser, [f"x{sent}y"]) == ["x", "y"]
    assert spelt(parser, sent) == []
    assert spelt(parser, "y") == ["y"]


@pytest.mark.parametrize(
    "begun", ["\x1b[", "\x1b[12;", "\x1bO", "\x1b]0;name", "\x1bPq", "\x1b[M!"]
)
def test_what_has_only_begun_is_forgotten(parser: KioskParser, begun: str) -> None:
    assert spelt(parser, [begun]) == []
    assert after_a_silence(parser) == []
    assert spelt(parser, ["abc"]) == ["a", "b", "c"]


@pytest.mark.parametrize("begun", ["\x1b[", "\x1b[12;", "\x1bO1", "\x1b]0;name", "\x1bPq"])
def test_a_control_character_breaks_off_what_has_begun(parser: KioskParser, begun: str) -> None:
    assert spelt(parser, [f"{begun}\tab"]) == ["tab", "a", "b"]


def test_an_escape_alone_is_the_key_when_nothing_follows(parser: KioskParser) -> None:
    assert spelt(parser, ["\x1b"]) == []
    assert after_a_silence(parser) == ["escape"]
    assert after_a_silence(parser) == []
    assert spelt(parser, ["\x1b\x1b[A"]) == ["escape", "up"]
    assert spelt(parser, ["\x1b", "[", "A"]) == ["up"]


def test_a_key_of_rxvt_that_looks_unfinished_is_one_after_a_silence(parser: KioskParser) -> None:
    assert spelt(parser, ["\x1b[3$"]) == []
    assert after_a_silence(parser) == ["shift+delete"]


def test_the_terminal_says_that_it_has_the_focus(parser: KioskParser) -> None:
    (said,) = parser.feed("\x1b[I")
    assert isinstance(said, AppFocus)


def test_a_paste_is_text_to_its_end_whatever_is_in_it(parser: KioskParser) -> None:
    text = "a\x1b[Ab\r\x13 \x1b[200~ c\x1b"
    assert spelt(parser, [f"x{START}{text}{END}y"]) == ["x", repr(text), "y"]
    assert spelt(parser, f"x{START}{text}{END}y") == ["x", repr(text), "y"]
    assert spelt(parser, [f"{START}nul\0tail{END}"]) == [repr("nultail")]
    assert spelt(parser, [f"{START}{END}"]) == []


@pytest.mark.usefixtures("impatient")
def test_a_paste_whose_end_is_lost_is_shown_and_the_next_key_is_one(parser: KioskParser) -> None:
    assert spelt(parser, [f"{START}half"]) == []
    assert after_a_silence(parser) == [repr("half")]
    assert after_a_silence(parser) == []
    assert spelt(parser, ["\x13"]) == ["ctrl+s"]


@pytest.mark.usefixtures("impatient")
def test_a_paste_that_stops_for_a_while_goes_on(parser: KioskParser) -> None:
    spelt(parser, [f"{START}half"])
    assert after_a_silence(parser) == [repr("half")]
    assert spelt(parser, ["and a long rest of it\r\x13"]) == []
    assert spelt(parser, [f"end{END}"]) == [repr("and a long rest of it\r\x13end")]


def test_of_a_paste_without_end_no_more_than_so_much_is_kept(
    parser: KioskParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyboard, "LONGEST_PASTE", 1000)
    assert spelt(parser, [START, *["x" * 300] * 12, END]) == [repr("x" * 1000)]


BYTES = st.one_of(
    st.sampled_from([*KEYS, *NOTHING, START, END, "\x1b", "\x1b[", "\x1b]", "\x1bO", "\x9b"]),
    st.text(st.characters(codec="utf-8"), max_size=5),
)


@given(st.lists(BYTES, max_size=12), st.data())
def test_no_input_ends_the_reading_and_pieces_spell_what_the_whole_does(
    parts: list[str], data: st.DataObject
) -> None:
    text = "".join(parts)
    cut = data.draw(st.integers(0, len(text)))
    whole = spelt(KioskParser(), [text + END, "ok"])
    assert spelt(KioskParser(), [text[:cut] or START + END, text[cut:] + END, "ok"]) == whole


@given(st.lists(BYTES, max_size=12))
def test_after_any_input_and_a_silence_keys_count_again(parts: list[str]) -> None:
    parser = KioskParser(escape_seconds=0.0)
    spelt(parser, [part for part in parts if part])
    spelt(parser, [END])
    after_a_silence(parser)
    assert spelt(parser, ["ok"]) == ["o", "k"]
