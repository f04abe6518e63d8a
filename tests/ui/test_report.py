"""A school reports a fault: the form, what it refuses, and the receipt (rules 1 to 10)."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.services.container import Services
from tests.factories import People, SetClock
from tests.ui.conftest import Open
from tests.ui.sitting import (
    beside,
    box,
    burst,
    fields,
    focused,
    line,
    lines,
    numbers,
    paste,
    place,
    press,
    screen,
    write,
)
from tests.ui.stored import all_numbers

TELEPHONE = "01772 1"

DESCRIPTION = "SIMS is down."

LIMIT = 8_000


async def open_form(pilot: Pilot[None]) -> None:
    """Go to the empty form."""
    await press(pilot, "n")
    assert place(pilot) == "ReportScreen"


async def fill(pilot: Pilot[None], missing: str = "") -> None:
    """Fill the empty form in, all but one field, as somebody goes through it from the top."""
    await write(pilot, "" if missing == "telephone" else TELEPHONE)
    await press(pilot, "enter")
    await press(pilot, "tab" if missing == "category" else "s")
    await press(pilot, "tab" if missing == "impact" else "4")
    fields(pilot).confidential.focus()
    await press(pilot, "space", "enter")
    await write(pilot, "" if missing == "description" else DESCRIPTION)


async def test_what_is_wrong_with_the_description_stands_right_above_what_is_typed(
    kiosk: Open,
) -> None:
    """Rule 9: where the eye is, not below the whole box."""
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "n", "ctrl+s")
        rows = lines(pilot)
        (told,) = [row for row, text in enumerate(rows) if "Type the description" in text]
        assert rows[told + 1].startswith(" Description")


async def test_the_question_before_all_is_thrown_away_is_small(kiosk: Open) -> None:
    """A line for the question, one for the keys, and one between them."""
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "n", "1", "ctrl+f")
        assert place(pilot) == "ConfirmDialog"
        assert pilot.app.screen.query_one(".dialog--box").content_size.height == 3


async def test_a_report_goes_to_the_school_of_the_login(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rules 1 and 10: name and school come from the login; the incident is New without priority."""
    async with kiosk("00000EDU") as pilot:
        await open_form(pilot)
        assert not pilot.app.screen.query("#school")
        await burst(pilot, *TELEPHONE, "enter", "d", "3", *DESCRIPTION, "ctrl+s")
        assert place(pilot) == "ReceiptDialog"
        await press(pilot, "enter")
        assert place(pilot) == "HomeScreen"
        assert numbers(pilot, "#open") == [1]
    row = services.queue.open(people.head, 1).row
    assert (row.school_id, row.contact_name) == (people.school.id, "Test User")
    assert (row.contact_telephone, row.contact_email) == (TELEPHONE, "user@test.example")
    assert (row.category, row.impact) == (Category.DATA, Impact.MULTIPLE_USERS)
    assert (row.state, row.priority, row.sla_due) == (State.NEW, Priority.NONE, None)
    assert (row.confidential, row.channel) == (False, Channel.SELF_SERVICE)
    assert row.opened_at == clock.now


async def test_nothing_is_chosen_before_somebody_chooses(kiosk: Open) -> None:
    """Rules 2, 3 and 4: no default for category and impact, and not confidential."""
    async with kiosk("00000EDU") as pilot:
        await open_form(pilot)
        form = fields(pilot)
        assert (form.category.value, form.impact.value) == (None, None)
        assert form.confidential.value is False
        assert "▸" not in screen(pilot)
        assert "◂" not in screen(pilot)


async def test_a_letter_chooses_the_category_and_moves_on(kiosk: Open) -> None:
    """Rules 2 and 34: D, H, N, P and S, in either case."""
    async with kiosk("00000EDU") as pilot:
        await open_form(pilot)
        await press(pilot, "enter")
        for letter, category, shown in (
            ("d", Category.DATA, "▸Data◂"),
            ("H", Category.HARDWARE, "▸Hardware◂"),
            ("n", Category.NETWORK, "▸Network◂"),
            ("P", Category.PASSWORDS, "▸Passwords / Logins◂"),
            ("s", Category.SOFTWARE, "▸Software◂"),
        ):
            await press(pilot, letter)
            assert focused(pilot) == "impact"
            assert fields(pilot).category.value is category
            assert shown in screen(pilot)
            await press(pilot, "shift+tab")


async def test_the_explanation_of_the_impact_follows_the_cursor(kiosk: Open) -> None:
    """Rule 4: each impact is explained where the cursor is, and moving chooses none."""
    async with kiosk("00000EDU") as pilot:
        await open_form(pilot)
        await press(pilot, "enter", "s")
        for impact in Impact:
            assert beside(pilot, "impact") == impact.explanation
            await press(pilot, "right")
        assert beside(pilot, "impact") == Impact.ENTERPRISE.explanation
        assert fields(pilot).impact.value is None
        await press(pilot, "right", "space")
        assert fields(pilot).impact.value is Impact.SITE


