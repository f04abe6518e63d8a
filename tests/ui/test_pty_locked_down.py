"""``eds-tui kiosk``: on a terminal of the house no key leads out; over SSH one hangs up."""

from __future__ import annotations

from pathlib import Path

import pytest

from eds_tui.services.files import NO_FOLDER
from tests.furnished import Furnished
from tests.ui.pty_data import prepared
from tests.ui.pty_kiosk import CALL, QUEUE, SIGN_IN, Seat, url
from tests.ui.pty_state import HOSTILE, WAYS_OUT

pytestmark = pytest.mark.on_sqlite


def sit(furnished: Furnished, home: Path, **environment: str) -> Seat:
    """Sit at a locked-down kiosk whose settings are in a file."""
    prepared(furnished, home)
    settings = home / "settings.toml"
    settings.write_text(f'database_url = "{url(home)}"\n')
    command = ("-m", "eds_tui", "kiosk", "--config", str(settings))
    return Seat(home, HOSTILE | environment, command)


def test_no_key_at_the_sign_in_ends_it_and_the_next_one_signs_in(
    furnished: Furnished, tmp_path: Path
) -> None:
    """What the environment says does not count; a log-out leads to the next sign-in."""
    with sit(furnished, tmp_path / "home") as seat:
        seat.see(SIGN_IN)
        for key in WAYS_OUT:
            seat.write(key)
        assert "Leave" not in seat.text()
        seat.sign_in()
        seat.ask("\x11", SIGN_IN)
        seat.see_no_more(QUEUE)
        seat.write("\x11")
        seat.sign_in("lead")


def test_over_ssh_a_stranger_can_hang_up(furnished: Furnished, tmp_path: Path) -> None:
    """Not even an interpreter that was to stay is left behind."""
    with sit(furnished, tmp_path / "home", SSH_CONNECTION="192.0.2.1 5 192.0.2.2 22") as seat:
        seat.see(SIGN_IN)
        seat.write("\x11")
        assert seat.ended() == 0
        assert ">>>" not in seat.text()


def test_the_home_folder_that_all_share_is_nobodys_to_look_into(
    furnished: Furnished, tmp_path: Path
) -> None:
    """Without a folder in the settings nothing can be attached, and it is said."""
    home = tmp_path / "home"
    with sit(furnished, home, EDS_TUI_FILES=str(home)) as seat:
        (home / "note.txt").touch()
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask("\x14", f"! {NO_FOLDER[:40]}")
        assert "note.txt" not in seat.text()
