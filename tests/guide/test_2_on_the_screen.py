"""Guide 2 to 2.6: the form, its prompt and the list, as a school goes through them (rules 1 to 12).

What each field takes and refuses is in the modules of its section.
"""

from __future__ import annotations

from pathlib import Path

from eds_tui.domain.priority import Impact
from tests.ui.conftest import Open
from tests.ui.sitting import burst, focused, place, press, prose, screen, write

WORDS = "Unable to access SIMS Finance."


async def test_a_school_reports_a_fault_from_the_first_field_to_the_list(
    kiosk: Open, folder: Path
) -> None:
    """Guide 2 to 2.6: what is told beside each field, the prompt, and the list afterwards."""
    (folder / "screenshot.png").write_bytes(b"png")
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "n")
        assert focused(pilot) == "telephone"
        assert "A number, in case somebody has to ring you" in screen(pilot)  # 2.5
        await write(pilot, "01772 123456")
        await press(pilot, "enter")
        assert "Data Hardware Network Passwords / Logins Software" in prose(pilot)  # 2.1
        await press(pilot, "s")
        for impact in Impact:  # 2.3
            assert f"{impact.value} {impact.label}" in screen(pilot)
            assert impact.explanation in screen(pilot)
            await press(pilot, "right")
        await press(pilot, "4")
        warning = "Hidden from the school, you too. The school can't change it back."
        assert warning in prose(pilot)  # 2.2
        advice = "Error messages as they read; when it last worked; name no pupil."
        assert advice in screen(pilot)  # 2.4
        await press(pilot, "ctrl+t", "enter")
        assert "screenshot.png" in screen(pilot)  # 2.6
        await burst(pilot, *WORDS)
        await press(pilot, "ctrl+s")
        told = prose(pilot).replace("│ ", "")
        assert "Incident logged!" in told
        assert "INC0000001" in told
        assert "read in the school's list of open incidents" in told
        assert "Notified by e-mail: head@test-school.example." in told
        assert "That address serves all incidents; to change it ask ict.service" in told

        await press(pilot, "enter")
        assert place(pilot) == "HomeScreen"
        assert "INC0000001 Unable to access" in prose(pilot)
        for column in ("Reference", "Incident Details", "Contact Details", "State"):
            assert screen(pilot).count(column) == 2
        assert "Latest 20 closed, but for confidential ones, read only" in screen(pilot)


async def test_a_school_reports_something_confidential_and_sees_no_more_of_it(kiosk: Open) -> None:
    """Guide 2.2 and 2.6: the box is ticked, updates are by telephone, and no list has it."""
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "n", "tab", "s", "4", "space", "tab")
        await burst(pilot, *WORDS)
        await press(pilot, "ctrl+s")
        told = prose(pilot).replace("│ ", "")
        assert "INC0000001" in told
        assert "Telephone 01772 000000 for updates." in told
        assert "@" not in told
        await press(pilot, "enter")
        assert "INC0000001" not in screen(pilot)
        assert "open, but for confidential ones · 0" in screen(pilot)
