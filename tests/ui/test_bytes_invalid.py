"""Bytes that are no UTF-8, as terminals set to another encoding send them, end nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.pty_data import logged
from tests.ui.pty_kiosk import CALL, QUEUE, SIGN_IN, Seat

pytestmark = [pytest.mark.long, pytest.mark.on_sqlite]

ODD = (b"\xe5", b"\xc3", b"\xe1", b"\xf0\x9f", b"\x1b[M \x84!", b"\x1b[M#\xff\xff")
"""Letters of Latin-1, halves of characters, old mouse reports."""
ALT = b"\x1b\xe9"
"""An 8-bit Alt: Esc and half a character, however fast they came (rule 53)."""


def test_a_text_of_another_encoding_is_refused_in_words_and_nothing_of_it_is_kept(
    home: Path,
) -> None:
    with Seat(home) as seat:
        seat.begin_call()
        seat.ask("00000\rN2", "▸2 Site/Department◂", "Test Bursar")
        seat.ask("fel ", "fel ")
        refused = "of that is not in UTF-8, the encoding of this terminal."
        seat.ask(b"\xff", f"! Line 1 {refused}")
        seat.ask(b"\x1b[200~one\rp\xe5 skrivare \xff\x1b[201~", f"! Line 2 {refused}")
        seat.settle()
        seat.ask("ok", "fel ok")
        seat.ask("\x13", "The number is")
    assert [row[2] for row in logged(home)] == ["fel ok"]


def test_bytes_that_are_no_text_end_nothing(home: Path) -> None:
    with Seat(home) as seat:
        seat.see(SIGN_IN)
        for data in ODD:
            seat.write(data)
        # Whatever they made of the account's name is taken away again.
        seat.write("\r\x1b[Z\x1b[F\x15")
        seat.sign_in()
        for data in (*ODD, ALT):
            seat.write(data)
            seat.ask("\x1b[27un", CALL)
            seat.write(data)
            seat.ask("\x1b[27u", QUEUE)


def test_a_character_that_comes_in_two_pieces_is_one(home: Path) -> None:
    with Seat(home) as seat:
        seat.see(SIGN_IN)
        seat.ask(b"x\xf0\x9f", "Account      x")
        seat.settle()
        seat.ask(b"\x98\x80y", "Account      x\U0001f600y")
