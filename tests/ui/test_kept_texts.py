"""Every text that is asked for is kept until it is sent, whatever ends the session (rule 36)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from eds_tui.domain.account import Account
from eds_tui.services.container import Services
from eds_tui.settings import Settings
from eds_tui.ui.dialogs.dialog_text import PUT_BACK
from eds_tui.ui.dialogs.pick import PickDialog
from tests.conftest import Away
from tests.factories import People, SetClock, log, new_form
from tests.services.triage_steps import RESOLVED
from tests.ui.conftest import Open
from tests.ui.sitting import (
    box,
    kiosk_of,
    look,
    place,
    press,
    prose,
    said,
    seconds_pass,
    write,
)
from tests.ui.sitting_again import sign_in_again, typed
from tests.ui.stored import comments, here

BOXES = {
    "note": (("w",), "Rang the supplier.", "ctrl+s"),
    "rang": (("h",), "The caretaker", "enter"),
    "question": (("s", "c"), "Which printer is it?", "ctrl+s"),
    "change": (("s", "h"), "The upgrade in July", "enter"),
    "until": (("s", "d"), "tomorrow 9", "enter"),
    "resolution": (("s", "r", "1"), "The cable was put back.", "ctrl+s"),
    "reopened": (("s", "i"), "It is down again.", "enter"),
    "hide": (("x",), "A pupil is named.", "enter"),
    "undo": (("u",), "It was the wrong one.", "enter"),
}
"""Keys up to the box, a text, and the key that is done with it; in an order that goes through."""


def left(services: Services, account: Account) -> list[str]:
    """Return the texts that wait for somebody."""
    return [str(draft.body["text"]) for draft in services.drafts.under(account, "")]


@pytest.mark.on_sqlite
async def test_every_box_of_the_service_centre_is_kept_and_offered_until_it_is_sent(
    kiosk: Open, services: Services, people: People
) -> None:
    """Logged out in the middle of each: it is named at the sign-in, and is there again."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        for name, (keys, text, done) in BOXES.items():
            await press(pilot, *keys)
            await write(pilot, text)
            await press(pilot, "ctrl+q")
            assert left(services, people.handler) == [text], name
            words = await sign_in_again(pilot, people.handler)
            assert words.startswith("Not sent, and kept: ")
            assert "INC0000001" in words
            await press(pilot, *(key for key in keys if key != "1"))
            assert typed(pilot) == text
            if name != "until":
                assert PUT_BACK in prose(pilot)
            await press(pilot, done)
            assert not place(pilot).endswith("Dialog"), name
            assert left(services, people.handler) == [], name
    assert not services.queue.open(people.handler, 1).row.confidential
    assert comments(services, people.handler)[:2] == ["Rang the supplier.", "Which printer is it?"]


@pytest.mark.on_sqlite
@pytest.mark.parametrize("way", ["lock", "idle", "disabled", "hung up"])
async def test_whatever_ends_the_session_the_text_of_a_dialog_is_kept_to_the_last_letter(
    kiosk: Open, services: Services, people: People, clock: SetClock, settings: Settings, way: str
) -> None:
    services.report.log(people.head, new_form())
    watched = replace(settings, idle_lock=timedelta(minutes=10), session_end=timedelta(minutes=20))
    async with kiosk(settings=watched, look_every=1) as pilot:
        await press(pilot, "w")
        await write(pilot, "Rang the supplier.")
        match way:
            case "lock":
                clock.forward(minutes=10)
                await look(pilot)
                assert place(pilot) == "LockScreen"
                assert left(services, people.handler) == ["Rang the supplier."]
                await press(pilot, "ctrl+q")
            case "idle":
                clock.forward(minutes=20)
                await look(pilot)
            case "disabled":
                services.accounts.disable("handler")
                await look(pilot)
                services.accounts.enable("handler")
            case _:
                await kiosk_of(pilot).action_hang_up()
        if way != "hung up":
            assert place(pilot) == "SignInScreen"
    assert left(services, people.handler) == ["Rang the supplier."]


