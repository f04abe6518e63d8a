"""Nothing typed is left behind unasked, and nothing is kept twice (rules 8 and 36)."""

from __future__ import annotations

from pathlib import Path

import pytest

from eds_tui import bootstrap
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.ui.features.form_submission import NOT_LOGGED_YET
from eds_tui.ui.features.leaving import NOT_KEPT
from tests.conftest import Away
from tests.factories import People, log, new_form
from tests.proxies import LosingProxy
from tests.ui.conftest import Open
from tests.ui.sitting import CALL, box, place, press, prose, said, write

pytestmark = pytest.mark.on_both


@pytest.mark.usefixtures("clock_of_its_own_stopped")
async def test_what_can_be_kept_nowhere_is_not_left_unasked(
    kiosk: Open, away: Away, tmp_path: Path
) -> None:
    """Neither the database nor the disk takes it: Ctrl+Q and Esc ask first."""
    (tmp_path / "state").write_text("in the way")
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "n", "enter", "n", "2")
        with away():
            await write(pilot, "Printer jams")
            await press(pilot, "ctrl+q")
            assert place(pilot) == "ReportScreen"
            assert "Ctrl+Q again leaves" in said(pilot)
            await press(pilot, "escape")
            assert said(pilot) == f"! {NOT_KEPT}"
            assert box(pilot, "description").text == "Printer jams"
        await press(pilot, "escape")
        assert place(pilot) == "HomeScreen"
        await press(pilot, "n", "ctrl+e")
        assert box(pilot, "description").text == "Printer jams"


async def test_a_draft_keeps_its_school_and_files_though_neither_can_be_looked_up(
    kiosk: Open, services: Services, people: People, away: Away, folder: Path
) -> None:
    """Rule 36: a call is gone on with, and logged, with the school that it is about."""
    (folder / "error.txt").write_bytes(b"0x80070005")
    async with kiosk() as pilot:
        await press(pilot, *CALL, "ctrl+t", "enter")
        with away():
            await write(pilot, "Printer jams")
            await press(pilot, "escape", "n", "ctrl+e", "ctrl+s")
            assert NOT_LOGGED_YET in said(pilot)
        await press(pilot, "ctrl+s")
        assert "The number is INC0000001" in prose(pilot)
    detail = services.queue.open(people.handler, 1)
    assert (detail.row.school_id, detail.description) == (people.school.id, "Printer jams")
    assert [file.name for file in detail.attachments] == ["error.txt"]


@pytest.mark.on_postgres
async def test_a_work_note_whose_answer_was_lost_is_kept_once(
    kiosk: Open, services: Services, people: People, database_url: str
) -> None:
    """Its text is in the dialog again; the same words later are another note."""
    services.report.log(people.head, new_form())
    with LosingProxy(database_url) as line:
        database = Database.at(line.url)
        dropping = bootstrap.open_services(database)
        async with kiosk(connect=lambda: dropping) as pilot:
            await press(pilot, "w")
            await write(pilot, "Rang the supplier")
            line.lose_answer_about(b"Rang the supplier")
            await press(pilot, "ctrl+s")
            assert line.lost.is_set()
            await press(pilot, "w")
            assert box(pilot, "text").text == "Rang the supplier"
            await press(pilot, "ctrl+s")
            assert said(pilot) == "Work note kept on INC0000001."
            await press(pilot, "w")
            await write(pilot, "Rang the supplier")
            await press(pilot, "ctrl+s")
        database.close()
    notes = [note.body for note in services.queue.open(people.handler, 1).comments]
    assert notes == ["Rang the supplier"] * 2


@pytest.mark.on_postgres
async def test_what_is_sent_to_all_below_is_kept_once_where_an_answer_was_lost(
    kiosk: Open, services: Services, people: People, database_url: str
) -> None:
    log(services, people, 3)
    for number in (2, 3):
        services.triage.link(people.handler, number, None, 1)
    with LosingProxy(database_url) as line:
        database = Database.at(line.url)
        dropping = bootstrap.open_services(database)
        async with kiosk(connect=lambda: dropping) as pilot:
            await press(pilot, "1", "enter", "enter", "c")
            await write(pilot, "An engineer is on the way")
            await press(pilot, "ctrl+s")
            assert "Send it to the 2 that hang on it as well?" in prose(pilot)
            line.lose_answer_about(b"An engineer is on the way")
            await press(pilot, "y")
            assert "Sent to 0 of 2. Go on?" in prose(pilot)
            await press(pilot, "y")
            assert said(pilot) == "Sent to 2 more."
        database.close()
    for number in (1, 2, 3):
        comments = [said.body for said in services.queue.open(people.handler, number).comments]
        assert comments == ["An engineer is on the way"]
