"""What people wrote is shown as they wrote it, and nothing of it steers the terminal."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from eds_tui.ui.commands.incidents import SaveAttachment
from tests import nasty
from tests.factories import People
from tests.ui.pty_data import log_with_file, services_at, spoil_people
from tests.ui.pty_kiosk import CALL, QUEUE, Seat
from tests.ui.pty_screen import stray

pytestmark = [pytest.mark.on_sqlite, pytest.mark.long]

SAVE = SaveAttachment.keys
BRACKETS = "[/][red]x[/b"
BRACKETS_ON_DISK = "[ [red]x [b"
STEERING = "".join((*nasty.CONTROL, *nasty.INVISIBLE))
TEXTS = (*nasty.CONTROL, *nasty.INVISIBLE, *nasty.WIDE, *(text for text, _ in nasty.UNSTORABLE[:2]))


def on_disk(folder: Path, *names: str) -> None:
    """Make a file of every name that the file system takes."""
    for name in names:
        if "/" not in name and "\0" not in name:
            Path(folder, os.fsdecode(os.fsencode(name))).touch()


def test_brackets_are_shown_whole_wherever_the_service_centre_reads_them(
    home: Path, people: People
) -> None:
    with services_at(home) as services:
        number = log_with_file(services, people, BRACKETS)
        services.conversation.comment(people.handler, number, BRACKETS, "key")
    spoil_people(home, BRACKETS)
    on_disk(home / "files", BRACKETS_ON_DISK)
    with Seat(home) as seat:
        seat.sign_in()
        seat.see(f"INC0000001  {BRACKETS}, ", f"A. Handler for C{BRACKETS} (phone)")
        seat.see(f"… {BRACKETS} ", f" · {BRACKETS}")
        seat.ask("\r", f"INC0000001  {BRACKETS}, {BRACKETS}", f"C{BRACKETS} ({BRACKETS})")
        seat.see(f"{BRACKETS}  1 bytes", f" - {BRACKETS}")
        seat.ask(SAVE, "Saved as ")
        seat.wait_for(r"\s*".join(map(re.escape, BRACKETS.replace("/", "_"))))
        seat.ask("\x1b[27u", QUEUE)
        seat.ask("o", "Portal 00000", f" · {BRACKETS} · {BRACKETS} · ", f" C{BRACKETS} ")
        seat.ask("\x1b[27u", QUEUE)
        seat.ask(f"1{BRACKETS}\r", f"! 1{BRACKETS} is not an incident number.")
        seat.ask("\x1b[27u", QUEUE)
        seat.ask("n", CALL)
        seat.ask("00000", f"▸ {BRACKETS}, {BRACKETS}  ")
        seat.ask("\r", f"School       {BRACKETS}, {BRACKETS}", f"Caller       {BRACKETS} ")
        seat.ask(f"N2{BRACKETS}", f"Description  {BRACKETS}", f"Telephone {BRACKETS}")
        seat.ask("\x14", f"{BRACKETS_ON_DISK}   0 bytes")
        (home / "files" / BRACKETS_ON_DISK).unlink()
        seat.ask("\r", f"! {BRACKETS_ON_DISK} is not there (any more).")
        seat.ask("\x13", f"Notified by e-mail: {BRACKETS}.")


def test_brackets_are_shown_whole_wherever_a_school_reads_them(home: Path, people: People) -> None:
    with services_at(home) as services:
        log_with_file(services, people, BRACKETS)
    spoil_people(home, BRACKETS)
    with Seat(home) as seat:
        logged_in = f"Logged in as {BRACKETS} (00000EDU) ({BRACKETS}, {BRACKETS})"
        seat.sign_in("00000EDU", sees=logged_in)
        seat.see(f"INC0000001 {BRACKETS} ", f" C{BRACKETS} …")
        seat.ask("i", "What the states mean")
        seat.ask("\x1b[B", f"Name              {BRACKETS}", f"{BRACKETS} · {BRACKETS} · ")
        seat.ask("\x1b[B", f"Connection type   {BRACKETS}")


def test_every_text_with_brackets_is_shown_whole_in_the_list(home: Path, people: People) -> None:
    with services_at(home) as services:
        for text in nasty.MARKUP:
            log_with_file(services, people, text)
    with Seat(home) as seat:
        seat.sign_in()
        seat.resize(99, 40)
        for number, text in enumerate(nasty.MARKUP, 1):
            seat.see(f"INC{number:07d}  Test School, Test T… {text} ")


def spoil_incidents(home: Path) -> None:
    """Store what the services would have replaced."""
    with closing(sqlite3.connect(home / "eds.db")) as connection, connection:
        connection.execute("UPDATE incidents SET description=? WHERE number % 7 = 0", ["nul\0tail"])
        connection.execute("UPDATE attachments SET incident_id = 1")


def test_nothing_that_is_stored_steers_the_terminal_of_the_service_centre(
    home: Path, people: People
) -> None:
    with services_at(home) as services:
        for place, text in enumerate(TEXTS):
            number = log_with_file(services, people, text)
            services.conversation.comment(people.handler, number, "".join(TEXTS), f"key-{place}")
        last = f"INC{number:07d}"
        for form in ("one", "two"):
            draft = {"description": STEERING, "school": STEERING, "caller": STEERING, "of": form}
            services.drafts.save(people.handler, f"call:{form}", draft)
    spoil_people(home, STEERING)
    spoil_incidents(home)
    on_disk(home / "files", *TEXTS)
    with Seat(home) as seat:
        seat.sign_in()
        seat.see(last)
        seat.write("\x1b[B" * len(TEXTS))
        seat.ask("\x1b[F", "▸INC0000001")
        seat.ask("\r", "Description", " bytes  ")
        seat.write("\x1b[6~" * 9)
        seat.see("end␎shift␏abc")
        seat.ask(SAVE, "Save which file?")
        seat.write("\x1b[B" * len(TEXTS))
        seat.ask("\r", "Saved as ")
        seat.ask("\x1b[27u", QUEUE)
        seat.ask("o", "Portal 00000")
        seat.ask("\x1b[27u", QUEUE)
        seat.ask("n", CALL)
        seat.ask("00000", "▸ AAA")
        seat.ask("\r", "School       AAA")
        seat.ask("N2", "▸Network◂")
        seat.ask("\x05", "Go on with which?")
        seat.ask("\r", "No school is found by that.")
        seat.see("endshiftabc")
        seat.ask("\x14", "Enter Choose")
        seat.write("\x1b[B" * len(TEXTS))
        seat.ask("\x1b[27u", CALL)
        seat.ask("\x1b[27u", QUEUE)
        seat.write("\x11")
        seat.see("Account")

        assert stray(seat.sent) == []
        assert seat.screen.title == ""


def test_nothing_that_is_stored_steers_the_terminal_of_a_school(home: Path, people: People) -> None:
    with services_at(home) as services:
        for text in TEXTS:
            log_with_file(services, people, text)
    spoil_people(home, STEERING)
    with Seat(home) as seat:
        seat.sign_in("00000EDU", sees="Logged in as AAA")
        seat.see(f"INC{len(TEXTS):07d}")
        seat.write("\x1b[B" * len(TEXTS))
        seat.ask("i", "What the states mean")
        seat.ask("\x1b[B", "Name ", "AAA␛]2;PWNED␛")
        seat.ask("\x1b[B", "Connection type ", "AAA␛]2;PWNED␛")
        seat.write("\x11")
        seat.see("Account")

        assert stray(seat.sent) == []
        assert seat.screen.title == ""
