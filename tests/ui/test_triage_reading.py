"""Assigning, hiding, noting, and reading back: a, x, w, y, e."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from eds_tui.domain.account import NewAccount, Role
from eds_tui.domain.delivery import FailureCause
from eds_tui.domain.priority import Priority
from eds_tui.domain.views import CannedReply, ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.ui.widgets.find_list import NOTHING
from tests.factories import PASSWORD, START, People, SetClock
from tests.services.triage_steps import contents, events_of
from tests.ui.conftest import Open
from tests.ui.sitting import (
    Text,
    box,
    burst,
    incident_list,
    lines,
    place,
    play,
    press,
    prose,
    said,
    screen,
    seconds_pass,
    write,
)

pytestmark = pytest.mark.usefixtures("two_incidents")

NOTE = "The school is cross."


@pytest.mark.parametrize(("typed", "left"), [
    ("", ["nobody", "team Networks", "A. Handler", "S. Lead", "Zoe Cable"]),
    ("net", ["team Networks"]),
    ("LEAD", ["S. Lead"]),
    ("cab zo", ["Zoe Cable"]),
    ("a", ["A. Handler", "team Networks", "S. Lead", "Zoe Cable"]),
    ("xyz", [NOTHING]),
])  # fmt: skip
async def test_a_narrows_the_people_and_teams_while_one_types(
    kiosk: Open, services: Services, typed: str, left: list[str]
) -> None:
    services.accounts.add(
        NewAccount(login="zoe", name="Zoe Cable", role=Role.HANDLER, team="Networks"), PASSWORD
    )
    async with kiosk() as pilot:
        await press(pilot, "a")
        await write(pilot, typed)
        names = pilot.app.screen.query_one(OptionList)
        assert [str(names.get_option_at_index(i).prompt) for i in range(names.option_count)] == left


async def test_what_is_chosen_from_a_list_may_be_typed_ahead_of_it(
    kiosk: Open, services: Services, people: People
) -> None:
    """No key meant for the list lands in the place below it while the list is being read."""
    services.canned_replies.save(people.lead, CannedReply("Closing", "Thank you."))
    async with kiosk() as pilot:
        await burst(pilot, "a", *"lead", "enter")
        assert services.queue.open(people.handler, 2).row.assigned_to == "S. Lead"
        await burst(pilot, "y", "escape", "equals_sign", "escape", "m")
        assert services.queue.open(people.handler, 1).row.assigned_to == "A. Handler"
        await burst(pilot, "2", "enter", "c", "ctrl+y", *"clos", "enter")
        assert box(pilot).text == "Thank you."


async def test_enter_takes_the_one_under_the_cursor_and_only_one_that_is_left(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "a")
        await write(pilot, "xyz")
        await press(pilot, "enter")
        assert place(pilot) == "PickDialog"
        await press(pilot, "backspace", "backspace", "backspace", "down", "down", "up", "enter")
        assert said(pilot) == "INC0000002: 0 – None, New, A. Handler"
        await play(pilot, ("up", "a", "enter"))
        assert said(pilot) == "INC0000002: 0 – None, New"
    assert services.queue.open(people.handler, 2).row.assignment == ""


async def test_escape_assigns_to_nobody_at_all(kiosk: Open, database: Database) -> None:
    before = contents(database)
    async with kiosk() as pilot:
        await press(pilot, "a")
        await write(pilot, "lead")
        await press(pilot, "escape")
        assert place(pilot) == "QueueScreen"
    assert contents(database) == before


async def test_a_disabled_account_is_not_offered_and_refused_where_it_was(
    kiosk: Open, services: Services, database: Database
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "a")
        await write(pilot, "lead")
        services.accounts.disable("lead")
        before = contents(database)
        await press(pilot, "enter")
        assert "S. Lead can't be given incidents; choose somebody else." in said(pilot)
        assert contents(database) == before
        await press(pilot, "a")
        assert "S. Lead" not in screen(pilot)


async def test_x_hides_and_shows_with_a_reason_and_marks_it_in_words(
    kiosk: Open, services: Services, people: People, database: Database
) -> None:
    """Rules 25 and 26."""
    async with kiosk() as pilot:
        await press(pilot, "x")
        assert "Hide it: why?" in screen(pilot)
        await play(pilot, (Text("A pupil is named."), "enter"))
        assert any("INC0000002C Test School" in line for line in lines(pilot))
        assert services.queue.page(people.head, ListQuery(View.ALL), Window()).rows[0].number == 1
        await press(pilot, "up")
        assert "CONFIDENTIAL" in screen(pilot)
        await press(pilot, "x")
        assert "Show it to the school: why?" in screen(pilot)
        await play(pilot, (Text("Nobody is named."), "enter"))
        assert "CONFIDENTIAL" not in screen(pilot)
    assert [event.details.get("reason") for event in events_of(database, 2, START)] == [
        None, "A pupil is named.", "Nobody is named.",
    ]  # fmt: skip


async def test_hiding_it_takes_it_from_a_schools_screen_at_its_next_reading(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk("00000EDU") as pilot:
        assert "INC0000002" in screen(pilot)
        services.triage.set_confidential(people.handler, 2, None, True, "A pupil is named.")
        await press(pilot, "r")
        assert "INC0000002" not in screen(pilot)
        assert "INC0000001" in screen(pilot)


@pytest.mark.parametrize("opened", [False, True])
async def test_w_keeps_a_work_note_that_no_school_reads(
    kiosk: Open, services: Services, people: People, opened: bool
) -> None:
    """Rule 27."""
    async with kiosk() as pilot:
        await play(pilot, (*(("enter",) if opened else ()), "w"))
        assert "Work note on INC0000002: the school never sees it" in screen(pilot)
        await play(pilot, (Text(NOTE), "ctrl+s"))
        assert said(pilot) == "Work note kept on INC0000002."
        if opened:
            assert f"{NOTE} A. Handler, work note" in prose(pilot)
        else:
            row = incident_list(pilot).row
            assert row is not None
            assert row.number == 2
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter")
        assert "INC0000002" in lines(pilot)[0]
        assert NOTE not in screen(pilot)
        assert "none yet" in screen(pilot)
    assert services.queue.open(people.head, 2).comments == ()


async def test_an_empty_work_note_is_asked_for_and_a_typed_one_survives_one_escape(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "w", "ctrl+s")
        assert "Type it first, or press Esc." in screen(pilot)
        await write(pilot, NOTE)
        await press(pilot, "escape")
        assert box(pilot, "text").text == NOTE
        await press(pilot, "ctrl+s")
    (kept,) = services.queue.open(people.handler, 2).comments
    assert (kept.body, kept.internal) == (NOTE, True)


async def test_y_shows_the_history_in_words(
    kiosk: Open, services: Services, people: People
) -> None:
    services.triage.set_priority(people.lead, 2, None, Priority.LOW)
    async with kiosk() as pilot:
        await press(pilot, "y")
        assert place(pilot) == "ReadDialog"
        text = prose(pilot)
        assert "History of INC0000002" in text
        assert "Test User logged it" in text
        assert "S. Lead changed state: New → In Progress" in text
        await press(pilot, "escape")
        assert place(pilot) == "QueueScreen"


async def test_equals_shows_why_it_is_due_then(
    kiosk: Open, services: Services, people: People
) -> None:
    services.triage.set_priority(people.lead, 2, None, Priority.CRITICAL)
    async with kiosk() as pilot:
        await press(pilot, "equals_sign")
        text = prose(pilot)
        assert "Why INC0000002 is due then" in text
        assert "Priority 1 – Critical: target 4 hours." in text
        assert "Wed 10 Jun 11:52 to 15:52 running, 4 h" in text
        await press(pilot, "escape", "down", "equals_sign")
        assert "there is no due date" in prose(pilot)


@pytest.mark.on_sqlite
@pytest.mark.parametrize("login", ["lead", "handler"])
async def test_leads_are_told_once_that_the_mail_server_takes_nothing(
    kiosk: Open, database: Database, clock: SetClock, login: str
) -> None:
    async with kiosk(login) as pilot:
        for reason in ("550 5.7.60 Not you, try 1", "550 5.7.60 Not you, try 2"):
            with database.writing() as work:
                notice = work.notifications.take(clock())
                assert notice is not None
                work.notifications.failed(notice, reason, clock(), clock(), FailureCause.SERVER)
                work.commit()
            await seconds_pass(pilot, 20)
            told = said(pilot) if login == "lead" and reason.endswith("1") else ""
            assert ("none is given up. 550 5.7.60 Not you" in said(pilot)) == bool(told)
            await press(pilot, "down")


async def test_l_shows_leads_who_signed_in_and_handlers_nothing(
    kiosk: Open, services: Services
) -> None:
    services.sign_in.sign_in("handler", PASSWORD)
    async with kiosk("lead") as pilot:
        await press(pilot, "l")
        assert "A. Handler signed in" in prose(pilot)
        assert "E-mails that wait: 2" in prose(pilot)
    async with kiosk("handler") as pilot:
        await press(pilot, "l")
        assert (place(pilot), said(pilot)) == ("QueueScreen", "")


async def test_l_shows_leads_which_emails_failed_and_why(
    kiosk: Open, services: Services, database: Database, clock: SetClock
) -> None:
    with database.writing() as work:
        notice = work.notifications.take(clock())
        assert notice is not None
        reason = "The mail server refused the recipient: 550 [red]No\x1b[2J such user"
        work.notifications.failed(notice, reason, clock(), None)
        work.commit()
    async with kiosk("lead") as pilot:
        await press(pilot, "l")
        text = prose(pilot)
        assert "Given up: 1" in text
        assert "incident logged to head@test-school.example, given up" in text
        assert "550 [red]No\u241b[2J such user" in text
