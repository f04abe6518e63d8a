"""While the database can't be reached that is said on every screen, and then taken off."""

from __future__ import annotations

import pytest

from eds_tui.repository.outages import OUT_OF_REACH
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.ui.features.form_submission import NOT_LOGGED_YET
from eds_tui.ui.runtime.background import BACK
from eds_tui.ui.runtime.database_notice import ANSWERS_AGAIN
from tests.conftest import Away
from tests.factories import People, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import CALL, lines, place, press, said, screen, seconds_pass, write

pytestmark = pytest.mark.usefixtures("without_pauses")
CANT = "! The database can't be"

PLACES = {
    "queue": ((), ("r",)),
    "site": (("enter", "o"), ("r",)),
    "incident": (("enter",), ("r",)),
    "search": (("slash", *"build"), tuple("in")),
    "form": (CALL, ("x", "ctrl+s")),
    "help": (("r", "f1"), ()),
    "number": (("r", "g"), ()),
}
"""The keys that lead to a place, and those that ask the database for something."""


async def test_it_is_said_on_every_screen_while_it_is_so_and_taken_off_when_it_is_not(
    kiosk: Open, services: Services, people: People, away: Away
) -> None:
    services.report.log(people.head, new_form())
    for way, asking in PLACES.values():
        async with kiosk() as pilot:
            await press(pilot, *way)
            with away():
                await press(pilot, *asking)
                # The lists are read again by themselves.
                await seconds_pass(pilot, 2 if asking else 13)
                # Whatever is pressed then does not take it off.
                await press(pilot, "right")
                assert CANT in screen(pilot), way
            await seconds_pass(pilot, 11)
            assert CANT not in screen(pilot), way
            await press(pilot, "escape", "escape")


async def test_where_it_was_said_it_is_said_that_the_database_answers_again(
    kiosk: Open, people: People, away: Away
) -> None:
    async with kiosk() as pilot:
        with away():
            await press(pilot, "r")
            await seconds_pass(pilot, 1)
            assert CANT in said(pilot)
        await seconds_pass(pilot, 4)
        assert said(pilot) == ANSWERS_AGAIN


async def test_below_a_receipt_nothing_says_so_any_more(
    kiosk: Open, people: People, away: Away
) -> None:
    async with kiosk() as pilot:
        await press(pilot, *CALL, *"Hi")
        with away():
            await press(pilot, "ctrl+s")
            await seconds_pass(pilot, 1)
            assert CANT in screen(pilot)
        await seconds_pass(pilot)
        assert place(pilot) == "ReceiptDialog"
        await seconds_pass(pilot, 1)
        assert CANT not in screen(pilot)
        # It is logged: nothing that was said meanwhile stands below the receipt any more.
        assert lines(pilot)[-1].startswith(" Ctrl+S Log call")


async def test_what_is_typed_meanwhile_is_said_to_be_stored(
    kiosk: Open, people: People, away: Away
) -> None:
    async with kiosk() as pilot:
        await press(pilot, *CALL, *"Hi")
        with away():
            await write(pilot, " there")
            await seconds_pass(pilot, 2)
            assert OUT_OF_REACH not in said(pilot)
            assert CANT in screen(pilot)
        await seconds_pass(pilot, 2)
        assert said(pilot) == BACK
        assert CANT not in screen(pilot)


async def test_at_the_sign_in_it_stays_said_whatever_is_typed(
    kiosk: Open, people: People, away: Away
) -> None:
    async with kiosk(None) as pilot:
        await press(pilot, *"handler", "enter", *"some password")
        with away():
            await press(pilot, "enter")
            await seconds_pass(pilot, 1)
            await press(pilot, "x")
            assert CANT in screen(pilot)
        await seconds_pass(pilot, 4)
        assert CANT not in screen(pilot)


TAKE_NO_CHANGES = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE 'cannot execute INSERT in a read-only transaction' USING ERRCODE = '25006'; END $$;
CREATE TRIGGER refuse BEFORE INSERT ON incidents EXECUTE FUNCTION refuse()
"""


@pytest.mark.on_postgres
async def test_that_it_can_be_read_is_not_said_to_be_an_answer_to_a_call_that_waits(
    kiosk: Open, people: People, database: Database
) -> None:
    """A server that takes no changes, and is no standby."""
    async with kiosk() as pilot:
        await press(pilot, *CALL, *"Hi")
        with database.engine.begin() as connection:
            connection.exec_driver_sql(TAKE_NO_CHANGES)
        await press(pilot, "ctrl+s")
        for _ in range(5):
            await seconds_pass(pilot, 1)
            assert said(pilot).endswith(NOT_LOGGED_YET)
        with database.engine.begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER refuse ON incidents")
        await seconds_pass(pilot, 4)
        assert place(pilot) == "ReceiptDialog"
        assert "takes no changes" not in screen(pilot)
