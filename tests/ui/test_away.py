"""The database goes away while somebody types, and comes back (rules 8, 9, 36, 38)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from eds_tui import bootstrap
from eds_tui.desk import Desk
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository import sqlite
from eds_tui.repository.unit_of_work import Database
from eds_tui.ui import background, drafting, typeahead
from eds_tui.ui.background import AWAY, BACK
from eds_tui.ui.dialogs import receipt
from eds_tui.ui.dialogs.receipt import ReceiptDialog
from eds_tui.ui.screens.commenting import NOT_SENT_YET
from eds_tui.ui.screens.form import NOT_LOGGED_YET
from eds_tui.ui.widgets.incident_list import NOT_READ_YET
from eds_tui.ui.wiring import Wiring
from tests.conftest import Away
from tests.factories import People, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import (
    box,
    fields,
    kiosk_of,
    line,
    numbers,
    place,
    press,
    prose,
    said,
    screen,
    settle,
    write,
)

FIRST_LIST = "#open, QueueScreen IncidentList, SearchScreen IncidentList"
CALL = ("n", *"00000", "enter", "s", "4")


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is tried at once, and its answer is waited for however busy the machine is."""
    monkeypatch.setattr(drafting, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(drafting, "PATIENCE", 60.0)
    monkeypatch.setattr(background, "ANSWER_SECONDS", 60.0)
    monkeypatch.setattr(typeahead, "HOLD_SECONDS", 60.0)


async def seconds_pass(pilot: Pilot[None], count: int = 3) -> None:
    """Let the program's clock tick."""
    for _ in range(count):
        kiosk_of(pilot)._tick()
        await settle(pilot)


def here(tmp_path: Path) -> str:
    """Return all that is kept on this machine."""
    files = (tmp_path / "state" / "drafts").rglob("*.json")
    return "\n".join(file.read_text() for file in files)


def descriptions(desk: Desk, people: People) -> list[str]:
    """Return the descriptions of all incidents."""
    rows = desk.queue.page(people.handler, ListQuery(View.ALL), Window(limit=500)).rows
    return [desk.queue.open(people.handler, row.number).description for row in rows]


def comments(desk: Desk, people: People, number: int = 1) -> list[str]:
    """Return the comments on an incident."""
    return [said.body for said in desk.queue.open(people.handler, number).comments]


async def test_a_form_stays_usable_and_is_offered_at_the_next_sign_in(
    kiosk: Open, desk: Desk, people: People, away: Away, tmp_path: Path
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
    assert descriptions(desk, people) == ["Hi there again"]
    assert desk.drafts.under(people.handler, "") == ()


async def test_what_is_typed_is_stored_when_the_database_is_back(
    kiosk: Open, desk: Desk, people: People, away: Away, tmp_path: Path
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
        (draft,) = desk.drafts.under(people.handler, "")
        assert draft.body["description"] == "Hi there"


async def test_a_draft_is_gone_on_with_while_the_database_is_away(
    kiosk: Open, desk: Desk, people: People, away: Away
) -> None:
    """Rule 36: what waits on this machine is offered, and stored when the database is back."""
    async with kiosk() as pilot:
        with away():
            await press(pilot, "n", *"zzz", "escape", "n", "ctrl+e")
            assert line(pilot, "school").value == "zzz"
        await seconds_pass(pilot, 1)
        (draft,) = desk.drafts.under(people.handler, "")
        assert draft.body["school"] == "zzz"


@pytest.fixture
def receipts_hear_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that comes up by itself takes no key until it is told to."""
    monkeypatch.setattr(receipt, "DEAF_SECONDS", 3600)


@pytest.mark.usefixtures("receipts_hear_nothing")
async def test_a_call_is_logged_by_itself_when_the_database_is_back(
    kiosk: Open, desk: Desk, people: People, away: Away, tmp_path: Path
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
    assert descriptions(desk, people) == ["Hi"]
    assert desk.drafts.under(people.handler, "") == ()
    assert here(tmp_path) == ""


async def test_a_form_changed_since_waits_for_the_key(
    kiosk: Open, desk: Desk, people: People, away: Away
) -> None:
    """Rule 9: nothing is logged that is half typed."""
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "n", "1", "enter", "s", "4", *"Hi")
        with away():
            await press(pilot, "ctrl+s")
            await write(pilot, " the")
        await seconds_pass(pilot)
        assert descriptions(desk, people) == []
        await write(pilot, "re")
        await press(pilot, "ctrl+s", "enter")
        assert place(pilot) == "HomeScreen"
    assert descriptions(desk, people) == ["Hi there"]


async def test_a_form_that_was_left_is_not_logged(
    kiosk: Open, desk: Desk, people: People, away: Away
) -> None:
    """Rule 36: it waits as a draft."""
    async with kiosk() as pilot:
        await press(pilot, *CALL, *"Hi")
        with away():
            await press(pilot, "ctrl+s", "escape")
            assert place(pilot) == "QueueScreen"
        await seconds_pass(pilot)
    assert descriptions(desk, people) == []
    assert [draft.body["description"] for draft in desk.drafts.under(people.handler, "")] == ["Hi"]


async def test_the_number_waits_until_the_form_is_in_front(
    kiosk: Open, desk: Desk, people: People, away: Away
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
    assert descriptions(desk, people) == ["Hi"]


@pytest.mark.parametrize("login", ["handler", "00000EDU"])
async def test_a_comment_is_sent_by_itself_when_the_database_is_back(
    kiosk: Open, desk: Desk, people: People, away: Away, login: str, tmp_path: Path
) -> None:
    """Rules 9 and 38: once; the incident stays on the screen, with its time."""
    desk.report.log(people.head, new_form())
    async with kiosk(login) as pilot:
        await press(pilot, "enter", "c", *"Hi")
        with away():
            await press(pilot, "ctrl+s", "ctrl+s")
            assert said(pilot).endswith(NOT_SENT_YET)
            await press(pilot, "f5")
            await seconds_pass(pilot, 10)
            assert box(pilot).text == "Hi"
            assert "as of 11:52:00" in screen(pilot)
            assert "No internet in the whole building." in screen(pilot)
        await seconds_pass(pilot)
        assert said(pilot) == "Comment sent."
        assert box(pilot).text == ""
        assert "as of" not in screen(pilot)
        await seconds_pass(pilot)
    assert comments(desk, people) == ["Hi"]
    assert desk.drafts.under(desk.accounts.by_login(login), "") == ()
    assert here(tmp_path) == ""


async def test_a_comment_changed_since_waits_for_the_key(
    kiosk: Open, desk: Desk, people: People, away: Away
) -> None:
    """Rule 9."""
    desk.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "enter", "c", *"Hi")
        with away():
            await press(pilot, "ctrl+s")
            await write(pilot, " there")
        await seconds_pass(pilot)
        assert comments(desk, people) == []
        await press(pilot, "ctrl+s")
    assert comments(desk, people) == ["Hi there"]


async def test_a_comment_left_before_is_not_written_over_where_it_could_not_be_read(
    kiosk: Open, desk: Desk, people: People, away: Away
) -> None:
    """Rule 36: what is typed meanwhile joins it."""
    desk.report.log(people.head, new_form())
    desk.drafts.save(people.handler, "comment:INC0000001", {"text": "left", "submission": "a"})
    async with kiosk() as pilot:
        with away():
            await press(pilot, "enter")
            assert "Not read yet." in prose(pilot)
            await press(pilot, "c", *"new")
            await seconds_pass(pilot, 1)
        await press(pilot, "f5")
        await seconds_pass(pilot)
        assert "No internet in the whole building." in screen(pilot)
        assert box(pilot).text == "left\n\nnew"
        await press(pilot, "ctrl+s")
    assert comments(desk, people) == ["left\n\nnew"]


async def test_a_comment_of_which_the_database_is_away_is_offered_at_the_next_sign_in(
    kiosk: Open, desk: Desk, people: People, away: Away
) -> None:
    """Rule 36: by the number of its incident, with the caller it was for."""
    desk.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "enter", "c", "shift+tab", *"Ann", "enter")
        with away():
            await write(pilot, "Hi")
            await press(pilot, "ctrl+q")
    async with kiosk() as pilot:
        assert said(pilot) == "A comment was not sent on INC0000001: it waits there."
        await press(pilot, "enter")
        assert (box(pilot).text, line(pilot, "caller").value) == ("Hi", "Ann")


@pytest.fixture
def locked(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Another program holds the writer's slot, and a writer waits for longer than a test takes."""
    monkeypatch.setattr(sqlite, "BUSY_TIMEOUT_MS", 600_000)
    monkeypatch.setattr(drafting, "PATIENCE", 0.05)
    monkeypatch.setattr(drafting, "SLOW_SECONDS", 0.0)
    monkeypatch.setattr(background, "ANSWER_SECONDS", 0.2)
    monkeypatch.setattr(background, "LEAVING_SECONDS", 0.1)
    monkeypatch.setattr(typeahead, "HOLD_SECONDS", 0.1)
    database.close()
    other = Database.at(database_url)
    with other.writing() as work:
        work.incidents.next_number()
        yield
    other.close()


@pytest.mark.on_sqlite
@pytest.mark.usefixtures("locked")
async def test_a_database_that_hangs_holds_up_neither_keys_nor_leaving_nor_signing_out(
    kiosk: Open, people: People, database_url: str, tmp_path: Path
) -> None:
    """Rule 36: all the while the writer's slot is somebody else's."""
    async with kiosk() as pilot:
        await press(pilot, *CALL, *"Hi", "ctrl+s")
        assert said(pilot).endswith(NOT_LOGGED_YET)
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
    assert descriptions(bootstrap.open_desk(other), people) == []
    other.close()


LISTS = {
    "queue": ((), ("r",)),
    "site": (("enter", "o"), ("r",)),
    "search": (("slash", *"build"), tuple("ing")),
}
"""The keys that lead to a list, and those that read it again."""


@pytest.mark.parametrize(("way", "again"), LISTS.values(), ids=LISTS)
async def test_every_list_keeps_what_it_had_with_its_time_and_the_reason(
    kiosk: Open,
    desk: Desk,
    people: People,
    away: Away,
    way: tuple[str, ...],
    again: tuple[str, ...],
) -> None:
    """Rule 38: and goes on by itself."""
    desk.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, *way)
        with away():
            await press(pilot, *again)
            assert numbers(pilot, FIRST_LIST) == [1]
            assert "as of 11:52:00" in screen(pilot)
            assert said(pilot).startswith("! The database can't be")
        await seconds_pass(pilot, 10)
        assert "as of" not in screen(pilot)


@pytest.mark.parametrize("login", ["handler", "00000EDU"])
@pytest.mark.parametrize("way", [(), ("slash", *"build")], ids=["home", "search"])
async def test_a_list_that_was_never_read_says_so(
    kiosk: Open, desk: Desk, people: People, away: Away, login: str, way: tuple[str, ...]
) -> None:
    """Rule 38: it is not called empty, also when a key has taken the reason off."""
    desk.report.log(people.head, new_form())
    async with kiosk(None) as pilot:
        app = kiosk_of(pilot)
        account = desk.accounts.by_login(login)
        places = Wiring(desk, account, desk.schools.own(account), app.settings, app._clock)
        with away():
            await app.push_screen(places.home())
            await press(pilot, *way, "left")
            assert NOT_READ_YET in screen(pilot)
        await seconds_pass(pilot, 10)
        assert numbers(pilot, FIRST_LIST) == [1]
        assert NOT_READ_YET not in screen(pilot)


async def test_the_card_of_a_school_is_read_as_soon_as_it_can_be(
    kiosk: Open, desk: Desk, people: People, away: Away
) -> None:
    """Rule 38."""
    desk.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "enter")
        with away():
            await press(pilot, "o")
            assert "Portal 00000" not in screen(pilot)
        await seconds_pass(pilot)
        assert "Portal 00000" in screen(pilot)
