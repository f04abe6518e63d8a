"""Two people at two kiosks on one database."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.furnished import Furnished
from tests.ui.pty_data import logged, prepared
from tests.ui.pty_kiosk import CALL, QUEUE, Seat, url

pytestmark = pytest.mark.on_sqlite

ROUNDS = 5


def log_call(seat: Seat, text: str) -> None:
    """Log a call and come back to the queue."""
    seat.ask("n", CALL)
    seat.ask(f"garst\rN2{text}", text)
    seat.ask("\x13", "The number is")
    seat.ask("\r", QUEUE)


def test_what_one_logs_the_other_sees(furnished: Furnished, tmp_path: Path) -> None:
    home = prepared(furnished, tmp_path / "home")
    with Seat(home) as first, Seat(home) as second:
        first.sign_in("handler")
        second.sign_in("lead")
        second.see("Nothing in this list.")
        log_call(first, "from the first")
        second.ask("r", "from the first", "Open 1")
        log_call(second, "from the second")
        first.ask("r", "INC0000002", "from the second", "Open 2")


def test_both_log_at_the_same_time_and_nothing_is_lost_or_locked(
    furnished: Furnished, tmp_path: Path
) -> None:
    home = prepared(furnished, tmp_path / "home")
    other = prepared(furnished, tmp_path / "other")
    with Seat(home) as first, Seat(other, {"EDS_TUI_DATABASE_URL": url(home)}) as second:
        first.sign_in("handler")
        second.sign_in("lead")
        for turn in range(ROUNDS):
            for seat, name in ((first, "first"), (second, "second")):
                seat.write(f"ngarst\rN2{name} {turn}\x13")
            for seat in (first, second):
                seat.see("The number is")
                seat.ask("\r", QUEUE)
    texts = [row[2] for row in logged(home)]

    assert sorted(texts) == sorted(f"{name} {n}" for name in ("first", "second") for n in range(5))
    assert not (home / "state" / "eds-tui" / "log" / "kiosk.log").read_text()
    assert not (other / "state" / "eds-tui" / "log" / "kiosk.log").read_text()
