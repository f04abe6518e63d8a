"""A session whose terminal a prefork client has handed over: as if the terminal were its own."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
from pathlib import Path
from time import monotonic

import pytest

from eds_tui.cli.kiosk import NO_SCREEN, NO_TERMINAL
from eds_tui.ssh.prefork_client import OFFERED, mark
from tests.furnished import Furnished
from tests.preloaded import Preloaded, preloading
from tests.ssh.server import wait_until_gone
from tests.ssh.sessions import settings, sit, standing_in
from tests.terminal import PATIENCE
from tests.ui.pty_data import services_at
from tests.ui.pty_kiosk import CALL, QUEUE, SIGN_IN, Person
from tests.ui.pty_state import HOSTILE, OF_NO_CONCERN, WAYS_OUT, modes

pytestmark = pytest.mark.on_sqlite

_OTHERS = (pytest.param(each, marks=pytest.mark.long) for each in (signal.SIGINT, signal.SIGQUIT))
GIVEN_BACK = {"7": "h", "25": "h", "1004": "l", "1049": "l", "2004": "l"}
OVER_SSH = {"SSH_CONNECTION": "192.0.2.1 5 192.0.2.2 22"}


def begin_call(seat: Person) -> None:
    """Sign in and type a part of a call."""
    seat.sign_in()
    seat.ask("n", CALL)
    seat.ask("garst\rN2Printer jams", "Printer jams")


def draft(home: Path, furnished: Furnished) -> object:
    """Return the description that was kept of a call."""
    with services_at(home) as services:
        (kept,) = services.drafts.under(furnished.people.handler, "call:")
    return kept.body["description"]


def wait_until_kept(home: Path, furnished: Furnished) -> None:
    """Wait until the whole call is kept, as it is every second."""
    end = monotonic() + PATIENCE
    with services_at(home) as services:
        while "Printer jams" not in str(services.drafts.under(furnished.people.handler, "call:")):
            assert monotonic() < end, "It is not kept."


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, *_OTHERS])
def test_a_client_that_is_signalled_to_end_ends_when_its_session_has_ended_well(
    preloaded: Preloaded, home: Path, furnished: Furnished, number: signal.Signals
) -> None:
    with sit(preloaded, home) as seat:
        begin_call(seat)
        session = preloaded.session(seat.process)
        os.kill(seat.process, number)
        assert seat.ended() == 0
        assert modes(seat.sent) == GIVEN_BACK
        wait_until_gone(session)
    assert draft(home, furnished) == "Printer jams"


def test_other_signals_neither_end_nor_stop_it(preloaded: Preloaded, home: Path) -> None:
    with sit(preloaded, home) as seat:
        seat.sign_in()
        assert preloaded.session(seat.process)
        seat.ask("n", CALL)
        seat.ask("garst\rN2", "Description")
        for place, name in enumerate(OF_NO_CONCERN):
            os.kill(seat.process, signal.Signals[f"SIG{name}"])
            seat.ask(f"k{place}.", f"k{place}.")
        seat.see("".join(f"k{place}." for place in range(len(OF_NO_CONCERN))))


def test_it_follows_the_window_and_paints_again_when_it_goes_on(
    preloaded: Preloaded, home: Path
) -> None:
    with sit(preloaded, home) as seat:
        seat.sign_in()
        assert preloaded.session(seat.process)
        seat.resize(132, 43)
        seat.wait_for(rf"(?s)\A(?:[^\n]*\n){{42}}[^\n]*{QUEUE}")
        seat._stream.feed(b"\x1b[2J\x1b[5;5Hsomething else")
        os.kill(seat.process, signal.SIGCONT)
        seat.see_no_more("something else")


def test_a_window_that_changes_before_signals_are_passed_on_is_told(
    home: Path, tmp_path: Path
) -> None:
    with standing_in(tmp_path / "socket") as (stand_in, parent), sit(stand_in, home) as seat:
        line, _ = parent.accept()
        seat.resize_now(132, 43)
        with line:
            line.send(mark())
            _, offered, _, _ = socket.recv_fds(line, 1 << 18, OFFERED)
            for each in offered:
                os.close(each)
            assert line.recv(1) == bytes([signal.SIGWINCH])
            line.send(bytes([7]))
        assert seat.ended() == 7


def test_a_terminal_that_vanishes_ends_it_and_what_was_typed_is_kept(
    preloaded: Preloaded, home: Path, furnished: Furnished
) -> None:
    with sit(preloaded, home) as seat:
        begin_call(seat)
        session = preloaded.session(seat.process)
        assert seat.hung_up() == 0
        wait_until_gone(session)
    assert draft(home, furnished) == "Printer jams"


@pytest.mark.long
@pytest.mark.parametrize("victim", ["client", "session"])
def test_what_is_killed_takes_nothing_with_it_but_its_other_half(
    preloaded: Preloaded, home: Path, furnished: Furnished, victim: str
) -> None:
    with sit(preloaded, home) as other, sit(preloaded, home) as seat:
        other.sign_in("lead")
        begin_call(seat)
        wait_until_kept(home, furnished)
        session = preloaded.session(seat.process)
        os.kill(seat.process if victim == "client" else session, signal.SIGKILL)
        assert seat.ended() == (-1 if victim == "client" else 1)
        wait_until_gone(session)
        other.ask("n", CALL)
        assert preloaded.session(other.process)
    assert draft(home, furnished) == "Printer jams"


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_sessions_outlive_the_parent_and_the_next_begin_without_it(
    home: Path, tmp_path: Path, number: signal.Signals
) -> None:
    (tmp_path / "run").mkdir()
    with preloading(tmp_path / "run") as mortal, sit(mortal, home) as seat:
        seat.sign_in()
        session = mortal.session(seat.process)
        os.kill(mortal.process, number)
        wait_until_gone(mortal.process)
        seat.ask("n", CALL)
        with sit(mortal, home, **OVER_SSH) as later:
            later.sign_in()
            assert b"eds_tui\0kiosk" in Path(f"/proc/{later.process}/cmdline").read_bytes()
            with preloading(tmp_path / "run") as new, sit(new, home) as again:
                again.sign_in()
                assert new.session(again.process)
        seat.ask("garst\rN2Printer jams", "Printer jams")
        os.kill(seat.process, signal.SIGTERM)
        assert seat.ended() == 0
        wait_until_gone(session)


def test_without_a_keyboard_it_is_refused_in_the_same_words(
    preloaded: Preloaded, home: Path
) -> None:
    command = preloaded.client_command(settings(home))
    for stdin in (subprocess.DEVNULL, subprocess.PIPE, None):
        done = subprocess.run(command, stdin=stdin, capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (1, b"")
        assert NO_TERMINAL in done.stderr.decode()


def test_without_a_terminal_that_is_known_it_is_refused_in_the_same_words(
    preloaded: Preloaded, home: Path
) -> None:
    with sit(preloaded, home, TERM="dumb") as seat:
        assert seat.ended() == 1
        seat.see(NO_SCREEN[:60])


def test_nothing_in_the_environment_counts(preloaded: Preloaded, home: Path) -> None:
    with sit(preloaded, home, **HOSTILE) as seat:
        seat.see(SIGN_IN)
        assert preloaded.session(seat.process)
        for key in WAYS_OUT:
            seat.write(key)
        seat.sign_in()
        seat.ask("\x11", SIGN_IN)
        seat.see_no_more(QUEUE)
    with sit(preloaded, home, **HOSTILE, **OVER_SSH) as seat:
        seat.see(SIGN_IN)
        seat.write("\x11")
        assert seat.ended() == 0
        assert ">>>" not in seat.text()


def test_folder_and_umask_of_the_front_are_those_of_the_session(
    preloaded: Preloaded, home: Path
) -> None:
    client = shlex.join(preloaded.client_command(settings(home).relative_to(home)))
    command = ["sh", "-c", f"cd {home} && umask 037 && exec {client}"]
    with Person(command, {"HOME": str(home)}) as seat:
        seat.sign_in()
        session = Path("/proc", str(preloaded.session(seat.process)))
        assert (session / "cwd").readlink() == home
        assert "\nUmask:\t0037\n" in (session / "status").read_text()
