"""Whatever is typed or pasted is text, however a terminal sends it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.pty_data import logged
from tests.ui.pty_form import PASTE, PASTED, TEST_SCHOOL, at_caller
from tests.ui.pty_kiosk import CALL, QUEUE, SIGN_IN, Seat
from tests.ui.pty_screen import stray

pytestmark = pytest.mark.on_sqlite

ODD = "['%_\"\U0001f600é]\\"
LINES = (
    ("first\nsecond\nthird", "first second third"),
    ("first\r\nsecond\r\n", "first second"),
    ("\n\n first\rsecond", "first second"),
    ("a\x85b\u2028c\x0bd\x0ce", "a b c d e"),
    ("a\tb\tc", "a b c"),
    ("nul\0tail", "nultail"),
)
"""What is pasted, and what it is as one line."""
ESCAPE = "\x1b"
ESCAPES = ("abc\x1b[31mred d q", "one\x1bd more", "ab\x1b\x1bcd", "x\x1b", "\x1b[27u\x1b[A")


def pasted(text: str) -> str:
    """Return what a terminal with bracketed paste sends for a text."""
    return f"{PASTE}{text}{PASTED}"


def test_odd_characters_are_typed_into_every_field_and_kept(home: Path) -> None:
    with Seat(home) as seat:
        seat.see(SIGN_IN)
        seat.ask(ODD, f"Account      {ODD}")
        seat.write("\x7f" * len(ODD))
        seat.see_no_more("[")
        seat.begin_call()
        seat.ask(ODD, f"School       {ODD}")
        seat.ask("\x15", "School       name, town or number")
        seat.ask("00000", f"▸ {TEST_SCHOOL}")
        seat.ask("\rN2", "▸2 Site/Department◂", "Test Bursar")
        seat.ask(f"D{ODD}", f"D{ODD}")
        seat.write("\x1b[Z" * 4)
        seat.ask(f"\x1b[F\x15T{ODD}", f"Telephone T{ODD}")
        seat.write("\x1b[Z")
        seat.ask(f"\x1b[F\x15C{ODD}", f"Caller       C{ODD}")
        seat.ask("\x13", "The number is")
        seat.ask("\r", QUEUE)
        seat.ask(f"1{ODD}\r", f"! 1{ODD} is not an incident number.")
        seat.ask("\x1b[27u", QUEUE)
        seat.ask("\r", "Comments", "none yet")
        seat.ask(f"cW{ODD}\x13", f"- W{ODD}")

        assert stray(seat.sent) == []
    assert logged(home) == [(f"C{ODD}", f"T{ODD}", f"D{ODD}", "00000", "network", 2)]


@pytest.mark.long
def test_what_is_pasted_into_one_line_becomes_one_line(home: Path) -> None:
    with Seat(home) as seat:
        at_caller(seat)
        for text, kept in LINES:
            seat.ask(pasted(text), f"Caller       {kept} ")
            seat.ask("<>", f"Caller       {kept}<> ")
            seat.write("\x15")
            seat.see_no_more("<>")


@pytest.mark.long
def test_a_paste_that_is_too_long_for_its_line_is_cut_and_not_dropped(home: Path) -> None:
    with Seat(home) as seat:
        at_caller(seat)
        seat.ask(pasted("x" * 300), "Caller       xxx")
        seat.write("\t" * 5)
        seat.ask("No internet", "No internet")
        seat.ask("\x13", "The number is")
    assert [row[0] for row in logged(home)] == ["x" * 200]


def test_what_is_pasted_into_the_description_keeps_its_lines(home: Path) -> None:
    with Seat(home) as seat:
        at_caller(seat)
        seat.write("Caller" + "\t" * 5)
        seat.write(pasted("one\ttab\r\ntwo\rthree\nfour [/] \x07 end"))
        seat.see("four [/] ␇ end")
        seat.ask("\x13", "The number is")
    assert [row[2] for row in logged(home)] == ["one tab\ntwo\nthree\nfour [/] ␇ end"]


@pytest.mark.long
def test_an_escape_within_a_paste_acts_on_nothing(home: Path) -> None:
    with Seat(home) as seat:
        at_caller(seat)
        for text in ESCAPES:
            seat.ask(f"{pasted(text)}Z", f"Caller       {text.replace(ESCAPE, '␛')}Z ")
            seat.write("\x15")
            seat.see_no_more("Z ")
        seat.write(f"{PASTE}half\x1b")
        # As long as it takes to count a lone escape character as the key.
        seat.settle(quiet=0.5)
        seat.ask(f"[other{PASTED}Z", "Caller       half␛[otherZ ")


@pytest.mark.long
def test_lines_that_come_as_keys_log_nothing(home: Path) -> None:
    with Seat(home) as seat:
        at_caller(seat)
        seat.write("first\rsecond\rthird\r\rN\r1\r\r" * 3)
        seat.ask("end of it", "end of it", CALL)
        seat.ask("\x1b[27u", QUEUE)
    assert logged(home) == []


@pytest.mark.long
def test_a_huge_paste_is_cut_with_a_sentence_and_the_program_answers_afterwards(home: Path) -> None:
    with Seat(home) as seat:
        at_caller(seat)
        seat.write("Caller" + "\t" * 5)
        seat.write(pasted("lorem 12345\n" * 87_382))
        seat.see("Only 8,000 of 1,048,584 characters fitted; 8,000 can be kept in")
        seat.ask("z", "It is full: 8,000 characters can be kept.")
        seat.ask("\x13", "The number is")
        seat.ask("\r", QUEUE, "lorem 12345")
        assert stray(seat.sent) == []
    ((_, _, description, *_),) = logged(home)
    assert description == ("lorem 12345\n" * 87_382)[:8000]
