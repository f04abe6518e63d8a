"""The database goes away while somebody fills a form in, and comes back (rules 8, 9, 36, 38)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eds_tui import bootstrap
from eds_tui.repository import sqlite
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.ui.dialogs import receipt
from eds_tui.ui.dialogs.receipt import ReceiptDialog
from eds_tui.ui.features import draft_keeper
from eds_tui.ui.features.form_submission import NOT_KNOWN_YET, NOT_LOGGED_YET
from eds_tui.ui.runtime import background
from eds_tui.ui.runtime.background import AWAY, BACK
from eds_tui.ui.textual_ext import typeahead
from tests.conftest import Away
from tests.factories import People
from tests.ui.conftest import Open
from tests.ui.sitting import (
    CALL,
    box,
    fields,
    line,
    place,
    press,
    prose,
    said,
    seconds_pass,
    write,
)
from tests.ui.stored import descriptions, here

pytestmark = [pytest.mark.on_both, pytest.mark.usefixtures("without_pauses")]


async def test_a_form_stays_usable_and_is_offered_at_the_next_sign_in(
    kiosk: Open, services: Services, people: People, away: Away, tmp_path: Path
) -> None:
    """Rule 36: said once, kept here, and gone from here once the database has it."""
    async with kiosk() as pilot:
        await press(pilot, *CALL, *"Hi")
        with away():
            await write(pilot, " there")
            await seconds_pass(pilot, 1)
            assert said(pilot) == f"! {AWAY}"
            assert "Hi there" in here(tmp_path)
            await write(pilot, " again")
            await seconds_pass(pilot, 1)
            assert said(pilot) == ""
            assert "Hi there again" in here(tmp_path)
            await press(pilot, "escape")
            assert place(pilot) == "QueueScreen"
            await press(pilot, "ctrl+q")
            assert place(pilot) == "SignInScreen"
    async with kiosk() as pilot:
        assert said(pilot) == "1 unfinished: n, then Ctrl+E goes on with it."
        assert here(tmp_path) == ""
        await press(pilot, "n", "ctrl+e")
        assert box(pilot, "description").text == "Hi there again"
        assert line(pilot, "school").value == "Test School, Test Town"
        await press(pilot, "ctrl+s")
    assert descriptions(services, people) == ["Hi there again"]
    assert services.drafts.under(people.handler, "") == ()


async def test_what_is_typed_is_stored_when_the_database_is_back(
    kiosk: Open, services: Services, people: People, away: Away, tmp_path: Path
) -> None:
    """Rule 36: the form is still open."""
    async with kiosk() as pilot:
        await press(pilot, *CALL, *"Hi")
        with away():
            await seconds_pass(pilot, 1)
            await write(pilot, " there")
            await seconds_pass(pilot, 1)
        await seconds_pass(pilot, 1)
        assert said(pilot) == BACK
        assert here(tmp_path) == ""
        (draft,) = services.drafts.under(people.handler, "")
        assert draft.body["description"] == "Hi there"


async def test_a_draft_is_gone_on_with_while_the_database_is_away(
    kiosk: Open, services: Services, people: People, away: Away
) -> None:
    """Rule 36: what waits on this machine is offered, and stored when the database is back."""
    async with kiosk() as pilot:
        with away():
            await press(pilot, "n", *"zzz", "escape", "n", "ctrl+e")
            assert line(pilot, "school").value == "zzz"
        await seconds_pass(pilot, 1)
        (draft,) = services.drafts.under(people.handler, "")
        assert draft.body["school"] == "zzz"


@pytest.fixture
def receipts_hear_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that comes up by itself takes no key until it is told to."""
    monkeypatch.setattr(receipt, "DEAF_SECONDS", 3600)


@pytest.mark.usefixtures("receipts_hear_nothing")
async def test_a_call_is_logged_by_itself_when_the_database_is_back(
    kiosk: Open, services: Services, people: People, away: Away, tmp_path: Path
) -> None:
    """Rules 8 and 9: once; keys that were meant for the form do nothing to the number."""
    async with kiosk() as pilot:
        await press(pilot, *CALL, *"Hi")
        with away():
            await press(pilot, *["ctrl+s"] * 5)
            assert said(pilot).endswith(NOT_LOGGED_YET)
            await seconds_pass(pilot)
            assert place(pilot) == "CallScreen"
            assert box(pilot, "description").text == "Hi"
        await seconds_pass(pilot)
        await press(pilot, "n", "o", "enter", "escape")
        dialog = pilot.app.screen
        assert isinstance(dialog, ReceiptDialog)
        assert "The number is INC0000001" in prose(pilot)
        dialog._hear()
        await press(pilot, "enter")
        assert place(pilot) == "QueueScreen"
        await seconds_pass(pilot)
    assert descriptions(services, people) == ["Hi"]
    assert services.drafts.under(people.handler, "") == ()
    assert here(tmp_path) == ""


