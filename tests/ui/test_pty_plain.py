"""The kiosk on terminals that are not UTF-8, or that are to be sent no colour (pitfalls 49, 50)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.factories import People
from tests.ui.pty_data import log_with_file, logged, services_at
from tests.ui.pty_kiosk import CALL, QUEUE, Seat

pytestmark = pytest.mark.on_sqlite

TEXT = "Skrivare på – “打”"
LATIN = 'Skrivare på - "??"'
PLAIN = 'Skrivare p? - "??"'
TERMINALS = (
    ({"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "ascii", PLAIN),
    ({"LANG": "C"}, "ascii", PLAIN),
    ({"EDS_TUI_CHARACTERS": "ascii"}, "ascii", PLAIN),
    ({"LC_ALL": "en_GB.ISO-8859-1", "PYTHONUTF8": "1"}, "latin-1", LATIN),
    ({"PYTHONIOENCODING": "latin-1"}, "latin-1", LATIN),
    ({"PYTHONIOENCODING": "cp437"}, "cp437", LATIN),
    ({"LANG": "C", "EDS_TUI_CHARACTERS": "unicode"}, "utf-8", TEXT),
)
COLOUR = re.compile(rb"\x1b\[(?:\d*;)*(?:3\d|4\d|9\d|10\d)(?:;\d*)*m")


@pytest.mark.parametrize(("environment", "charset", "seen"), [
    pytest.param(*each, marks=() if at == 4 else pytest.mark.long)
    for at, each in enumerate(TERMINALS)
], ids=str)  # fmt: skip
def test_what_is_sent_and_typed_is_in_the_terminals_own_characters(
    home: Path, people: People, environment: dict[str, str], charset: str, seen: str
) -> None:
    with services_at(home) as services:
        log_with_file(services, people, TEXT)
    typed = "y" if charset == "ascii" else "på"
    with Seat(home, environment, charset=charset) as seat:
        seat.sign_in()
        seat.see(f"{seen}")
        seat.ask("n", CALL)
        seat.ask("garst", "St Mary's and St Michael's, Garstang")
        seat.ask("\rN2", "Network", "2 Site/Department")
        seat.ask(f"Skriv {typed}".encode(charset), f"Skriv {typed}")
        seat.ask("\x13", "The number is")
        seat.ask("\r", QUEUE)
        assert "�" not in seat.text()
        assert "\\u" not in seat.text()
        if charset == "ascii":
            assert seat.sent.isascii()
    assert logged(home)[-1][2] == f"Skriv {typed}"


@pytest.mark.parametrize(
    "theme", ["eds-dark", pytest.param("eds-terminal", marks=pytest.mark.long)]
)
def test_where_no_colour_is_wanted_none_is_sent_and_the_cursor_is_still_seen(
    home: Path, people: People, theme: str
) -> None:
    with services_at(home) as services:
        log_with_file(services, people, "No internet")
    with Seat(home, {"NO_COLOR": "1", "EDS_TUI_THEME": theme}) as seat:
        seat.sign_in()
        seat.see("▸INC0000001")
        row = seat.screen.cursor.y
        assert seat.screen.buffer[row][5].reverse
        seat.ask("n", CALL)
        seat.ask("garst", "▸ St Mary's")
        seat.ask("\r", "30112")
        seat.settle()
        cursor = seat.screen.cursor
        assert seat.screen.buffer[cursor.y][cursor.x].data == "D"
        seat.ask("N", "▸Network◂")
        seat.settle()
        cursor = seat.screen.cursor
        assert seat.screen.buffer[cursor.y][cursor.x].reverse
        seat.ask("\x1b[27u", QUEUE)
        for key, sees, name in (("a", "Assign to", "nobody"), ("i", "Escalation", "What the")):
            seat.ask(key, sees)
            seat.settle()
            row = next(y for y, line in enumerate(seat.screen.display) if name in line)
            assert seat.screen.buffer[row][seat.screen.display[row].index(name)].reverse
            seat.ask("\x1b[27u", QUEUE)
        seat.ask("t", "Colours")
        assert not COLOUR.findall(seat.sent)


def test_a_terminal_that_lies_about_its_colours_is_sent_none_by_a_key_and_few_by_the_setting(
    home: Path, people: People
) -> None:
    """Before anybody has signed in, too, and nothing that was on the screen is lost."""
    with services_at(home) as services:
        log_with_file(services, people, "No internet")
    lying = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    with Seat(home, lying) as seat:
        seat.see("Password")
        seat.settle()
        assert b"38;2;" in seat.sent
        before, start = seat.text(), len(seat.sent)
        seat.write("\x0c\x0c")
        seat.settle()
        assert (seat.text(), COLOUR.findall(seat.sent[start:].rpartition(b"\x1b[1;1H")[2])) == (
            before, [],
        )  # fmt: skip
        seat.sign_in()
        seat.see("▸INC0000001")
        assert seat.screen.buffer[seat.screen.cursor.y][5].reverse
    with Seat(home, {**lying, "EDS_TUI_COLOURS": "16", "EDS_TUI_THEME": "eds-light"}) as seat:
        seat.sign_in()
        seat.see("▸INC0000001")
        assert b"38;2;" not in seat.sent
        assert b"38;5;" not in seat.sent
        assert b"30;47m" in seat.sent
