"""The receipt: the number that was given, and what comes after it (rules 8, 24 and 28)."""

from __future__ import annotations

from eds_tui.services.container import Services
from tests.factories import People, log, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import (
    CALL,
    Script,
    burst,
    fields,
    line,
    marked,
    numbers,
    place,
    press,
    prose,
    screen,
    seconds_pass,
)
from tests.ui.stored import all_numbers

REPORT: Script = ("n", *"01772 1", "enter", "d", "3", *"SIMS is down.")
"""The keys of a school's report, up to sending it."""

CONFIDENTIAL = ("shift+tab", "space")
"""The keys from the description that tick the box."""
WORDS = "Still no SIMS."


async def test_the_submit_key_pressed_five_times_logs_one_incident(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 8: while it saves, and into the receipt."""
    async with kiosk("00000EDU") as pilot:
        await burst(pilot, *REPORT, *["ctrl+s"] * 5)
        assert place(pilot) == "ReceiptDialog"
        assert "INC0000001" in screen(pilot)
    assert all_numbers(services, people) == [1]


async def test_another_report_follows_the_receipt_with_one_key(kiosk: Open) -> None:
    """Rule 8: n on the receipt starts an empty form; Esc goes home."""
    async with kiosk("00000EDU") as pilot:
        await burst(pilot, *REPORT, "ctrl+s", "n")
        assert place(pilot) == "ReportScreen"
        assert fields(pilot).values() == {}
        assert line(pilot, "telephone").value == ""
        await press(pilot, "escape")
        assert place(pilot) == "HomeScreen"


async def test_what_was_logged_is_opened_from_its_receipt(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 8: g opens it; back leads to the queue, where it is."""
    log(services, people, 1)
    async with kiosk() as pilot:
        await burst(pilot, *CALL, *WORDS)
        await press(pilot, "ctrl+s", "g")
        assert place(pilot) == "IncidentScreen"
        assert WORDS in screen(pilot)
        await press(pilot, "escape")
        assert place(pilot) == "QueueScreen"
        assert (numbers(pilot), marked(pilot)[1]) == ([2, 1], "INC0000002")
        # The cursor goes there once.
        await press(pilot, "down", "f1", "escape")
        assert marked(pilot)[1] == "INC0000001"


async def test_the_receipt_of_a_confidential_report_leads_nowhere(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 24: not by the key that opens what was logged either."""
    async with kiosk("00000EDU") as pilot:
        await press(pilot, *REPORT, *CONFIDENTIAL, "ctrl+s")
        assert place(pilot) == "ReceiptDialog"
        assert services.queue.open(people.handler, 1).row.confidential
        assert "Enter Done n New one # Copy │" in prose(pilot)
        await press(pilot, "g", "j")
        assert place(pilot) == "ReceiptDialog"
        assert "Open it" not in screen(pilot)


async def test_the_receipt_of_a_confidential_call_leads_to_it(kiosk: Open) -> None:
    """Rule 24: who logged it at the service centre may see it."""
    async with kiosk() as pilot:
        await press(pilot, *CALL, "x", *CONFIDENTIAL, "ctrl+s")
        assert "g Go to it" in screen(pilot)
        await press(pilot, "g")
        assert "CONFIDENTIAL: not seen by the school" in screen(pilot)


async def test_what_could_not_be_hung_on_the_first_call_is_said_in_its_receipt(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 49: a colleague has hung the first one on another meanwhile."""
    log(services, people, 1)
    async with kiosk() as pilot:
        await press(pilot, *CALL, "x", "ctrl+s", "j", *"garst", "enter", *"Mr Other")
        services.triage.link(people.handler, 2, None, 1)
        await press(pilot, "ctrl+s")
        assert "The number is INC0000003" in prose(pilot)
        assert "It hangs on none: " in prose(pilot).replace("│ ", "")
    assert services.queue.open(people.handler, 3).row.parent is None


async def test_what_had_come_through_before_it_was_changed_is_said_in_the_receipt(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 8: under the key of the form, from a program that went before it knew."""
    async with kiosk("00000EDU") as pilot:
        await press(pilot, *REPORT)
        await seconds_pass(pilot)
        (draft,) = services.drafts.under(people.head, "")
        services.report.log(people.head, new_form(submission=draft.body["submission"]))
        await press(pilot, "ctrl+s")
        assert "The number is INC0000001" in prose(pilot)
        assert "what you changed since is not in it" in prose(pilot).replace("│ ", "")
    assert all_numbers(services, people) == [1]
