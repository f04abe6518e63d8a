"""Who else is writing on an incident, and when that ends (rules 24, 27 and 37)."""

from __future__ import annotations

from time import monotonic

import pytest
from textual.pilot import Pilot

from eds_tui.domain.account import Account, NewAccount, Role
from eds_tui.domain.presence import Writing
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.ui.features import presence
from tests.factories import START, People, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import (
    CALL,
    box,
    lines,
    look,
    place,
    press,
    prose,
    screen,
    settle,
    write,
)

pytestmark = pytest.mark.long_on_postgres

COMMENT, NOTE = Writing(1), Writing(1, internal=True)
LEAD = "S. Lead is writing here"


@pytest.fixture(autouse=True)
def _an_incident(services: Services, people: People) -> None:
    services.report.log(people.head, new_form())


def seen_by(services: Services, reader: Account, number: int = 1) -> list[str]:
    """Return who is seen to be writing on an incident from another session."""
    return [each.name for each in services.presence.others(reader, "another", number)]


async def test_a_colleague_who_writes_is_named_over_the_box_until_it_ends(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "enter")
        before = screen(pilot)
        services.presence.say(people.lead, "one", NOTE)
        await look(pilot)
        rows = lines(pilot)
        box_at = next(y for y, row in enumerate(rows) if "Write a comment" in row)
        assert rows[box_at - 1].strip() == LEAD
        assert "Comment for caller" in rows[box_at - 2]
        services.presence.say(people.lead, "one", None)
        await look(pilot)
        assert screen(pilot) == before


async def test_nobody_takes_no_line(kiosk: Open) -> None:
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "enter")
        await look(pilot)
        assert not pilot.app.screen.query_one("#others").display


async def test_it_is_seen_behind_the_dialog_of_a_work_note(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "enter", "w")
        services.presence.say(people.lead, "one", COMMENT)
        await look(pilot)
        await press(pilot, "escape")
        assert LEAD in screen(pilot)


async def test_rule_27_a_school_sees_who_writes_a_comment_and_nobody_who_writes_a_note(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk("00000EDU", look_every=1) as pilot:
        await press(pilot, "enter")
        services.presence.say(people.lead, "one", NOTE)
        services.presence.say(people.bursar, "two", COMMENT)
        await look(pilot)
        assert "Bursar is writing here" in screen(pilot)
        assert "S. Lead" not in screen(pilot)
        services.presence.say(people.lead, "one", COMMENT)
        await look(pilot)
        assert "Bursar and S. Lead (ICT Service Centre) are writing here" in screen(pilot)


async def test_rule_24_with_the_incident_the_names_leave_the_schools_screen(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk("00000EDU", look_every=1) as pilot:
        await press(pilot, "enter")
        services.presence.say(people.lead, "one", COMMENT)
        await look(pilot)
        assert "S. Lead" in screen(pilot)
        services.triage.set_confidential(people.lead, 1, None, True, "Asked.")
        await look(pilot)
        assert "S. Lead" not in screen(pilot)
        await look(pilot)
        assert "S. Lead" not in screen(pilot)


async def test_a_name_is_shown_as_text(kiosk: Open, services: Services, database: Database) -> None:
    with database.writing() as work:
        new = NewAccount(login="odd", name="[/] [@click=app.quit]x\x1b[2J", role=Role.HANDLER)
        work.accounts.add(new, "no password", START)
        work.commit()
    services.presence.say(services.accounts.by_login("odd"), "one", COMMENT)
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "enter")
        await look(pilot)
        assert "[/] [@click=app.quit]x␛[2J is writing here" in screen(pilot)


async def type_comment(pilot: Pilot[None]) -> None:
    """Type a comment and let a second pass."""
    await press(pilot, "enter", "c")
    await write(pilot, "Hi")
    await look(pilot)


async def test_a_comment_in_the_box_is_said_until_it_is_sent(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "enter", "c", "space")
        await look(pilot)
        assert seen_by(services, people.head) == []
        await write(pilot, "Hi")
        await look(pilot)
        assert seen_by(services, people.head) == ["A. Handler"]
        assert "A. Handler" not in lines(pilot)[-4]
        await press(pilot, "ctrl+s")
        await look(pilot)
        assert seen_by(services, people.head) == []


@pytest.mark.parametrize("keys", [("backspace", "backspace"), ("escape",), ("ctrl+q",)])
async def test_it_ends_when_the_text_is_emptied_and_when_the_place_is_left(
    kiosk: Open, services: Services, people: People, keys: tuple[str, ...]
) -> None:
    async with kiosk(look_every=1) as pilot:
        await type_comment(pilot)
        assert seen_by(services, people.head) == ["A. Handler"]
        await press(pilot, *keys)
        if keys != ("ctrl+q",):
            await look(pilot)
        assert seen_by(services, people.head) == []


async def test_it_ends_when_the_kiosk_is_closed(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk(look_every=1) as pilot:
        await type_comment(pilot)
    assert seen_by(services, people.head) == []


@pytest.mark.parametrize("keys", [("w",), ("s", "c"), ("x",), ("s", "r", "1")])
async def test_rule_27_what_is_typed_in_a_dialog_is_said_to_the_service_centre_alone(
    kiosk: Open, services: Services, people: People, keys: tuple[str, ...]
) -> None:
    """Also from the list, where no page of the incident is open."""
    async with kiosk(look_every=1) as pilot:
        await press(pilot, *keys)
        assert place(pilot).endswith("Dialog")
        await look(pilot)
        assert seen_by(services, people.lead) == []
        await write(pilot, "Text")
        await look(pilot)
        assert seen_by(services, people.lead) == ["A. Handler"]
        assert seen_by(services, people.head) == []
        await press(pilot, "escape", "escape")
        await look(pilot)
        assert seen_by(services, people.lead) == []


async def test_the_words_of_a_call_that_is_about_an_open_incident_are_said_there(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk(look_every=1) as pilot:
        await press(pilot, *CALL, *"Still down", "f6")
        assert (place(pilot), box(pilot).text) == ("IncidentScreen", "Still down")
        await look(pilot)
        assert seen_by(services, people.head) == ["A. Handler"]


async def test_the_same_person_in_another_session_is_told_so(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk(look_every=1) as pilot:
        await type_comment(pilot)
        services.presence.say(people.handler, "elsewhere", COMMENT)
        await look(pilot)
        assert "You, in another session, are writing here" in prose(pilot)


async def test_it_is_said_at_most_every_few_seconds(
    kiosk: Open, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Writing | None] = []
    seconds_more = 0.0
    monkeypatch.setattr(presence, "monotonic", lambda: monotonic() + seconds_more)
    async with kiosk(look_every=1) as pilot:
        say = services.presence.say

        def counted(actor: Account, session: str, writing: Writing | None) -> None:
            said.append(writing)
            say(actor, session, writing)

        monkeypatch.setattr(services.presence, "say", counted)
        await look(pilot)
        await type_comment(pilot)
        for _ in range(3):
            await look(pilot)
        assert said == [COMMENT]
        seconds_more = 6.0
        await look(pilot)
        await settle(pilot)
        assert said == [COMMENT] * 2
