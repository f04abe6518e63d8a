"""Files come to the kiosk and go back over SFTP, through the drop folder and nothing else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.furnished import Furnished
from tests.ssh.server import Sshd
from tests.ui.pty_data import desk_at, prepared
from tests.ui.pty_kiosk import CALL, QUEUE, Seat

pytestmark = pytest.mark.on_sqlite

PICTURE = bytes(range(256)) * 9


def test_a_file_that_was_put_is_attached_and_comes_back(
    files_sshd: Sshd, files_root: Path, furnished: Furnished, tmp_path: Path
) -> None:
    home = prepared(furnished, tmp_path / "home")
    mine, back = tmp_path / "error.png", tmp_path / "back.png"
    mine.write_bytes(PICTURE)
    assert batch(files_sshd, f"put {mine}").returncode == 0
    assert (files_root / "drop" / "error.png").stat().st_mode & 0o077 == 0
    with Seat(home, {"EDS_TUI_FILES": str(files_root / "drop")}) as seat:
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask("garst\rN2No internet.\x14", "Attach a file", "error.png")
        seat.ask("\r", "error.png (2 KB)")
        seat.ask("\x13", "The number is  INC0000001")
        seat.ask("\r", QUEUE, "▸INC0000001")
        seat.ask("\r", "Comments")
        seat.ask("d", "Saved as")
    with desk_at(home) as desk:
        handler = furnished.people.handler
        assert desk.attachments.fetch(handler, 1, "error.png", b"".join) == PICTURE
    assert batch(files_sshd, f'get "error (2).png" {back}').returncode == 0
    assert back.read_bytes() == PICTURE


def test_nothing_of_the_host_can_be_had(files_sshd: Sshd, files_root: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    (files_root / "drop" / "out").symlink_to("/etc/passwd")
    for path in ("/etc/passwd", "../../etc/passwd", "out"):
        assert batch(files_sshd, f"get {path} {taken}").returncode != 0
    assert not taken.exists()
    assert "drop" in batch(files_sshd, "ls /").stdout


def test_a_link_in_the_drop_folder_is_not_followed_by_the_kiosk(
    files_sshd: Sshd, files_root: Path, furnished: Furnished, tmp_path: Path
) -> None:
    home = prepared(furnished, tmp_path / "home")
    kept = tmp_path / "a.txt"
    kept.write_text("a")
    made = batch(files_sshd, "symlink /etc/passwd passwd", f"put {kept}")
    assert made.returncode == 0
    assert (files_root / "drop" / "passwd").is_symlink()
    with Seat(home, {"EDS_TUI_FILES": str(files_root / "drop")}) as seat:
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask("garst\rN2No internet.\x14", "Attach a file", "a.txt")
        assert "passwd" not in seat.text()


@pytest.mark.parametrize("arguments", [(), ("id",), ("/bin/sh",)])
def test_the_login_for_files_runs_nothing(files_sshd: Sshd, arguments: tuple[str, ...]) -> None:
    done = files_sshd.run("-tt", files_sshd.host, *arguments, stdin=b"id\n")
    assert "uid=" not in done.stdout


def batch(sshd: Sshd, *commands: str) -> subprocess.CompletedProcess[str]:
    """Run commands of sftp, which ends with 1 at the first that fails."""
    return sshd.run("-b", "-", sshd.host, program="sftp", stdin="\n".join(commands).encode())