@pytest.mark.on_sqlite
async def test_what_is_thrown_away_knowingly_is_gone_and_what_is_refused_is_not(
    kiosk: Open, services: Services, people: People
) -> None:
    """Esc Esc; a text that was emptied; a decision that another one was quicker with."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "w", *"Rang")
        await seconds_pass(pilot, 1)
        await press(pilot, "escape")
        assert left(services, people.handler) == ["Rang"]
        await press(pilot, "escape")
        assert left(services, people.handler) == []
        await press(pilot, "w", "R")
        await seconds_pass(pilot, 1)
        await press(pilot, "backspace", "escape")
        assert (place(pilot), left(services, people.handler)) == ("QueueScreen", [])
        await press(pilot, "s", "r", "tab", *"Do", "ctrl+q")
        await sign_in_again(pilot, people.handler)
        await press(pilot, "s", "r")
        assert typed(pilot) == "Do"
        await press(pilot, "ctrl+s")
        assert "Choose how it ended." in prose(pilot)
        await press(pilot, "1", *"ne")
        services.triage.set_state(people.lead, 1, None, RESOLVED)
        await press(pilot, "ctrl+s")
        assert place(pilot) == "ConflictDialog"
        assert left(services, people.handler) == ["Done"]


@pytest.mark.on_sqlite
async def test_the_text_of_a_decision_on_several_is_there_for_the_same_ones(
    kiosk: Open, services: Services, people: People
) -> None:
    for _ in range(3):
        services.report.log(people.head, new_form())
    tick = ("space", "down", "space")
    async with kiosk() as pilot:
        await press(pilot, *tick, "s", "h", *"July")
        await press(pilot, "ctrl+q")
        words = await sign_in_again(pilot, people.handler)
        assert "change that is waited for on 2 incidents" in words
        await press(pilot, "s", "h")
        assert typed(pilot) == ""
        await press(pilot, "escape", *tick, "s", "h")
        assert typed(pilot) == "July"
        await press(pilot, "enter", "y")
    assert left(services, people.handler) == []


@pytest.mark.on_sqlite
async def test_while_the_database_is_away_the_text_of_a_dialog_is_kept_on_this_machine(
    kiosk: Open,
    services: Services,
    people: People,
    away: Away,
    tmp_path: Path,
    without_pauses: None,
) -> None:
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        with away():
            await press(pilot, "w")
            await write(pilot, "Rang")
            await seconds_pass(pilot, 1)
            assert "Rang" in here(tmp_path)
            await press(pilot, "ctrl+s")
            await press(pilot, "w")
            assert typed(pilot) == "Rang"
            await press(pilot, "ctrl+q")
        assert "work note on INC0000001" in await sign_in_again(pilot, people.handler)
        await press(pilot, "w")
        assert typed(pilot) == "Rang"
        await press(pilot, "ctrl+s")
    assert comments(services, people.handler) == ["Rang"]
    assert (left(services, people.handler), here(tmp_path)) == ([], "")


@pytest.mark.on_sqlite
async def test_two_sessions_of_one_login_are_not_in_each_others_way(
    kiosk: Open, services: Services, people: People
) -> None:
    """In the box and in a dialog: each keeps and sends its own text, and is offered no other."""
    services.report.log(people.head, new_form())
    async with kiosk() as one, kiosk() as two:
        for pilot, text in ((one, "one"), (two, "two")):
            await press(pilot, "enter", "c", *text)
            await seconds_pass(pilot, 1)
        await press(two, "escape", "w", *"aside")
        await seconds_pass(two, 1)
        assert sorted(left(services, people.handler)) == ["aside", "one", "two"]
        await press(one, "escape", "w")
        assert typed(one) == ""
        await press(one, "escape", "ctrl+e")
        listed = one.app.screen
        assert isinstance(listed, PickDialog)
        assert sum("(open in another session)" in row.name for row in listed._rows) == 2
        await press(one, "escape", "enter")
        assert box(one).text == "one"
        await press(one, "ctrl+s")
        assert said(one) == "Comment sent."
        await press(two, "ctrl+s", "enter")
        assert box(two).text == "two"
        await press(two, "ctrl+s")
        assert said(two) == "Comment sent."
    assert comments(services, people.head) == ["one", "two"]
    assert left(services, people.handler) == []


@pytest.mark.on_sqlite
async def test_of_several_texts_of_one_box_each_is_offered(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """The latest is in the box; the others are chosen from a list, read, or thrown away."""
    log(services, people, 2)
    for key, text in (("2:a", "of two"), ("2:b", "and two"), ("1", "oldest"), ("1:a", "older"),
                      ("1:b", "latest")):  # fmt: skip
        services.drafts.save(people.handler, f"comment:INC000000{key}", {"text": text})
        clock.forward(minutes=1)
    async with kiosk() as pilot:
        await press(pilot, "enter")
        assert box(pilot).text == "and two"
        assert said(pilot) == "1 more that you typed here waits: Ctrl+E shows it."
        await press(pilot, "escape", "down", "enter")
        assert box(pilot).text == "latest"
        assert said(pilot) == "2 more that you typed here wait: Ctrl+E shows it."
        await press(pilot, "ctrl+e", "down", "enter")
        assert "oldest" in prose(pilot)
        await press(pilot, "x", "y")
        assert said(pilot) == "Thrown away."
        await press(pilot, "ctrl+e", "enter")
        assert box(pilot).text == "older"
        await press(pilot, "ctrl+s")
        assert box(pilot).text == ""
    assert comments(services, people.handler) == ["older"]
    assert sorted(left(services, people.handler)) == ["and two", "latest", "of two"]


@pytest.mark.on_sqlite
async def test_words_for_an_incident_that_is_hidden_are_given_back_without_its_number(
    kiosk: Open, services: Services, people: People, away: Away, without_pauses: None
) -> None:
    """Rule 24: while it is open, at the retry after an outage, at the sign-in and in the list."""
    services.report.log(people.head, new_form())
    given_back = "A comment that you typed could not be placed. Your words: Still down"
    async with kiosk("00000EDU", look_every=1) as pilot:
        await press(pilot, "enter", "c")
        await write(pilot, "Still down")
        with away():
            await press(pilot, "ctrl+s")
        services.triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
        await seconds_pass(pilot)
        assert said(pilot) == f"! {given_back}"
        await press(pilot, "ctrl+q")
        assert await sign_in_again(pilot, people.head) == f"{given_back} Ctrl+E shows all."
        assert "INC" not in prose(pilot).partition("Latest 20")[2]
        await press(pilot, "ctrl+e")
        assert "It could not be placed" in prose(pilot)
        assert "Still down" in prose(pilot)
        assert "INC0" not in prose(pilot)
        await press(pilot, "enter")
        assert place(pilot) == "UnsentTextDialog"
        await press(pilot, "x", "y")
    assert left(services, people.head) == []
    assert comments(services, people.handler) == []
