"""A paste is one text to its end, and a key after it is a key, however its bytes come."""

from __future__ import annotations

from ast import literal_eval

import pytest
from textual.events import Paste

from eds_tui.ui.textual_ext import pasting
from eds_tui.ui.textual_ext.keyboard import KioskParser
from eds_tui.ui.textual_ext.typed import dropped
from tests.ui.spelling import APART, END, START, Clock, Line, spelt


@pytest.fixture
def line() -> Line:
    """A line on which time passes as a test says."""
    return Line()


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
