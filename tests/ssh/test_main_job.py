"""A call is logged over SSH, from sign-in to log-out, on lines and terminals as they come."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.factories import PASSWORD
from tests.furnished import Furnished
from tests.ssh.server import Sshd, wait_until_gone
from tests.ui.pty_data import logged, services_at
from tests.ui.pty_kiosk import CALL, QUEUE, SIGN_IN

pytestmark = pytest.mark.on_sqlite

NUMBER = "The number is  INC0000001"
A_MINUTE = 60.0
"""Within which a session ends whose other side is just gone, as the page over-ssh says."""


def test_a_call_is_logged_and_its_number_is_on_the_screen(sshd: Sshd, home: Path) -> None:
    with sshd.sit() as seat:
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask("garst\rN2No internet in the building.", "No internet in the building.")
        seat.ask("\x13", NUMBER)
        seat.ask("\r", QUEUE, "▸INC0000001")
        kiosk = sshd.kiosk()
        seat.ask("q", SIGN_IN)
        seat.write("\x11")
        assert seat.ended() == 0
    wait_until_gone(kiosk)
    assert [row[2] for row in logged(home)] == ["No internet in the building."]


def test_what_is_typed_before_the_line_is_up_is_not_lost(sshd: Sshd, home: Path) -> None:
    with sshd.sit() as seat:
        # Until the client has set it up, the terminal at hand keeps Ctrl+S to itself.
        seat.ask(f"handler\r{PASSWORD}\rngarst\rN2No internet.", CALL, "Description  No internet.")
        seat.ask("\x13", NUMBER)
    assert [row[2] for row in logged(home)] == ["No internet."]


def test_the_kiosk_follows_the_size_of_the_window(sshd: Sshd) -> None:
    with sshd.sit() as seat:
        seat.sign_in()
        seat.resize(132, 43)
        seat.wait_for(rf"(?s)\A(?:[^\n]*\n){{42}}[^\n]*{QUEUE}")


@pytest.mark.parametrize(("locale", "charset", "shown"), [
    ("POSIX", "utf-8", "?rger ?ber ?l"),
    ("sv_SE.ISO-8859-1", "latin-1", "Ärger über Öl"),
    ("en_GB.UTF-8", "utf-8", "Ärger über Öl"),
])  # fmt: skip
def test_the_language_of_the_other_side_comes_over(
    sshd: Sshd, home: Path, locale: str, charset: str, shown: str
) -> None:
    names = ("LANG", "LC_ALL", "LC_CTYPE")
    options = [part for name in names for part in ("-o", f"SendEnv={name}")]
    variables = dict.fromkeys(names, locale)
    with sshd.sit(*options, environment=variables, charset=charset) as seat:
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask(b"garst\rN2" + "Ärger über Öl".encode(charset), shown)
        assert {sshd.environment_of_kiosk()[name] for name in names} == {locale}
        seat.ask("\x13", "The number is")
    assert [row[2] for row in logged(home)] == ["Ärger über Öl"]


@pytest.mark.parametrize(
    "end", ["client", "server", pytest.param("silence", marks=pytest.mark.long)]
)
def test_a_line_that_drops_ends_the_kiosk_and_keeps_what_was_typed(
    sshd: Sshd, home: Path, furnished: Furnished, end: str
) -> None:
    with sshd.sit() as seat:
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask("garst\rN2Printer jams", "Printer jams")
        kiosk = sshd.kiosk()
        if end == "silence":
            # A client that is stopped answers nothing, and its side of the line stays up.
            os.kill(seat.process, signal.SIGSTOP)
        else:
            os.kill(seat.process if end == "client" else sshd.serving(), signal.SIGKILL)
            seat.ended()
        wait_until_gone(kiosk, A_MINUTE)
    with services_at(home) as services:
        (draft,) = services.drafts.under(furnished.people.handler, "call:")
    assert draft.body["description"] == "Printer jams"
