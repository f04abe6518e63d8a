"""Which sessions of this machine live: told by locks, also after a program was killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from eds_tui.repository.draft_sessions import DraftSessions

LIVES = """
import sys
from pathlib import Path
from eds_tui.repository.draft_sessions import DraftSessions
sessions = DraftSessions(Path(sys.argv[1]))
print(sessions.begin(), flush=True)
sys.stdin.read()
"""


def test_a_session_lives_until_its_program_is_killed(tmp_path: Path) -> None:
    folder = tmp_path / "drafts" / "sessions"
    sessions = DraftSessions(folder)
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", LIVES, str(folder)]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as program:
        assert program.stdout is not None
        session = program.stdout.readline().strip()
        mine = sessions.begin()
        assert [sessions.is_alive(each) for each in (session, mine)] == [True, True]
        assert len(session) == 32
        program.send_signal(signal.SIGKILL)
        program.wait()
        assert [sessions.is_alive(each) for each in (session, mine)] == [False, True]
    sessions.begin()
    assert not (folder / session).exists()
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_of_a_session_that_has_ended_and_of_another_machine_that_is_known(tmp_path: Path) -> None:
    here, far = DraftSessions(tmp_path / "a" / "b"), DraftSessions(tmp_path / "c" / "d")
    one, other = here.begin(), far.begin()
    assert here.is_alive(other) is None
    here.end(one)
    assert here.is_alive(one) is False
    assert here.is_alive("") is None


@pytest.mark.parametrize("name", ["", "abc", "x" * 13, "../../../etc", "0123456789é"])
def test_of_a_machine_whose_name_is_damaged_nothing_is_known(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "drafts" / "sessions"
    here = DraftSessions(folder)
    session = here.begin()
    (folder / "machine").write_text(name)
    assert DraftSessions(folder).is_alive(session) is None
    assert DraftSessions(folder).is_alive(name + session) is None


def test_where_no_lock_can_be_held_a_session_has_a_name_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for sessions in (DraftSessions(None), DraftSessions(tmp_path / "file" / "sessions")):
        one, other = sessions.begin(), sessions.begin()
        assert one != other
        assert sessions.is_alive(one) is None
        sessions.end(one)


def test_many_that_begin_at_once_are_of_one_machine_and_all_live(tmp_path: Path) -> None:
    programs = [DraftSessions(tmp_path / "drafts" / "sessions") for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda n: programs[n % 8].begin(), range(64)))
    assert len({name[:12] for name in names}) == 1
    assert len(set(names)) == 64
    assert {programs[0].is_alive(name) for name in names} == {True}
