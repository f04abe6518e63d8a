"""Sessions from one preloaded program have nothing of one another, and nobody else gets in."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic

import pytest

from eds_tui.ssh.prefork_client import ANSWER_SECONDS, MARK_BYTES, mark
from tests import processes
from tests.preloaded import Preloaded, preloading
from tests.ssh.sessions import sit, standing_in
from tests.terminal import PATIENCE
from tests.ui.pty_kiosk import CALL

pytestmark = [pytest.mark.on_sqlite, pytest.mark.long]

NOBODY = 65534


def opened(process: int) -> dict[int, str]:
    """Return what the descriptors of a process lead to."""
    folder = Path(f"/proc/{process}/fd")
    return {int(each.name): os.readlink(each) for each in folder.iterdir()}


def memory(process: int) -> Iterator[bytes]:
    """Yield what a process can write in its memory, piece by piece."""
    with open(f"/proc/{process}/mem", "rb", buffering=0) as mem:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            place, rights, *_, name = [*line.split(), ""]
            if rights.startswith("rw") and name != "[vvar]":
                begin, end = (int(each, 16) for each in place.split("-"))
                mem.seek(begin)
                # A piece that the process has given back since the list was read holds nothing.
                with suppress(OSError):
                    yield mem.read(end - begin)


def holds(process: int, text: str) -> bool:
    """Return whether a text of ASCII is in the memory of a process."""
    return any(text.encode() in piece for piece in memory(process))


def test_a_session_holds_its_own_terminal_and_line_and_nothing_of_others(
    preloaded: Preloaded, home: Path
) -> None:
    with sit(preloaded, home) as one, sit(preloaded, home) as other:
        one.sign_in()
        other.sign_in("lead")
        found = [opened(preloaded.session(each.process)) for each in (one, other)]
        terminals = [{each for each in links.values() if "/pts/" in each} for links in found]
        assert [len(each) for each in terminals] == [1, 1]
        parent = opened(preloaded.process)
        # Its standard streams, and where it listens.
        assert sorted(parent) == [0, 1, 2, 3]
        lines = [
            {each for each in links.values() if each.startswith(("socket:", "pipe:", "/dev/pts"))}
            for links in (*found, parent)
        ]
        for place, each in enumerate(lines):
            assert each
            assert not each & set().union(*lines[:place], *lines[place + 1 :])
        for seat in (one, other):
            session = preloaded.session(seat.process)
            assert os.getsid(session) == os.getpgid(session) == session


def test_the_parent_has_one_thread_and_no_part_of_a_session(preloaded: Preloaded) -> None:
    assert len(list(Path(f"/proc/{preloaded.process}/task").iterdir())) == 1


def test_what_one_types_is_in_no_memory_but_its_own(preloaded: Preloaded, home: Path) -> None:
    with sit(preloaded, home) as one:
        one.sign_in()
        one.ask("n", CALL)
        one.ask("garst\rN2only mine 4711", "only mine 4711")
        with sit(preloaded, home) as other:
            other.sign_in("lead")
            assert holds(preloaded.session(one.process), "only mine 4711")
            assert not holds(preloaded.session(other.process), "only mine 4711")
            assert not holds(preloaded.process, "only mine 4711")


def test_a_front_that_hands_nothing_over_holds_up_nobody(preloaded: Preloaded, home: Path) -> None:
    stalled = [socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) for _ in range(5)]
    for each in stalled:
        each.connect(str(preloaded.socket))
    with sit(preloaded, home) as seat:
        seat.sign_in()
        assert preloaded.session(seat.process)
        for each in stalled:
            each.close()
        end = monotonic() + PATIENCE
        # All of them go, and only the one that began stays.
        while len(processes.family(preloaded.process)) > 2:
            assert monotonic() < end, "Somebody goes on who never began."


@pytest.mark.parametrize(
    "answer",
    [
        b"0.0.1 1:2:3 4:5:6 7:8:9",
        *(pytest.param(each, marks=pytest.mark.long) for each in (b"", mark()[:-1], None)),
    ],
)
def test_a_parent_with_other_code_or_without_an_answer_is_passed_by(
    home: Path, tmp_path: Path, answer: bytes | None
) -> None:
    with standing_in(tmp_path / "socket") as (stand_in, parent), sit(stand_in, home) as seat:
        line, _ = parent.accept()
        with line:
            if answer is not None:
                line.send(answer) if answer else line.shutdown(socket.SHUT_RDWR)
            seat.sign_in()
            assert line.recv(1) == b""
        assert ANSWER_SECONDS < PATIENCE


@pytest.mark.long
def test_a_parent_that_stands_still_is_passed_by(home: Path, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with preloading(tmp_path / "run") as stopped:
        os.kill(stopped.process, signal.SIGSTOP)
        try:
            with sit(stopped, home) as seat:
                seat.sign_in()
                assert stopped.sessions([seat.process]) == ()
        finally:
            os.kill(stopped.process, signal.SIGCONT)


@pytest.mark.long
def test_another_user_gets_no_session(home: Path, tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("It takes root to be another user.")
    folder = tmp_path / "run"
    folder.mkdir()
    with preloading(folder) as mine:
        assert mark_for_nobody(mine.socket) is None
        # Even were the folder opened by mistake.
        for each in (*mine.socket.parents[:-2], mine.socket):
            each.chmod(0o777)
        assert mark_for_nobody(mine.socket) == b""
        assert len(processes.family(mine.process)) == 1
        with sit(mine, home) as seat:
            seat.sign_in()
            assert mine.session(seat.process)


def mark_for_nobody(place: Path) -> bytes | None:
    """Return what another user gets to read at a socket; ``None`` where it is out of reach."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - this is the other process
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        with suppress(PermissionError):
            line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            line.connect(str(place))
            os.write(theirs, b"in" + line.recv(MARK_BYTES))
        os._exit(0)
    os.close(theirs)
    with open(ours, "rb") as answer:
        found = answer.read()
    os.waitpid(child, 0)
    return found[2:] if found else None
