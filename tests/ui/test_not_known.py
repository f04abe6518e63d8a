"""The answer to a commit was lost: nobody is told that it was not done, and it is found out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eds_tui import bootstrap
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.outages import OUT_OF_REACH
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.ui.features import comment_sending, form_submission
from eds_tui.ui.runtime.background import FIND_OUT
from tests.factories import People, SetClock, log
from tests.proxies import LosingProxy
from tests.ui.conftest import Open
from tests.ui.deciding import closed
from tests.ui.sitting import CALL, box, place, press, prose, said, screen, seconds_pass, write

pytestmark = [
    pytest.mark.on_both,
    pytest.mark.on_postgres,
    pytest.mark.usefixtures("without_pauses"),
]


@pytest.fixture
def line(dialect: str, database_url: str) -> Iterator[LosingProxy]:
    """A line to the database that can lose an answer."""
    with LosingProxy(database_url) as line:
        yield line


@pytest.fixture
def far_desk(line: LosingProxy, tmp_path: Path) -> Iterator[Services]:
    """The services by way of that line."""
    database = Database.at(line.url)
    yield bootstrap.open_services(database, drafts=tmp_path / "drafts")
    database.close()


async def test_a_call_may_be_logged_and_the_number_comes_by_itself(
    kiosk: Open, services: Services, people: People, far_desk: Services, line: LosingProxy
) -> None:
    """Rule 8: also where the database can't be asked for a while after."""
    async with kiosk(connect=lambda: far_desk) as pilot:
        await press(pilot, *CALL, *"Hi")
        line.lose_answer_about(b"INSERT INTO incidents")
        await press(pilot, "ctrl+s")
        assert line.lost.is_set()
        assert said(pilot).endswith(form_submission.NOT_KNOWN_YET)
        assert "not logged" not in screen(pilot).lower()
        await seconds_pass(pilot)
        assert place(pilot) == "ReceiptDialog"
        assert "The number is INC0000001" in prose(pilot)
    rows = services.queue.page(people.handler, ListQuery(View.ALL), Window()).rows
    assert [row.number for row in rows] == [1]


async def test_a_comment_may_be_sent_and_that_is_found_out(
    kiosk: Open, services: Services, people: People, far_desk: Services, line: LosingProxy
) -> None:
    log(services, people, 1)
    async with kiosk(connect=lambda: far_desk) as pilot:
        await press(pilot, "enter", "c")
        await write(pilot, "On the way")
        line.lose_answer_about(b"On the way")
        await press(pilot, "ctrl+s")
        assert line.lost.is_set()
        assert said(pilot).endswith(comment_sending.NOT_KNOWN_YET)
        assert box(pilot).text == "On the way"
        await seconds_pass(pilot)
        assert said(pilot) == "Comment sent."
    assert [each.body for each in services.queue.open(people.head, 1).comments] == ["On the way"]


async def test_it_stays_unknown_while_nobody_can_be_asked(
    kiosk: Open, far_desk: Services, line: LosingProxy
) -> None:
    async with kiosk(connect=lambda: far_desk) as pilot:
        await press(pilot, *CALL, *"Hi")
        line.lose_answer_about(b"INSERT INTO incidents")
        await press(pilot, "ctrl+s")
        line.shut()
        await press(pilot, "ctrl+s")
        assert said(pilot) == f"! {OUT_OF_REACH} {form_submission.NOT_KNOWN_YET}"


async def test_what_is_not_tried_again_by_itself_says_where_to_look(
    kiosk: Open, services: Services, people: People, far_desk: Services, line: LosingProxy,
    clock: SetClock,
) -> None:  # fmt: skip
    closed(services, people, clock)
    async with kiosk("00000EDU", connect=lambda: far_desk) as pilot:
        await press(pilot, "tab", "enter", "f", "5", *"Ta")
        line.lose_answer_about(b"INSERT INTO feedback")
        await press(pilot, "ctrl+s")
        assert line.lost.is_set()
        assert said(pilot).endswith(FIND_OUT)
    feedback = services.queue.open(people.head, 1).feedback
    assert feedback is not None
    assert feedback.words == "Ta"
