"""What the bytes of a terminal spell, and nothing that they do not."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Iterable, Iterator
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import AppFocus, Key, Paste
from textual.message import Message

from eds_tui.ui.textual_ext import pasting
from eds_tui.ui.textual_ext.keyboard import KioskParser
from eds_tui.ui.textual_ext.typed import TypedText, dropped

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
    "\x1b[48;10000;10000;1;1t",
    "\x1b[48;24;80;480;800t",
    "\x1b[?2048;1$y",
    "\x1b[?2048;2$y",
    "\x1b[12;40R",
    "\x1b[" + "9" * 4400 + ";1R",
    "\x1b[?" + "9" * 40 + ";2$y",
    "\x1b[" + "9" * 5000 + "~",
)
"""Answers of terminals, sizes of windows, reports of the mouse, keys let go, numbers of no key."""


class Clock:
    """A clock that stands still until it is told otherwise."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def spelt(parser: KioskParser, pieces: Iterable[str]) -> list[str]:
    """Return the names of the keys in pieces of input, and what was pasted in quotes."""
    return [name for piece in pieces for name in _names(parser.feed(piece))]


def after_a_silence(parser: KioskParser) -> list[str]:
    """Return what is spelt when nothing more comes."""
    return list(_names(parser.tick()))


def _names(messages: Iterable[Message]) -> Iterator[str]:
    for message in messages:
        if isinstance(message, Paste):
            yield repr(message.text)
        elif isinstance(message, TypedText):
            yield from (key.key for key in message.each())
        elif isinstance(message, Key):
            yield message.key


@pytest.fixture
def parser() -> KioskParser:
    """A reader that takes any moment for a silence."""
    return KioskParser(escape_seconds=0.0)


class Line:
    """A reader, and the time at which something comes."""

    def __init__(self) -> None:
        self._clock = Clock()
        self._parser = KioskParser(0.1, self._clock)

    def hears(self, data: str, after: float = 0.0) -> list[str]:
        """Return what is spelt by what comes after so many seconds."""
        return self.waits(after) + spelt(self._parser, [data])

    def waits(self, seconds: float) -> list[str]:
        """Return what is spelt while nothing comes and the program looks now and then."""
        said = []
        for _ in range(round(seconds * 100)):
            self._clock.now += 0.01
            said += after_a_silence(self._parser)
        return said


@pytest.fixture
def line() -> Line:
    """A line on which time passes as a test says."""
    return Line()


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


APART = 0.05
"""Seconds between two keys of somebody quick."""


def test_a_paste_is_text_to_its_end_whatever_is_in_it(line: Line) -> None:
    text = "a\x1b[Ab\r\x13 \x1b[200~ c\x1b"
    assert line.hears(f"x{START}{text}{END}") == ["x", repr(text)]
    assert line.hears("\x13", APART) == ["ctrl+s"]
    assert [name for each in f"x{START}{text}{END}" for name in line.hears(each)] == [
        "x", repr(text),
    ]  # fmt: skip
    assert line.hears("y", APART) == ["y"]
    assert line.hears(f"{START}nul\0tail{END}") == [repr("nultail")]
    assert line.hears("y", APART) == ["y"]
    assert line.hears(f"{START}{END}") == []
    assert line.hears("y", APART) == ["y"]


WITH_ITS_OWN_END = (
    [f"{START}x {END} \x13 and more{END}"],
    [f"{START}x {END}", f" \x13 and more{END}"],
    [f"{START}x ", END, " \x13", " and more", END],
    [f"{START}x {END} \x13 and m", "ore", END[:3], END[3:]],
    [f"{START}x {END}{END} \x13 {END}and more"],
    [f"{START}x {END}{START} \x13 {END}{START}and more{END}"],
)
"""A paste in the middle of which the mark of its end stands, in one burst."""


@pytest.mark.parametrize("pieces", WITH_ITS_OWN_END)
def test_what_comes_together_with_the_end_of_a_paste_is_text(line: Line, pieces: list[str]) -> None:
    said = [name for each in pieces for name in line.hears(each)] + line.waits(APART)
    assert "".join(map(literal_eval, said)) == "x  \x13 and more"
    assert line.hears("\x13", APART) == ["ctrl+s"]


def test_the_rest_of_a_paste_is_text_however_late_it_comes_in_pieces_nobody_types(
    line: Line,
) -> None:
    assert line.hears(f"{START}x{END}\x13") + line.waits(0.3) == [repr("x"), repr("\x13")]
    assert line.hears("\r\rq and much more \x13") + line.waits(0.3) == [
        repr("\r\rq and much more \x13")
    ]
    assert line.hears(f"\x13{END}") + line.waits(0.3) == [repr("\x13")]
    assert line.hears("\x13") == ["ctrl+s"]


def test_a_key_after_a_paste_that_came_together_with_something_is_one(line: Line) -> None:
    assert line.hears(f"{START}x{END}y") == [repr("x")]
    assert line.hears("\x13", APART) == [repr("y"), "ctrl+s"]
    assert line.hears(f"{START}x{END}y") + line.waits(1.5) == [repr("x"), repr("y")]
    assert line.hears("typed ahead\r") == [*"typed", "space", *"ahead", "enter"]


