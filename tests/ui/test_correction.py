"""Putting right what was logged, in the form that it was, by keys (rules 36, 37, 40)."""

from __future__ import annotations

import pytest

from eds_tui.domain.correction import Correction
from eds_tui.domain.priority import Category, Impact
from eds_tui.domain.school import Contact
from eds_tui.services.container import Services
from eds_tui.ui.runtime.background import AWAY
from tests.conftest import Away
from tests.factories import People, SetClock, new_form, new_school
from tests.services.triage_steps import RESOLVED
from tests.ui.conftest import Open
from tests.ui.sitting import (
    beside,
    box,
    burst,
    focused,
    line,
    lines,
    look,
    marked,
    place,
    press,
    prose,
    said,
    screen,
    seconds_pass,
    settle,
    write,
)
from tests.ui.triage_keys import table

pytestmark = [pytest.mark.on_sqlite, pytest.mark.usefixtures("two_incidents")]

OTHER = "St Mary's and St Michael's, Garstang"


async def test_it_is_the_form_that_it_was_and_says_who_will_be_told(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "e")
        assert place(pilot) == "CorrectionScreen"
        assert lines(pilot)[0].startswith(" Put right INC0000002  Test School, Test Town")
        assert focused(pilot) == "category"
        assert (line(pilot, "school").value, line(pilot, "caller").value) == (
            "Test School, Test Town", "Test User",
        )  # fmt: skip
        assert line(pilot, "telephone").value == "Test Bursar 01772 123456"
        assert box(pilot, "description").text == "No internet in the whole building."
        assert "▸Network◂" in screen(pilot)
        assert "▸2 Site/Department◂" in screen(pilot)
        assert "Confidential" not in screen(pilot)
        assert "No e-mail; Test School, Test Town reads in it what was changed." in prose(pilot)
        await press(pilot, "ctrl+s")
        assert said(pilot) == "Nothing is changed: it holds all that already."
        await press(pilot, "shift+tab", "shift+tab", "shift+tab", "shift+tab")
        assert focused(pilot) == "school"
        await write(pilot, "garst")
        assert "is told" not in prose(pilot)
        await press(pilot, "ctrl+s")
        assert "Choose the school: type part of its name" in prose(pilot)
        await press(pilot, "enter")
        assert (line(pilot, "school").value, focused(pilot)) == (OTHER, "caller")
        assert (
            f"{OTHER} is told as of a new one, by e-mail to office@st-marys.example. Test School,"
            " Test Town is told nothing more; what was said and attached so far stays here."
        ) in prose(pilot)
        await press(pilot, "down", "ctrl+s")
        assert place(pilot) == "QueueScreen"
        assert marked(pilot)[1] == "INC0000002"
        assert said(pilot) == f"INC0000002: put right; Network, Site/Department, {OTHER}"
        await press(pilot, "u")
        assert "It was put to another school, which has been told." in said(pilot)
        row = services.queue.open(people.neighbour, 2).row
        assert (row.contact_name, row.contact_telephone) == ("Anne O'Brien", "01995 600001")
        await press(pilot, "equals_sign")
        assert "Why INC0000002 is due then" in screen(pilot)


