"""What is typed and not sent is kept, per person and form (rule 36)."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from eds_tui.domain.priority import Category, Impact
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import (
    CALL,
    PATIENCE,
    box,
    burst,
    fields,
    focused,
    incident_list,
    line,
    place,
    press,
    prose,
    said,
    screen,
    settle,
    until,
)


async def test_a_form_that_was_left_is_gone_on_with(
    kiosk: Open, services: Services, people: People, folder: Path
) -> None:
    """Rule 36: every field, the school and the files; at the next sign-in too."""
    (folder / "error.txt").write_bytes(b"0x80070005")
    services.report.log(people.neighbour, new_form())
    async with kiosk() as pilot:
        await press(pilot, "n", *"garst", "enter", "s", "4", "ctrl+t", "enter")
        await press(pilot, "x", "enter", "y", "shift+tab", "shift+tab", "space", "escape")
        assert place(pilot) == "QueueScreen"
    async with kiosk() as pilot:
        await press(pilot, "n")
        assert "1 unfinished" in said(pilot)
        assert line(pilot, "school").value == ""
        await press(pilot, "ctrl+e")
        form = fields(pilot)
        assert line(pilot, "school").value == "St Mary's and St Michael's, Garstang"
        assert line(pilot, "caller").value == "Anne O'Brien"
        assert line(pilot, "telephone").value == "01995 600001"
        assert (form.category.value, form.impact.value) == (Category.SOFTWARE, Impact.SINGLE_USER)
        assert form.confidential.value
        assert form.description.text == "x\ny"
        assert [file.name for file in form.files] == ["error.txt"]
        assert incident_list(pilot, "#open-here").display
        await press(pilot, "ctrl+s")
        assert place(pilot) == "ReceiptDialog"
    detail = services.queue.open(people.handler, 2)
    assert (detail.row.school_id, detail.description) == (people.other_school.id, "x\ny")
    assert [file.name for file in detail.attachments] == ["error.txt"]
    assert services.drafts.under(people.handler, "") == ()


async def test_several_drafts_live_side_by_side(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 36: the one to go on with is picked; the others stay, and so does what stands here."""
    async with kiosk("00000EDU") as pilot:
        for text in "abc":
            await press(pilot, "n", "enter", "tab", "4", text, "escape")
            clock.forward(minutes=1)
        await press(pilot, "n")
        assert "3 unfinished" in said(pilot)
        await press(pilot, "enter", "tab", "4", "d", "ctrl+e")
        assert place(pilot) == "PickDialog"
        assert "10-06-2026 11:54:00 c" in prose(pilot)
        await press(pilot, "down", "enter")
        assert box(pilot, "description").text == "b"
        await press(pilot, "shift+tab", "shift+tab", "shift+tab", "s", "ctrl+s", "enter")
        assert place(pilot) == "HomeScreen"
    kept = [draft.body["description"] for draft in services.drafts.under(people.head, "report:")]
    assert sorted(kept) == ["a", "c", "d"]
    assert services.queue.open(people.head, 1).description == "b"


async def test_the_school_of_a_draft_takes_the_place_of_nothing_that_is_typed_meanwhile(
    kiosk: Open, services: Services, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rule 36: it is looked up by its number, which may take a while."""
    body = {"school_id": people.school.id, "school": people.school.title, "description": "x"}
    services.drafts.save(people.handler, "call:a", body)
    asked, answered, card = threading.Event(), threading.Event(), services.schools.card

    def late(*of: Any) -> object:
        asked.set()
        answered.wait(PATIENCE)
        return card(*of)

    monkeypatch.setattr(services.schools, "card", late)
    async with kiosk() as pilot:
        await press(pilot, "n")
        await pilot.press("ctrl+e")
        await until(pilot, asked.is_set)
        line(pilot, "school").value = "gar"
        await until(pilot, lambda: "Garstang" in screen(pilot))
        answered.set()
        await settle(pilot)
        assert line(pilot, "school").value == "gar"


async def test_leaving_the_choice_of_a_draft_changes_nothing(kiosk: Open) -> None:
    """Rule 36: Esc in the dialog."""
    async with kiosk("00000EDU") as pilot:
        for text in "ab":
            await press(pilot, "n", "enter", "tab", "4", text, "escape")
        await press(pilot, "n", "enter", "tab", "4", "c", "ctrl+e", "escape")
        assert place(pilot) == "ReportScreen"
        assert box(pilot, "description").text == "c"


async def test_a_form_with_nothing_in_it_leaves_no_draft(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 36: nor does one that was emptied again."""
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "n", "escape", "n", "1", "backspace", "escape", "n")
        assert said(pilot) == ""
        await press(pilot, "ctrl+e")
        assert said(pilot) == "Nothing was left unfinished."
    assert services.drafts.under(people.head, "") == ()