async def test_the_confidential_box_has_its_warning_beside_it(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 3: ticked by Space; what it means stands beside it."""
    async with kiosk("00000EDU") as pilot:
        await open_form(pilot)
        assert "[ ] Hidden from the school" in screen(pilot)
        await fill(pilot)
        assert "[x] Hidden from the school" in screen(pilot)
        await press(pilot, "ctrl+s")
    assert services.queue.open(people.handler, 1).row.confidential


async def test_the_advice_for_the_description_stays_beside_it(kiosk: Open) -> None:
    """Rule 5: error messages as they read, when it last worked, and no pupils' names."""
    async with kiosk("00000EDU") as pilot:
        await open_form(pilot)
        advice = beside(pilot, "description")
        assert advice == "Error messages as they read; when it last worked; name no pupil."
        await press(pilot, "enter", "s", "4", *DESCRIPTION)
        assert beside(pilot, "description") == advice


async def test_of_a_megabyte_pasted_into_the_description_what_fits_is_kept(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 5: 8,000 characters; a sentence says how much of the paste is there."""
    text = "".join(f"{place:07d}\n" for place in range(125_000))
    async with kiosk("00000EDU") as pilot:
        await open_form(pilot)
        await press(pilot, "enter", "s", "4")
        await paste(pilot, text)
        assert box(pilot, "description").text == text[:LIMIT]
        sentence = "! Only 8,000 of 1,000,000 characters fitted; 8,000 can be kept in all."
        assert beside(pilot, "description") == sentence
        await press(pilot, "x")
        assert beside(pilot, "description") == "! It is full: 8,000 characters can be kept."
        await press(pilot, "ctrl+s")
        assert place(pilot) == "ReceiptDialog"
    assert services.queue.open(people.head, 1).description == text[:LIMIT]


async def test_room_made_in_a_full_description_takes_its_complaint_away(kiosk: Open) -> None:
    """Rule 5: what was wrong is no longer said once it is put right."""
    async with kiosk("00000EDU") as pilot:
        await open_form(pilot)
        await press(pilot, "enter", "s", "4")
        await paste(pilot, "x" * (LIMIT + 1))
        await press(pilot, "backspace")
        assert beside(pilot, "description").startswith("Error messages as they read")
        assert len(box(pilot, "description").text) == LIMIT - 1


async def test_a_shared_login_is_asked_for_a_name(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 6: the form asks in the field, and does not go with a number alone."""
    async with kiosk("bursar") as pilot:
        await open_form(pilot)
        assert "your name and a number" in screen(pilot)
        await burst(pilot, *"01772 123456", "enter", "s", "4", *DESCRIPTION, "ctrl+s")
        assert focused(pilot) == "telephone"
        sentence = "! This login is shared: give your name here, and a number."
        assert beside(pilot, "telephone") == sentence
        assert all_numbers(services, people) == []
        await burst(pilot, "home", *"Jo Fox, ", "ctrl+s")
        assert place(pilot) == "ReceiptDialog"
    assert services.queue.open(people.head, 1).row.contact_telephone == "Jo Fox, 01772 123456"


@pytest.mark.parametrize(
    ("missing", "sentence", "keys", "left"),
    [
        ("category", "! Choose a category: D, H, N, P or S.", ["s"], "impact"),
        ("impact", "! Choose an impact: 1, 2, 3 or 4.", ["4"], "confidential"),
        ("description", "! Type the description.", [*DESCRIPTION], "description"),
    ],
)
async def test_a_refused_report_keeps_everything_and_goes_to_the_field_at_fault(
    kiosk: Open, services: Services, people: People, folder: Path,
    missing: str, sentence: str, keys: list[str], left: str,
) -> None:  # fmt: skip
    """Rule 9: values and files stay, the cursor is on the bad field, the sentence beside it."""
    (folder / "error.txt").write_bytes(b"0x80070005")
    async with kiosk("00000EDU") as pilot:
        await open_form(pilot)
        await fill(pilot, missing)
        await press(pilot, "ctrl+t", "enter")
        before = fields(pilot).values()
        await press(pilot, "ctrl+s")
        assert place(pilot) == "ReportScreen"
        assert all_numbers(services, people) == []
        assert focused(pilot) == missing
        assert beside(pilot, missing) == sentence
        assert (fields(pilot).values(), line(pilot, "telephone").value) == (before, TELEPHONE)
        assert [file.name for file in fields(pilot).files] == ["error.txt"]
        await burst(pilot, *keys)
        assert focused(pilot) == left
        assert not beside(pilot, missing).startswith("!")
        await press(pilot, "ctrl+s")
        assert place(pilot) == "ReceiptDialog"
    detail = services.queue.open(people.handler, 1)
    assert (detail.row.category, detail.row.impact) == (Category.SOFTWARE, Impact.SINGLE_USER)
    assert (detail.row.confidential, detail.description) == (True, DESCRIPTION)
    assert [file.name for file in detail.attachments] == ["error.txt"]


async def test_of_several_fields_at_fault_the_first_gets_the_cursor(kiosk: Open) -> None:
    """Rule 9: each is named beside its field, all at once."""
    async with kiosk("bursar") as pilot:
        await open_form(pilot)
        await press(pilot, "ctrl+s")
        assert focused(pilot) == "telephone"
        for name in ("telephone", "category", "impact", "description"):
            assert beside(pilot, name).startswith("! ")


async def test_enter_never_sends_the_report(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 8: Enter goes on to the next field, and starts a new line in the description."""
    async with kiosk("00000EDU") as pilot:
        await open_form(pilot)
        await fill(pilot)
        await press(pilot, "enter", "enter")
        line(pilot, "telephone").focus()
        await press(pilot, "enter")
        assert focused(pilot) == "category"
        assert box(pilot, "description").text == DESCRIPTION + "\n\n"
    assert all_numbers(services, people) == []
