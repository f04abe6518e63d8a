"""The line drops, or the session is ended: what was typed is kept to the last key (rule 36)."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.furnished import Furnished
from tests.ui.pty_data import desk_at, prepared
from tests.ui.pty_kiosk import CALL, Seat

pytestmark = pytest.mark.on_sqlite


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_session_that_is_ended_from_outside_keeps_what_was_typed(
    furnished: Furnished, tmp_path: Path, number: signal.Signals
) -> None:
    home = prepared(furnished, tmp_path / "home")
    with Seat(home) as seat:
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask("garst\rN2Printer jams", "Printer jams")
        os.kill(seat.process, number)
        assert seat.ended() == 0
    with desk_at(home) as desk:
        (draft,) = desk.drafts.under(furnished.people.handler, "call:")
    assert draft.body["description"] == "Printer jams"