async def test_on_an_incident_and_at_a_school_it_is_the_same_and_u_takes_it_back(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        # Typed ahead of the form, and of the incident that stands there again.
        await burst(pilot, "enter", "e", "s", "4", "ctrl+s", "c", *"Hi")
        assert (place(pilot), box(pilot).text) == ("IncidentScreen", "Hi")
        await press(pilot, "ctrl+u", "tab")
        assert "Software" in screen(pilot)
        assert "category: Network → Software; impact: 2 Site/Department → 4 Single" in prose(pilot)
        await press(pilot, "u")
        assert "category: Software → Network" in prose(pilot)
        await press(pilot, "e", "tab", "tab", "end")
        await write(pilot, " Since nine.")
        await press(pilot, "ctrl+s", "y")
        assert "| No internet in the whole building." in prose(pilot)
        await press(pilot, "escape", "o", "e", "h", "ctrl+s")
        assert place(pilot) == "SiteScreen"
        assert said(pilot).startswith("INC0000002: put right; Hardware")
    detail = services.queue.open(people.head, 2)
    assert detail.row.category is Category.HARDWARE
    assert detail.description == "No internet in the whole building. Since nine."


async def test_two_edits_conflict_field_by_field_and_what_was_typed_is_kept(
    kiosk: Open, services: Services, people: People
) -> None:
    correct = services.corrections.correct
    async with kiosk() as pilot:
        await press(pilot, "e", "d", "4")
        correct(people.lead, 2, None, Correction(category=Category.SOFTWARE))
        await press(pilot, "ctrl+s")
        assert table(pilot)[1:] == [
            ["Category", "Network", "Software", "Data"],
            ["Impact", "2 Site/Department", "2 Site/Department", "4 Single User"],
        ]
        await press(pilot, "escape")
        assert "▸Data◂" in screen(pilot)
        await press(pilot, "ctrl+s", "k")
        assert "▸Software◂" in screen(pilot)
        assert "▸4 Single User◂" in screen(pilot)
        correct(people.lead, 2, None, Correction(impact=Impact.ENTERPRISE))
        await press(pilot, "ctrl+s", "g")
        assert place(pilot) == "IncidentScreen"
        await press(pilot, "escape", "ctrl+s", "m")
        assert place(pilot) == "QueueScreen"
    row = services.queue.open(people.handler, 2).row
    assert (row.category, row.impact) == (Category.SOFTWARE, Impact.SINGLE_USER)


async def test_what_can_not_be_is_said_and_what_was_typed_stays(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    services.report.log(people.head, new_form(confidential=True))
    async with kiosk() as pilot:
        await press(pilot, "e")
        assert "Confidential: nobody is told anything, at no school." in prose(pilot)
        box(pilot, "description").clear()
        await press(pilot, "ctrl+s")
        assert beside(pilot, "description").endswith("Type the description.")
        await press(pilot, "ctrl+f")
        assert box(pilot, "description").text == "No internet in the whole building."
        await press(pilot, "escape", "down", "e", "h")
        services.triage.set_confidential(people.lead, 2, None, True, "A pupil is named.")
        await press(pilot, "ctrl+s")
        assert ["Confidential", "no", "yes", ""] in table(pilot)
        await press(pilot, "m")
        services.triage.set_state(people.lead, 1, None, RESOLVED)
        await press(pilot, "down", "e", "h")
        clock.forward(days=2)
        await press(pilot, "ctrl+s")
        assert said(pilot) == "! It is closed. Log a new incident that names this one."
        assert "▸Hardware◂" in screen(pilot)
        await press(pilot, "escape", "f5", "space", "up", "space", "e")
        assert said(pilot).startswith("They are put right one at a time")


@pytest.mark.usefixtures("without_pauses")
async def test_what_is_typed_is_kept_and_put_back_until_it_is_saved(
    kiosk: Open, services: Services, people: People, away: Away
) -> None:
    """And a colleague sees that somebody is changing it as soon as anything is changed."""
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "e")
        await look(pilot)
        assert services.presence.others(people.lead, "another", 2) == ()
        await press(pilot, "d", "tab", "end")
        await look(pilot)
        (writer,) = services.presence.others(people.lead, "another", 2)
        assert writer.name == "A. Handler"
        with away():
            await write(pilot, " Since nine.")
            await seconds_pass(pilot, 1)
            assert said(pilot) == f"! {AWAY}"
        await seconds_pass(pilot)
        (draft,) = services.drafts.under(people.handler, "correct")
        assert draft.place.startswith("correct:INC0000002:")
    async with kiosk() as pilot:
        await settle(pilot)
        assert "Not sent, and kept: correction on INC0000002." in said(pilot)
        await press(pilot, "e")
        assert said(pilot) == "What you changed here before is put back."
        assert "▸Data◂" in screen(pilot)
        assert box(pilot, "description").text == "No internet in the whole building. Since nine."
        await press(pilot, "ctrl+s")
        assert place(pilot) == "QueueScreen"
    assert services.drafts.under(people.handler, "") == ()
    assert services.queue.open(people.handler, 2).row.category is Category.DATA


@pytest.fixture
def bursars(services: Services, people: People) -> Contact:
    """A call of the bursar's, with all that the school's card has of them."""
    bursar, *_ = people.school.contacts
    form = new_form(
        school_id=people.school.id, caller=bursar.name, caller_email=bursar.email,
        telephone=bursar.telephone,
    )  # fmt: skip
    services.report.log(people.handler, form)
    return bursar


async def test_rule_42_what_the_school_offered_is_selected_and_goes_with_the_name(
    kiosk: Open, bursars: Contact
) -> None:
    """Opened and left alone nothing is changed."""
    async with kiosk() as pilot:
        await press(pilot, "e", "ctrl+s")
        assert said(pilot) == "Nothing is changed: it holds all that already."
        caller, telephone, email = (line(pilot, each) for each in ("caller", "telephone", "email"))
        assert "↓ 1 more known here" in beside(pilot, "caller")
        await press(pilot, "shift+tab")
        assert email.selected_text == email.value == bursars.email
        await press(pilot, "shift+tab", "shift+tab")
        assert caller.selected_text == caller.value == "Test Bursar"
        await write(pilot, "mrs testing")
        assert (caller.value, telephone.value, email.value) == ("mrs testing", "01772 654321", "")


async def test_rule_42_another_school_replaces_what_only_the_former_offered(
    kiosk: Open, services: Services, people: People, bursars: Contact
) -> None:
    """What was typed by hand stays, also where the form is gone on with."""
    for count in (1, 2):
        services.schools.add(
            new_school(
                portal_number=f"4000{count}", name=f"Moor School {count}", dfe_number="", urn=""
            )
        )
    async with kiosk() as pilot:
        await press(pilot, "e")
        caller, telephone, email = (line(pilot, each) for each in ("caller", "telephone", "email"))
        await press(pilot, "shift+tab", "shift+tab", "shift+tab", "shift+tab")
        assert focused(pilot) == "school"
        assert line(pilot, "school").selected_text == "Test School, Test Town"
        await write(pilot, "garst")
        assert caller.value == "Test Bursar"
        await press(pilot, "tab")
        assert focused(pilot) == "caller"
        assert caller.selected_text == caller.value == "Anne O'Brien"
        assert (telephone.value, email.value) == ("01995 600001", "")
        await press(pilot, "tab")
        await write(pilot, "07700 1")
        await seconds_pass(pilot)
    async with kiosk() as pilot:
        await press(pilot, "e")
        caller, telephone, email = (line(pilot, each) for each in ("caller", "telephone", "email"))
        assert (line(pilot, "school").value, caller.value) == (OTHER, "Anne O'Brien")
        assert telephone.value == "07700 1"
        await press(pilot, "shift+tab", "shift+tab", "shift+tab", "shift+tab")
        await write(pilot, "moor")
        await press(pilot, "down", "enter", "shift+tab")
        assert line(pilot, "school").value == "Moor School 2, Test Town"
        await write(pilot, "00000")
        await press(pilot, "enter")
        assert (caller.value, telephone.value) == ("Test Bursar", "07700 1")
        assert email.value == bursars.email
        await press(pilot, "ctrl+s")
        assert place(pilot) == "QueueScreen"
    row = services.queue.open(people.handler, 3).row
    assert (row.contact_name, row.contact_telephone) == ("Test Bursar", "07700 1")
    assert (row.school, row.contact_email) == ("Test School, Test Town", bursars.email)


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_in_a_small_and_in_a_large_window_all_of_it_is_there(
    kiosk: Open, size: tuple[int, int]
) -> None:
    async with kiosk(size=size) as pilot:
        await press(pilot, "e")
        for words in ("School", "Caller", "E-mail", "Category", "Impact", "No e-mail", "Ctrl+S"):
            assert words in screen(pilot)
        assert box(pilot, "description").size.height >= 2