def test_a_paste_whose_end_is_lost_is_shown_and_the_next_key_is_one(line: Line) -> None:
    assert line.hears(f"{START}half") == []
    assert line.waits(1.1) == [repr("half")]
    assert line.waits(1.1) == []
    assert line.hears("\x13") == ["ctrl+s"]


@pytest.mark.parametrize("apart", [0.03, 0.2, 0.9])
def test_after_two_reads_by_hand_a_paste_whose_end_is_lost_is_over(
    line: Line, apart: float
) -> None:
    assert line.hears(f"{START}half") == []
    assert line.hears("\x1b[A", apart) == []
    assert line.hears("\x13", apart) == [repr("half"), "up", "ctrl+s"]
    assert line.hears("b", apart) == ["b"]


def test_a_lone_escape_among_those_reads_is_the_key(line: Line) -> None:
    assert line.hears(f"{START}half") == []
    assert line.hears("\x1b", APART) == []
    assert line.hears("n", 0.2) == [repr("half"), "escape", "n"]


def test_a_paste_that_stops_for_a_while_goes_on(line: Line) -> None:
    assert line.hears(f"{START}half") + line.waits(1.1) == [repr("half")]
    assert line.hears("and a long rest of it\r\x13") == []
    assert line.hears(f"end{END}") == [repr("and a long rest of it\r\x13end")]


def test_a_paste_that_stutters_is_one_while_it_brings_more_than_somebody_types(
    line: Line,
) -> None:
    assert line.hears(f"{START}half") + line.hears("\x13", APART) == []
    assert line.hears("and a long rest of it", APART) + line.hears("\x1b[20", APART) == []
    assert line.hears("1~", APART) == [repr("half\x13and a long rest of it")]


def test_what_could_not_be_read_for_a_while_was_no_silence() -> None:
    clock = Clock()
    parser = KioskParser(0.1, clock)
    assert spelt(parser, [f"{START}half"]) == []
    clock.now += 5
    parser.go_on()
    assert spelt(parser, ["\x13", f"rest{END}"]) == [repr("half\x13rest")]


def test_of_a_paste_without_end_no_more_than_so_much_is_kept(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pasting, "LONGEST_PASTE", 1000)
    parser = KioskParser()
    (paste,) = [each for part in [START, *["x" * 300] * 12, END] for each in parser.feed(part)]
    assert isinstance(paste, Paste)
    assert (paste.text, dropped(paste)) == ("x" * 1000, 2600)


@pytest.mark.parametrize("begun", ["\x1b]", "\x1bPq", "\x1b_G", "\x1b^", "\x1bX"])
def test_a_string_without_end_gives_the_keys_back_at_the_second_that_is_typed(
    line: Line, begun: str
) -> None:
    assert line.hears(begun) + line.hears("n" * 5000) + line.hears("a", APART) == []
    assert line.hears("b", APART) == ["b"]


def test_many_characters_at_once_are_one_text_of_the_same_keys(parser: KioskParser) -> None:
    text = "Überall [/] ␇ 日本 \ufffd\U0001f600 x, y. z-9"
    (typed,) = parser.feed(text)
    assert isinstance(typed, TypedText)
    each = [key for character in text for key in KioskParser().feed(character)]
    assert [(key.key, key.character) for key in typed.each()] == [
        (key.key, key.character) for key in each if isinstance(key, Key)
    ]


BYTES = st.one_of(
    st.sampled_from([*KEYS, *NOTHING, START, END, "\x1b", "\x1b[", "\x1b]", "\x1bO", "\x9b"]),
    st.text(st.characters(codec="utf-8"), max_size=5),
)


@given(st.lists(BYTES, max_size=12), st.data())
def test_no_input_ends_the_reading_and_pieces_spell_what_the_whole_does(
    parts: list[str], data: st.DataObject
) -> None:
    text = "".join(parts) + END
    cut = data.draw(st.integers(0, len(text)))
    pieces = [piece for piece in (text[:cut], text[cut:]) if piece]
    assert _joined(pieces) == _joined([text])


def _joined(pieces: list[str]) -> list[str]:
    """Return what is spelt by pieces of one burst and keys behind it, each run of text as one."""
    line = Line()
    said = [name for piece in pieces for name in line.hears(piece)]
    said += line.hears("o", APART) + line.hears("k", APART)
    runs = groupby(said, lambda name: name[0] in "'\"" and len(name) > 1)
    return [
        name
        for is_text, names in runs
        for name in (["".join(map(literal_eval, names))] if is_text else names)
    ]


@given(st.lists(BYTES, max_size=12))
def test_after_any_input_and_a_silence_keys_count_again(parts: list[str]) -> None:
    line = Line()
    for part in [*filter(None, parts), END]:
        line.hears(part)
    line.waits(1.5)
    assert line.hears("o") + line.hears("k", APART) == ["o", "k"]
