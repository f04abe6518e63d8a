"""What the bytes of a terminal spell, and nothing that they do not."""

from __future__ import annotations

from ast import literal_eval
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import AppFocus, Key

from eds_tui.ui.textual_ext.keyboard import KioskParser
from eds_tui.ui.textual_ext.typed import TypedText
from tests.ui.spelling import APART, END, KEYS, NOTHING, START, Line, after_a_silence, spelt


@pytest.fixture
def parser() -> KioskParser:
    """A reader that takes any moment for a silence."""
    return KioskParser(escape_seconds=0.0)


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


@pytest.mark.parametrize("key", ["n", "b", "f", "1", "h", "§"])
def test_escape_and_a_key_are_two_keys_however_fast(parser: KioskParser, key: str) -> None:
    """Rule 53: Alt is used for nothing."""
    (name,) = spelt(parser, [key])
    assert spelt(parser, [f"\x1b{key}"]) == ["escape", name]
    assert spelt(parser, [f"x\x1b{key}y"]) == ["x", "escape", name, "y"]


def test_a_key_of_rxvt_that_looks_unfinished_is_one_after_a_silence(parser: KioskParser) -> None:
    assert spelt(parser, ["\x1b[3$"]) == []
    assert after_a_silence(parser) == ["shift+delete"]


def test_the_terminal_says_that_it_has_the_focus(parser: KioskParser) -> None:
    (said,) = parser.feed("\x1b[I")
    assert isinstance(said, AppFocus)


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