async def test_a_comment_that_was_not_sent_waits_at_its_incident(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 36: a draft for each incident, with the cursor behind it."""
    services.report.log(people.head, new_form())
    clock.forward(minutes=1)
    services.report.log(people.head, new_form())
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter", "c", *"two", "escape", "down", "enter")
        assert box(pilot).text == ""
        await press(pilot, "c", *"one", "escape", "up", "enter")
        assert (box(pilot).text, focused(pilot)) == ("two", "box")
        await press(pilot, "!", "ctrl+s", "escape", "enter")
        assert box(pilot).text == ""
    assert [said.body for said in services.queue.open(people.head, 2).comments] == ["two!"]
    assert [draft.body["text"] for draft in services.drafts.under(people.head, "")] == ["one"]


async def test_a_sent_form_leaves_no_draft(kiosk: Open, services: Services, people: People) -> None:
    """Rule 36: gone once sent, also when it was kept before."""
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "n", "enter", "s", "4", "x", "escape", "n", "ctrl+e", "ctrl+s", "enter")
        assert place(pilot) == "HomeScreen"
        await press(pilot, "n")
        assert said(pilot) == ""
    assert services.drafts.under(people.head, "") == ()
    assert services.queue.open(people.head, 1).description == "x"


async def test_logging_out_keeps_every_form_on_the_way(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 36: the form, and the comment that was begun from it."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await burst(pilot, *CALL, *"abc")
        await press(pilot, "ctrl+o", "d", "ctrl+q")
        assert place(pilot) == "SignInScreen"
    left = services.drafts.under(people.handler, "")
    drafts = {draft.place.partition(":")[0]: draft.body for draft in left}
    assert drafts["call"]["description"] == "abc"
    assert drafts["call"]["school_id"] == people.school.id
    assert drafts["comment"]["text"] == "abcd"


async def test_nobody_is_offered_what_another_left(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 36: not a colleague's, not another school's."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await burst(pilot, *CALL, *"abc", "escape")
        await press(pilot, "enter", "c", "x", "escape")
    for login in ("lead", "30112EDU", "00000EDU"):
        async with kiosk(login) as pilot:
            await press(pilot, "n")
            assert said(pilot) == ""
            await press(pilot, "ctrl+e")
            assert said(pilot) == "Nothing was left unfinished."
            await press(pilot, "escape", "1", "enter")
            assert "abc" not in screen(pilot)
            assert box(pilot).text == ""


async def test_what_is_typed_is_kept_while_one_types(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 36: every second, without leaving the form."""
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "n", *"0177")
        timer = next(timer for timer in pilot.app._timers if timer._interval == 1.0)
        assert timer._callback is not None
        timer._callback()
        await press(pilot, "end")
        drafts = services.drafts.under(people.head, "report:")
        assert [draft.body["telephone"] for draft in drafts] == ["0177"]


async def test_starting_afresh_asks_before_it_throws_away(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 36: n keeps, Enter does nothing, y throws away what is typed and its draft."""
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "n", "ctrl+f")
        assert place(pilot) == "ReportScreen"
        await press(pilot, "1", "enter", "s", "4", "x", "ctrl+f", "enter")
        assert place(pilot) == "ConfirmDialog"
        await press(pilot, "n")
        assert box(pilot, "description").text == "x"
        await press(pilot, "escape", "n", "ctrl+e", "ctrl+f", "y")
        assert place(pilot) == "ReportScreen"
        assert fields(pilot).values() == {}
        assert line(pilot, "telephone").value == ""
    assert services.drafts.under(people.head, "") == ()