async def test_a_form_changed_since_waits_for_the_key(
    kiosk: Open, services: Services, people: People, away: Away
) -> None:
    """Rule 9: nothing is logged that is half typed."""
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "n", "1", "enter", "s", "4", *"Hi")
        with away():
            await press(pilot, "ctrl+s")
            await write(pilot, " the")
        await seconds_pass(pilot)
        assert descriptions(services, people) == []
        await write(pilot, "re")
        await press(pilot, "ctrl+s", "enter")
        assert place(pilot) == "HomeScreen"
    assert descriptions(services, people) == ["Hi there"]


async def test_a_form_that_was_left_is_not_logged(
    kiosk: Open, services: Services, people: People, away: Away
) -> None:
    """Rule 36: it waits as a draft."""
    async with kiosk() as pilot:
        await press(pilot, *CALL, *"Hi")
        with away():
            await press(pilot, "ctrl+s", "escape")
            assert place(pilot) == "QueueScreen"
        await seconds_pass(pilot)
    assert descriptions(services, people) == []
    assert [draft.body["description"] for draft in services.drafts.under(people.handler, "")] == [
        "Hi"
    ]


async def test_the_number_waits_until_the_form_is_in_front(
    kiosk: Open, services: Services, people: People, away: Away
) -> None:
    """Nothing is tried while another place is in front of the form."""
    async with kiosk() as pilot:
        await press(pilot, *CALL, *"Hi")
        with away():
            await press(pilot, "ctrl+s", "f1")
        await seconds_pass(pilot)
        assert place(pilot) == "HelpDialog"
        await press(pilot, "escape")
        await seconds_pass(pilot)
        assert place(pilot) == "ReceiptDialog"
    assert descriptions(services, people) == ["Hi"]


@pytest.fixture
def locked(
    without_pauses: None, database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Another program holds the writer's slot, and a writer waits for longer than a test takes."""
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 600_000)
    monkeypatch.setattr(draft_keeper, "PATIENCE", 0.05)
    monkeypatch.setattr(draft_keeper, "SLOW_SECONDS", 0.0)
    monkeypatch.setattr(background, "ANSWER_SECONDS", 0.2)
    monkeypatch.setattr(background, "LEAVING_SECONDS", 0.1)
    monkeypatch.setattr(typeahead, "BLOCKED_SECONDS", 0.1)
    database.close()
    other = Database.at(database_url)
    with other.writing() as work:
        work.incidents.next_number()
        yield
    other.close()


@pytest.mark.on_sqlite
@pytest.mark.usefixtures("locked", "clock_of_its_own_stopped")
async def test_a_database_that_hangs_holds_up_neither_keys_nor_leaving_nor_signing_out(
    kiosk: Open, people: People, database_url: str, tmp_path: Path
) -> None:
    """Rule 36: all the while the writer's slot is somebody else's."""
    async with kiosk() as pilot:
        await press(pilot, *CALL, *"Hi", "ctrl+s")
        assert said(pilot).endswith(NOT_KNOWN_YET)
        await write(pilot, " there")
        assert fields(pilot).description.text == "Hi there"
        await seconds_pass(pilot, 1)
        assert "Hi there" in here(tmp_path)
        await press(pilot, "escape")
        assert place(pilot) == "QueueScreen"
        await press(pilot, "n", *"x", "ctrl+q")
        assert place(pilot) == "SignInScreen"
        assert '"school": "x"' in here(tmp_path)
    other = Database.at(database_url)
    assert descriptions(bootstrap.open_services(other), people) == []
    other.close()


async def test_a_call_that_cannot_be_logged_keeps_the_form(
    kiosk: Open, services: Services, people: People, away: Away
) -> None:
    """Rules 9 and 38: nothing typed is lost, and the same key logs it when all is well."""
    async with kiosk() as pilot:
        await press(pilot, *CALL, *"Hi")
        with away():
            await press(pilot, "ctrl+s")
            assert said(pilot).startswith("! The database can't be")
            assert box(pilot, "description").text == "Hi"
        await press(pilot, "ctrl+s")
        assert place(pilot) == "ReceiptDialog"
    assert services.queue.open(people.handler, 1).description == "Hi"
