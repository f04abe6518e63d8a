"""A session over a real SSH server is the kiosk, whole, and nothing but the kiosk."""

from __future__ import annotations

import os
import re
import select
import signal
import socket
from pathlib import Path

import pytest

from eds_tui.cli.kiosk import NO_TERMINAL
from tests.benchmarks import processes
from tests.factories import PASSWORD
from tests.furnished import Furnished
from tests.ssh.server import SshServer
from tests.ui.pty_data import desk_at, logged
from tests.ui.pty_kiosk import CALL, QUEUE, SIGN_IN, Person

pytestmark = pytest.mark.on_sqlite

IN_WORDS = re.sub(r"\s+", " ", NO_TERMINAL)
STEERED = {
    "EDS_TUI_DATABASE_URL": "sqlite:////nowhere/else.db",
    "TEXTUAL_DRIVER": "os:system",
    "PYTHONSTARTUP": "/etc/passwd",
    "PYTHONPATH": "/nowhere",
    "LD_PRELOAD": "/nowhere/lib.so",
    "COLUMNS": "20",
    "EDITOR": "sh",
}


def sign_in(person: Person, login: str = "handler", sees: str = QUEUE) -> None:
    """Sign in and wait until home is painted."""
    person.see(SIGN_IN)
    person.ask(f"{login}\r{PASSWORD}\r", sees)


def prose(text: str) -> str:
    """Return a text with one space where there are several, or a new line."""
    return re.sub(r"\s+", " ", text)


def test_the_main_job_is_done_over_ssh(ssh: SshServer) -> None:
    """From the sign-in to the number, a comment, and out again."""
    with ssh.sit_down() as person:
        sign_in(person)
        person.ask("n", CALL)
        person.ask("00000", "▸ Test School")
        person.ask("\rN2Printer jams", "Printer jams", "Test Bursar")
        person.ask("\x13", "The number is  INC0000001")
        person.ask("\r", "▸INC0000001")
        person.ask("\rcAn engineer comes.\x13", "- An engineer comes.")
        person.ask("\x1b[27u", QUEUE)
        person.ask("q", SIGN_IN)
    assert [row[2] for row in logged(ssh.home)] == ["Printer jams"]


def test_a_command_of_ones_own_opens_the_kiosk_all_the_same(ssh: SshServer) -> None:
    with Person(ssh.client("-tt", command=["/bin/sh", "-c", "'id; exec sh'"])) as person:
        sign_in(person)
        assert b"uid=" not in person.sent


@pytest.mark.parametrize("command", [(), ("id",), ("/bin/sh",), ("cat", "/etc/passwd")])
def test_without_a_terminal_there_is_a_sentence_and_nothing_else(
    ssh: SshServer, command: tuple[str, ...]
) -> None:
    ended = ssh.run(*ssh.client("-T", command=command))
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert IN_WORDS in prose(ended.stderr)


def test_no_file_comes_or_goes(ssh: SshServer, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    theirs = f"127.0.0.1:{tmp_path}/theirs.txt"
    port = ("-P", str(ssh.port))
    scp = ("scp", *ssh.command, *port)
    for command in (
        (*scp, str(mine), theirs),
        (*scp, "-O", str(mine), theirs),
        (*scp, "127.0.0.1:/etc/hostname", str(tmp_path / "taken.txt")),
        ("sftp", *ssh.command, *port, "127.0.0.1:/etc/hostname", str(tmp_path / "taken.txt")),
    ):
        assert ssh.run(*command).returncode != 0
    assert not (tmp_path / "theirs.txt").exists()
    assert not (tmp_path / "taken.txt").exists()


def test_no_subsystem_answers(ssh: SshServer) -> None:
    for name in ("sftp", "netconf"):
        ended = ssh.run(*ssh.client("-s", command=[name]))
        assert ended.returncode != 0
        assert ended.stdout == ""


def test_nothing_is_forwarded(ssh: SshServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free, socket.create_server(("", 0)) as inside:
        port, behind = free.getsockname()[1], inside.getsockname()[1]
        free.close()
        with ssh.sit_down("-L", f"127.0.0.1:{port}:127.0.0.1:{behind}") as person:
            person.see(SIGN_IN)
            with socket.create_connection(("127.0.0.1", port)) as line:
                line.settimeout(20)
                assert line.recv(1) == b""
            assert select.select([inside], [], [], 0)[0] == []
    refused = ssh.run(*ssh.client("-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1"))
    assert refused.returncode != 0
    holds = ssh.effective()
    assert holds["disableforwarding"] == "yes"
    assert holds["permittunnel"] == "no"
    assert holds["permituserrc"] == "no"
    assert holds["permituserenvironment"] == "no"
    assert holds["compression"] == "yes"


def test_the_environment_of_the_client_steers_nothing(ssh: SshServer) -> None:
    sent = [part for name in STEERED for part in ("-o", f"SendEnv={name}")]
    with ssh.sit_down(*sent, "-o", "SetEnv=EDS_TUI_THEME=x", environment=STEERED) as person:
        sign_in(person)
        assert "n New call  Enter Open  p Priority" in person.text()


def test_a_change_of_the_window_goes_through(ssh: SshServer) -> None:
    with ssh.sit_down() as person:
        sign_in(person)
        assert "/ Search" not in person.text()
        person.resize(120, 40)
        person.see("/ Search", "A. Handler")


def session_of(ssh: SshServer) -> int:
    """Return the process of the kiosk."""
    (kiosk,) = (
        process
        for process in processes.family(ssh.process.pid)
        if b"eds_tui" in Path(f"/proc/{process}/cmdline").read_bytes()
        and b"sshd" not in Path(f"/proc/{process}/cmdline").read_bytes()
    )
    return kiosk


@pytest.mark.parametrize("who", ["client", "server"])
def test_a_line_that_drops_ends_the_session_and_keeps_what_was_typed(
    ssh: SshServer, furnished: Furnished, who: str
) -> None:
    with ssh.sit_down() as person:
        sign_in(person)
        person.ask("n", CALL)
        person.ask("garst\rN2Printer jams", "Printer jams")
        kiosk = session_of(ssh)
        waiting = os.pidfd_open(kiosk)
        killed = person.process if who == "client" else parent(kiosk)
        os.kill(killed, signal.SIGKILL)
        assert select.select([waiting], [], [], 20)[0] == [waiting]
        os.close(waiting)
    with desk_at(ssh.home) as desk:
        (draft,) = desk.drafts.under(furnished.people.handler, "call:")
    assert draft.body["description"] == "Printer jams"


def parent(process: int) -> int:
    """Return the process that a process was started by."""
    status = Path(f"/proc/{process}/stat").read_text()
    return int(status.rpartition(")")[2].split()[1])
