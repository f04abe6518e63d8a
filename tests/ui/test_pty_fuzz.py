"""A hundred thousand sequences of odd bytes: none ends the program, makes it deaf or acts.

What is sent in the first test spells no key that does anything: bytes of no character, sequences
that are broken off, reports and answers of terminals, keys that are let go, and pastes with
anything in them. In the second, anything at all is sent, and only the life of the program counts.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.factories import PASSWORD
from tests.ui.pty_data import services_at
from tests.ui.pty_kiosk import CALL, QUEUE, SIGN_IN, Seat, url

pytestmark = [pytest.mark.long, pytest.mark.on_sqlite, pytest.mark.timeout(1800)]

SEQUENCES = 100_000
ANYTHING = 4_000
"""How many of them are bytes of all kinds."""
BATCH, SMALL_BATCH = 1_000, 500
"""Sequences between two looks, and of bytes of all kinds."""
TRIES = 20
"""How often it is tried to come out of a screen: keys are forgotten while a password is checked."""
START, END = b"\x1b[200~", b"\x1b[201~"
NO_KEYS = b"IJKLMNOTUVWXYabcdefghijklmnopqrstvwxyz{|}"
"""Ends of control sequences that are no keys without an intermediate character."""
CLEAR = "\x1b[F\x15"
"""To the end of a line, and all of it deleted."""

PATIENT = {"ESCDELAY": "60000"}
"""On a busy machine a sequence may come in two pieces; it is not to count as the key Escape."""

Sequence = Callable[[random.Random], bytes]


def no_character(draw: random.Random) -> bytes:
    return bytes(draw.randrange(0x80, 0x100) for _ in range(draw.randint(1, 3)))


def control(draw: random.Random) -> bytes:
    parameters = "".join(draw.choices("0123456789;:", k=draw.randint(0, 12)))
    mark = draw.choice("<=>?")
    return f"\x1b[{mark}{parameters}".encode() + bytes([draw.choice(NO_KEYS)])


def no_key(draw: random.Random) -> bytes:
    numbers = ";".join(str(draw.randrange(10 ** draw.randint(1, 12))) for _ in range(4))
    return f"\x1b[{numbers}".encode() + bytes([draw.choice(b"cdfghlmnqstxyz")])


def string(draw: random.Random) -> bytes:
    text = bytes(draw.choices(range(0x20, 0x7F), k=draw.randint(0, 60)))
    return b"\x1b" + draw.choice([b"]", b"P", b"X", b"^", b"_"]) + text + draw.choice(
        [b"\x07", b"\x1b\\"]
    )  # fmt: skip


def old_mouse(draw: random.Random) -> bytes:
    return b"\x1b[M" + bytes(draw.randrange(0x20, 0x100) for _ in range(3))


def mouse(draw: random.Random) -> bytes:
    places = ";".join(str(draw.randrange(300)) for _ in range(3))
    return f"\x1b[<{places}{draw.choice('Mm')}".encode()


def let_go(draw: random.Random) -> bytes:
    return f"\x1b[{draw.randrange(0x11_0000)};{draw.randrange(1, 256)}:3u".encode()


def number_of_no_key(draw: random.Random) -> bytes:
    return f"\x1b[{draw.randrange(0x11_0000, 10**12)};{draw.randrange(1, 256)}u".encode()


def paste(draw: random.Random) -> bytes:
    text = bytes(draw.randrange(0x100) for _ in range(draw.randint(0, 40)))
    return START + text + END


def torn(draw: random.Random) -> bytes:
    whole = draw.choice(KINDS)(draw)
    part = whole[: draw.randint(2, max(2, len(whole) - 1))]
    # An escape character at the end of it would be one with the next sequence.
    return part.rstrip(b"\x1b") or b"\x1b["


KINDS: tuple[Sequence, ...] = (
    no_character, control, no_key, string, old_mouse, mouse, let_go, number_of_no_key, paste,
)  # fmt: skip


def leave(seat: Seat) -> None:
    """Go out of dialogs, out of places, and out of the session, whatever it is in."""
    for _ in range(TRIES):
        seat.write("\x1b[27u" * 4 + "\x11\x11")
        seat.settle()
        if SIGN_IN in seat.text():
            return
    raise AssertionError("Nobody comes out any more.")


def batch(draw: random.Random, kinds: tuple[Sequence, ...]) -> bytes:
    """Return so many sequences; a paste that was torn ends at their end."""
    return b"".join(draw.choice(kinds)(draw) for _ in range(BATCH)) + END


def stored(home: Path) -> list[tuple[int, ...]]:
    """Return how many there are of whatever an action would make."""
    with closing(sqlite3.connect(home / "eds.db")) as connection:
        return connection.execute(
            "SELECT (SELECT count(*) FROM incidents), (SELECT count(*) FROM comments),"
            " (SELECT count(*) FROM events), (SELECT count(*) FROM attachments)"
        ).fetchall()


def at_sign_in(seat: Seat) -> str:
    """Stay at the first screen."""
    seat.see(SIGN_IN)
    return SIGN_IN


def at_caller(seat: Seat) -> str:
    """Go to a field of a call."""
    seat.sign_in()
    seat.ask("n", CALL)
    seat.ask("00000", "▸ Test School")
    seat.ask("\rN2", "▸Network◂", "▸2 Site/Department◂")
    seat.write("\x1b[Z" * 4)
    return CALL


def at_search(seat: Seat) -> str:
    """Go to the search."""
    seat.sign_in()
    seat.ask("/", "Search")
    return "Search"


def sign_in_again(seat: Seat) -> None:
    """Sign in, whichever field has the cursor and whatever stands in both."""
    for _ in range(4):
        seat.write(f"{CLEAR}here?")
        seat.settle()
        if "Account      here?" in seat.text():
            seat.ask(f"{CLEAR}handler\t{CLEAR}{PASSWORD}\r", QUEUE)
            return
        # Where it does not show it was typed into the password, or at the buttons for it. Tab would
        # come from there to the buttons, and the next letters lead back.
        seat.write(f"{CLEAR}\x1b[Z")
    raise AssertionError("Nobody can sign in any more.")


PLACES = (at_sign_in, at_caller, at_search)


@pytest.mark.parametrize("go", PLACES)
def test_bytes_that_spell_no_action_do_none(home: Path, go: Callable[[Seat], str]) -> None:
    draw = random.Random(go.__name__)
    with Seat(home, PATIENT) as seat:
        place = go(seat)
        before = stored(home)
        for turn in range((SEQUENCES - ANYTHING) // BATCH // len(PLACES)):
            seat.write(batch(draw, (*KINDS, torn)))
            seat.settle()
            marker = f"<{turn}>"
            seat.ask(f"{CLEAR}{marker}", marker, place)
            assert stored(home) == before
        seat.write(CLEAR)


def test_any_bytes_leave_it_alive_and_listening(home: Path) -> None:
    draw = random.Random(4)
    with Seat(home, None, ("-m", "eds_tui", "kiosk", "--database", url(home))) as seat:
        seat.see(SIGN_IN)
        for _ in range(ANYTHING // SMALL_BATCH):
            sign_in_again(seat)
            some = (draw.randbytes(draw.randint(1, 8)) for _ in range(SMALL_BATCH))
            seat.write(b"".join(some) + END)
            seat.settle()
            leave(seat)
    with services_at(home) as services:
        assert services.sign_in.is_possible()
