"""``eds-tui preload``: begins where it may, has all loaded, and says where it can't."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from eds_tui.cli.preload import NO_PLACE
from tests.furnished import Furnished
from tests.preloaded import PROGRAM, Preloaded, preloading
from tests.reading import page
from tests.ssh.config import COMMAND, SETTINGS, SOCKET
from tests.ssh.sessions import settings, sit, standing_in
from tests.stores import Store
from tests.ui.pty_kiosk import CALL, QUEUE, ROOT, SIGN_IN, Person

pytestmark = pytest.mark.long

LOADED_LATER = b"import time:"
"""Begins the line that Python writes of each module that it loads, given ``-X importtime``."""


def told(*settings: str, folder: Path) -> str:
    """Return what is said where it does not begin."""
    file = folder / "told.toml"
    file.write_text("".join(f"{line}\n" for line in settings))
    command = [PROGRAM, "preload", "--config", str(file), "--database", "sqlite:////nowhere.db"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (1, b"")
    return done.stderr.decode()


@pytest.mark.on_sqlite
def test_it_needs_a_place_to_listen_at(tmp_path: Path) -> None:
    assert NO_PLACE in told(folder=tmp_path)


@pytest.mark.on_sqlite
def test_a_folder_that_others_can_use_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir(mode=0o755)
    assert f"{folder} must be this user's alone" in told(
        f'preload = "{folder}/socket"', folder=tmp_path
    )


@pytest.mark.on_sqlite
def test_a_file_that_is_no_socket_stays(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    mine = tmp_path / "mine"
    mine.write_text("mine")
    assert "Address already in use" in told(f'preload = "{mine}"', folder=tmp_path)
    assert mine.read_text() == "mine"


@pytest.mark.on_sqlite
def test_a_path_that_is_too_long_or_leads_nowhere_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / ("x" * 120), Path("/dev/null/socket")):
        assert "can't be listened at: " in told(f'preload = "{path}"', folder=tmp_path)


@pytest.mark.on_sqlite
def test_one_answers_at_a_place_and_a_socket_that_was_left_is_replaced(
    preloaded: Preloaded, home: Path, tmp_path: Path
) -> None:
    place = f'preload = "{preloaded.socket}"'
    assert f"answers at {preloaded.socket} already" in told(place, folder=tmp_path)
    (tmp_path / "run").mkdir()
    with standing_in(tmp_path / "run" / "socket"):
        pass
    with preloading(tmp_path / "run") as new, sit(new, home) as seat:
        seat.see(SIGN_IN)
        assert new.session(seat.process)
        assert new.socket.stat().st_mode & 0o777 == 0o600


def test_nothing_is_loaded_once_a_session_has_begun(
    store: Store, furnished: Furnished, tmp_path: Path
) -> None:
    database_url = furnished.copy()
    home, run = tmp_path / "home", tmp_path / "run"
    home.mkdir()
    run.mkdir()
    file = settings(home)
    file.write_text(f'database_url = "{database_url}"\nfiles = "{home}"\n')
    options = ("-X", "importtime")
    with (
        preloading(run, *options, database_url=database_url) as loaded,
        Person(loaded.client_command(file), {"HOME": str(home)}) as seat,
    ):
        assert LOADED_LATER in (run / "preload.log").read_bytes()
        seat.sign_in()
        assert loaded.session(seat.process)
        seat.ask("n", CALL)
        seat.ask("garst\rN2Printer jams", "Printer jams")
        seat.ask("\x13", "The number is")
        seat.ask("\r", QUEUE)
        seat.ask("/printer\r", "Printer jams")
        later = [line for line in seat.sent.split(b"\n") if LOADED_LATER in line]
    store.drop(database_url)
    assert [line.split(b"|")[-1].strip().decode() for line in later] == []


@pytest.mark.on_sqlite
def test_an_upgrade_of_program_or_libraries_leaves_another_mark(tmp_path: Path) -> None:
    program, libraries = tmp_path / "eds_tui", tmp_path / "textual"
    libraries.mkdir()
    client = program / "ssh" / "prefork_client.py"
    client.parent.mkdir(parents=True)
    for part in (program / "__init__.py", client.with_name("__init__.py"), client):
        shutil.copy2(ROOT / part.relative_to(tmp_path), part)

    def marked() -> str:
        code = f"import sys; sys.path[:0] = [{str(tmp_path)!r}]"
        code += "; from eds_tui.ssh.prefork_client import mark; print(mark())"
        command = [sys.executable, "-I", "-B", "-c", code]
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout

    marks = [marked()]
    # As Python does when a module is loaded for the first time.
    (libraries.parent / "__pycache__").mkdir()
    assert marked() == marks[0]
    (tmp_path / "new.dist-info").mkdir()
    marks.append(marked())
    again = program / "again.py"
    shutil.copy2(client, again)
    again.rename(client)
    marks.append(marked())
    (program / "__init__.py").write_text('__version__ = "0.9"')
    marks.append(marked())
    assert len(set(marks)) == len(marks)


@pytest.mark.on_sqlite
def test_what_the_page_shows_fits_together() -> None:
    text = page("over-ssh")
    (place,) = re.findall(r'`preload = "(.*?)"`', text)
    (unit,) = re.findall(r"(?m)^    \[Service\]\n((?:    .*\n)+)", text)
    service = dict(line.strip().split("=", 1) for line in unit.splitlines())
    assert service["ExecStart"] == f"{COMMAND} preload --config {SETTINGS}"
    assert place == SOCKET == f"/run/{service['RuntimeDirectory']}/socket"
    assert service["RuntimeDirectoryMode"] == "0700"
    # Systemd's usual way would end all sessions with it.
    assert service["KillMode"] == "process"


@pytest.mark.on_sqlite
def test_the_doctor_says_whether_it_answers(preloaded: Preloaded, home: Path) -> None:
    file = settings(home)
    for place, ok in ((preloaded.socket, True), (home / "none", False)):
        file.write_text(f'preload = "{place}"\n')
        done = subprocess.run(
            [PROGRAM, "doctor", "--json"],
            env={"HOME": str(home), "EDS_TUI_CONFIG": str(file), "PATH": os.environ["PATH"]},
            capture_output=True,
            check=False,
        )
        found = {line["subject"]: line for line in map(json.loads, done.stdout.splitlines())}
        assert found["preload"]["ok"] is ok
        assert str(place) in found["preload"]["found"]
