"""Nothing but the kiosk can be had over SSH, whatever the client asks for."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import monotonic

import pytest

from eds_tui.cli.kiosk import NO_TERMINAL
from tests.ssh.server import Sshd
from tests.terminal import PATIENCE
from tests.ui.pty_kiosk import SIGN_IN

pytestmark = [pytest.mark.on_sqlite, pytest.mark.long]

UNWANTED = {
    "TEXTUAL_THEME": "nord",
    "TEXTUAL_DRIVER": "os:system",
    "TEXTUAL_SCREENSHOT": "1",
    "PYTHONPATH": "/tmp",
    "PYTHONINSPECT": "1",
    "PYTHONSTARTUP": "/etc/passwd",
    "COLUMNS": "40",
    "LINES": "10",
    "EDITOR": "/bin/sh",
    "PAGER": "/bin/sh",
    "LD_PRELOAD": "/nowhere.so",
    "EDS_TUI_DATABASE_URL": "sqlite:////tmp/other.db",
    "EDS_TUI_FILES": "/",
    "EDS_TUI_DEBUG": "1",
    "ESCDELAY": "9000",
    "ENV": "/tmp/profile",
    "BASH_ENV": "/tmp/profile",
}
"""Variables that would lead out of the kiosk or change it."""
CLOSED = "Connection closed"
"""All that clients of sftp say: they pass on nothing of what the other side has to tell."""


@pytest.mark.parametrize(
    "arguments",
    [
        ("{host}",),
        ("-T", "{host}"),
        ("{host}", "id"),
        ("{host}", "/bin/sh"),
        ("{host}", "/bin/sh", "-c", "'id; touch {folder}/made'"),
    ],
)
def test_without_a_terminal_there_is_a_sentence_and_an_end(
    sshd: Sshd, arguments: tuple[str, ...]
) -> None:
    asked = [each.format(host=sshd.host, folder=sshd.folder) for each in arguments]
    done = sshd.run(*asked, stdin=b"id\n")
    assert done.returncode != 0
    assert done.stdout == ""
    assert not (sshd.folder / "made").exists()
    assert NO_TERMINAL in done.stderr


def test_no_subsystem_answers(sshd: Sshd) -> None:
    assert "subsystem request failed" in sshd.run("-s", sshd.host, "netconf").stderr
    done = sshd.run("-s", sshd.host, "sftp", stdin=b"\0\0\0\5\1\0\0\0\3")
    assert done.returncode != 0
    assert done.stdout == ""


@pytest.mark.parametrize(("protocol", "says"), [((), CLOSED), (("-O",), NO_TERMINAL)])
def test_no_file_is_copied_either_way(sshd: Sshd, protocol: tuple[str, ...], says: str) -> None:
    taken, mine, put = (sshd.folder / name for name in ("taken", "mine", "put"))
    mine.write_text("mine")
    for pair in ((f"{sshd.host}:/etc/passwd", str(taken)), (str(mine), f"{sshd.host}:{put}")):
        done = sshd.run(*protocol, *pair, program="scp")
        assert done.returncode != 0
        assert says in done.stderr
    assert not taken.exists()
    assert not put.exists()


def test_sftp_gets_no_further_than_its_start(sshd: Sshd) -> None:
    taken = sshd.folder / "taken"
    done = sshd.run(sshd.host, program="sftp", stdin=f"get /etc/passwd {taken}\n".encode())
    assert done.returncode != 0
    assert CLOSED in done.stderr
    assert not taken.exists()


def test_a_command_with_a_terminal_gets_the_kiosk(sshd: Sshd) -> None:
    made = sshd.folder / "made"
    with sshd.sit(command=("sh", "-c", f"'touch {made}'")) as seat:
        seat.see(SIGN_IN)
    assert not made.exists()


def test_no_variable_of_the_client_comes_over(sshd: Sshd) -> None:
    # The shell of whoever runs the tests may set some of them for itself.
    usual = _unwanted(sshd)
    # Of this one, the client on this machine would be the first victim.
    sent = {name: value for name, value in UNWANTED.items() if name != "LD_PRELOAD"}
    options = [part for name in sent for part in ("-o", f"SendEnv={name}")]
    assert _unwanted(sshd, *options, environment=sent) == usual
    every = " ".join(f'"{name}={value}"' for name, value in UNWANTED.items())
    assert _unwanted(sshd, "-o", f"SetEnv={every}") == usual


def test_neither_agent_nor_display_is_forwarded(sshd: Sshd) -> None:
    agent = sshd.folder / "agent"
    running = subprocess.Popen(["ssh-agent", "-D", "-a", agent], stdout=subprocess.DEVNULL)
    try:
        _wait_until(agent.exists)
        client = {"SSH_AUTH_SOCK": str(agent), "DISPLAY": "127.0.0.1:9"}
        for option in ("-A", "-X", "-Y"):
            with sshd.sit(option, environment=client) as seat:
                seat.see(SIGN_IN)
                assert not sshd.environment_of_kiosk().keys() & client.keys()
    finally:
        running.terminate()
        running.wait()


def test_no_port_is_forwarded_to_the_server_s_side(sshd: Sshd) -> None:
    with _listening() as (target, port):
        done = sshd.run("-W", f"127.0.0.1:{port}", sshd.host)
        assert done.returncode != 0
        assert "stdio forwarding failed" in done.stderr
        with pytest.raises(BlockingIOError):
            target.accept()


@pytest.mark.parametrize("kind", ["-L", "-D"])
def test_a_port_at_the_client_leads_nowhere(sshd: Sshd, kind: str) -> None:
    here = _free()
    with _listening() as (target, port):
        wanted = f"127.0.0.1:{here}" + (f":127.0.0.1:{port}" if kind == "-L" else "")
        with sshd.sit(kind, wanted) as seat:
            seat.see(SIGN_IN)
            with socket.create_connection(("127.0.0.1", here), PATIENCE) as line:
                if kind == "-D":
                    line.sendall(b"\x05\x01\x00")
                    assert line.recv(2) == b"\x05\x00"
                    line.sendall(b"\x05\x01\x00\x01\x7f\x00\x00\x01" + port.to_bytes(2, "big"))
                assert not _answers(line)
        with pytest.raises(BlockingIOError):
            target.accept()


def test_no_port_is_opened_at_the_server(sshd: Sshd) -> None:
    done = sshd.run("-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22", sshd.host)
    assert done.returncode != 0
    assert "remote port forwarding failed" in done.stderr


def _unwanted(
    sshd: Sshd, *options: str, environment: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return which unwanted variables the kiosk has when a client sends its own."""
    with sshd.sit(*options, environment=environment) as seat:
        seat.sign_in()
        found = sshd.environment_of_kiosk()
    return {name: found[name] for name in UNWANTED if name in found}


def _wait_until(holds: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not holds():
        assert monotonic() < end, "It does not come about."


@contextmanager
def _listening() -> Iterator[tuple[socket.socket, int]]:
    with socket.create_server(("127.0.0.1", 0)) as target:
        target.setblocking(False)
        yield target, int(target.getsockname()[1])


def _free() -> int:
    with _listening() as (_, port):
        return port


def _answers(line: socket.socket) -> bool:
    """Return whether the other end of a line sends anything but what the client makes up."""
    data = b""
    try:
        while more := line.recv(64):
            data += more
    except ConnectionResetError:
        pass
    return data not in {b"", b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"}
