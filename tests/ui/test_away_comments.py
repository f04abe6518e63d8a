"""The database goes away while somebody comments, and comes back (rules 9, 36, 38)."""

from __future__ import annotations

from pathlib import Path

import pytest

from eds_tui.services.container import Services
from eds_tui.ui.features.comment_sending import NOT_SENT_YET
from eds_tui.ui.runtime.background import AWAY
from tests.conftest import Away
from tests.factories import People, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import (
    box,
    line,
    press,
    prose,
    said,
    screen,
    seconds_pass,
    write,
)
from tests.ui.stored import comments, here

pytestmark = [pytest.mark.long_on_postgres, pytest.mark.usefixtures("without_pauses")]


@pytest.mark.parametrize("login", ["handler", "00000EDU"])
async def test_a_comment_is_sent_by_itself_when_the_database_is_back(
    kiosk: Open, services: Services, people: People, away: Away, login: str, tmp_path: Path
) -> None:
    """Rules 9 and 38: once; the incident stays on the screen, with its time."""
    services.report.log(people.head, new_form())
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
    assert comments(services, people.handler) == ["Hi"]
    assert services.drafts.under(services.accounts.by_login(login), "") == ()
    assert here(tmp_path) == ""


async def test_a_comment_changed_since_waits_for_the_key(
    kiosk: Open, services: Services, people: People, away: Away
) -> None:
    """Rule 9."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "enter", "c", *"Hi")
        # Left by another session meanwhile: nobody has asked for it here.
        services.drafts.save(people.handler, "comment:INC0000001:a", {"text": "left"})
        with away():
            await press(pilot, "ctrl+s")
            await write(pilot, " there")
        await seconds_pass(pilot)
        assert comments(services, people.handler) == []
        await press(pilot, "f5", "ctrl+s")
    assert comments(services, people.handler) == ["Hi there"]
    assert [draft.body for draft in services.drafts.under(people.handler, "")] == [{"text": "left"}]


async def test_a_comment_left_before_is_not_written_over_where_it_could_not_be_read(
    kiosk: Open, services: Services, people: People, away: Away
) -> None:
    """Rule 36: what is typed meanwhile joins it."""
    services.report.log(people.head, new_form())
    services.drafts.save(people.handler, "comment:INC0000001", {"text": "left", "submission": "a"})
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
    assert comments(services, people.handler) == ["left\n\nnew"]


async def test_a_comment_of_which_the_database_is_away_is_offered_at_the_next_sign_in(
    kiosk: Open, services: Services, people: People, away: Away
) -> None:
    """Rule 36: by the number of its incident, with the caller it was for."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "enter", "c", "shift+tab", *"Ann", "enter")
        with away():
            await write(pilot, "Hi")
            await seconds_pass(pilot, 1)
            assert said(pilot) == f"! {AWAY}"
            await press(pilot, "ctrl+q")
    async with kiosk() as pilot:
        assert said(pilot) == "A comment was not sent on INC0000001: it waits there."
        await press(pilot, "enter")
        assert (box(pilot).text, line(pilot, "caller").value) == ("Hi", "Ann")


async def test_a_comment_that_cannot_be_sent_is_kept_in_its_box(
    kiosk: Open, services: Services, people: People, away: Away
) -> None:
    """Rules 9 and 38: the incident stays on the screen, and sending works later."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "enter", "c", *"Hi")
        with away():
            await press(pilot, "ctrl+s")
            assert said(pilot).startswith("! The database can't be")
            assert box(pilot).text == "Hi"
            assert "No internet in the whole building." in screen(pilot)
        await press(pilot, "ctrl+s")
    assert comments(services, people.head) == ["Hi"]
