"""A lead changes a school on its card in the kiosk, field by field (rules 28, 30, 36 and 37)."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from eds_tui.domain.errors import Conflict, InvalidInput
from eds_tui.domain.history import in_words
from eds_tui.domain.school import Contact
from eds_tui.domain.school_change import SchoolChange, contact_of, written_contact
from eds_tui.services.container import Services
from tests.factories import People, log
from tests.ui.conftest import Open
from tests.ui.sitting import begin_session, kiosk_of, place, press, prose, said, settle, write

pytestmark = pytest.mark.on_sqlite

OFFICE = "office@test-school.example"
EMPTY = ("home", "ctrl+k")


async def choose(pilot: Pilot[None], *of: str) -> None:
    """Pick what is to be another, by a part of its line."""
    await press(pilot, "asterisk")
    for part in of:
        await write(pilot, part)
        await press(pilot, "enter")


async def test_a_lead_changes_a_school_on_its_card(
    kiosk: Open, services: Services, people: People
) -> None:
    """Details, address, contacts, and closed: each stored with its event, refused in words."""
    log(services, people, 1)
    async with kiosk("lead") as pilot:
        await press(pilot, "o")
        assert "* Change" in prose(pilot)
        await choose(pilot, "notified")
        await press(pilot, *EMPTY)
        await write(pilot, "nobody")
        await press(pilot, "enter")
        assert place(pilot) == "LineDialog"
        assert "! " in prose(pilot)
        await press(pilot, *EMPTY)
        await write(pilot, OFFICE)
        await press(pilot, "enter")
        assert f"Notified {OFFICE}" in prose(pilot)
        assert said(pilot) == f"Changed: notified address: head@test-school.example → {OFFICE}."

        await choose(pilot, "add contact")
        await write(pilot, "Zoe New; Office; 01632 960001")
        await press(pilot, "enter")
        await choose(pilot, "zoe", "main")
        for contact, title in (("zoe", "Dr "), ("test bursar", "Mr ")):
            await choose(pilot, contact, "change")
            await press(pilot, "home", *title, "enter")
        await choose(pilot, "testing", "no contact")
        await choose(pilot, "urn")
        await press(pilot, *EMPTY, "enter")
        assert "URN 119001" not in prose(pilot)
        for answer in "ny":
            assert "CLOSED" not in prose(pilot)
            await choose(pilot, "close")
            await press(pilot, answer)
        assert "CLOSED · Portal 00000" in prose(pilot)
        await choose(pilot, "open the")
        assert "CLOSED" not in prose(pilot)
    school = services.schools.by_portal_number("00000")
    assert (school.email, school.urn, school.closed) == (OFFICE, "", False)
    assert sorted((each.name, each.main) for each in school.contacts) == [
        ("Dr Zoe New", True), ("Mr Test Bursar", False),
    ]  # fmt: skip
    events = services.history.administration(people.lead, 20)
    assert sum("S. Lead changed a school: " in in_words(event) for event in events) == 9


async def test_what_is_typed_for_a_change_is_kept_and_another_leads_change_is_told(
    kiosk: Open, services: Services, people: People
) -> None:
    """Logged out in the middle, put back, and refused where somebody else was quicker."""
    log(services, people, 1)
    async with kiosk("lead") as pilot:
        await press(pilot, "o")
        await choose(pilot, "town")
        await press(pilot, "end", *"ship")
        await press(pilot, "ctrl+q")
        await begin_session(kiosk_of(pilot), people.lead)
        await settle(pilot)
        assert said(pilot).startswith("Not sent, and kept: change of a school")
        await press(pilot, "o")
        await choose(pilot, "town")
        assert "Test Township" in prose(pilot)
        for town in ("Newtown", "Newertown"):
            services.schools.change(people.lead, people.school.id, SchoolChange(town=town))
        await press(pilot, "enter")
        assert said(pilot).startswith(
            "! Somebody else changed it meanwhile: town: Test Town → Newertown. It is not stored"
        )
        assert "Test School, Newertown" in prose(pilot)
        await choose(pilot, "town")
        assert "Test Township" in prose(pilot)
        await press(pilot, "enter")
        assert "Test School, Test Township" in prose(pilot)
    assert services.drafts.under(people.lead, "") == ()
    async with kiosk() as pilot:
        await press(pilot, "o", "asterisk")
        assert place(pilot) == "SiteScreen"
        assert "Change" not in prose(pilot)


def test_rule_37_only_what_the_same_change_is_about_stands_in_its_way(
    services: Services, people: People
) -> None:
    """Two leads at one school: another field, another contact, and the same ones."""
    seen = people.school

    def change(asked: SchoolChange) -> None:
        services.schools.change(people.lead, seen.id, asked, seen)

    bursar = contact_of("test bursar; Finance")
    change(SchoolChange(town="Newtown", contacts=(contact_of("Zoe New"),)))
    change(SchoolChange(name="Other School", contacts=(bursar,)))
    for asked in (
        SchoolChange(town="Oldtown"), SchoolChange(contacts=(contact_of("Zoe New; Head"),)),
        SchoolChange(without=("Test Bursar",)),
    ):  # fmt: skip
        with pytest.raises(Conflict, match="Somebody else changed it meanwhile: "):
            change(asked)
    after = services.schools.by_portal_number("00000")
    assert (after.name, after.town) == ("Other School", "Newtown")
    assert {(each.name, each.job) for each in after.contacts} == {
        ("test bursar", "Finance"), ("Mrs Testing", "Headteacher"), ("Zoe New", ""),
    }  # fmt: skip


def test_a_contact_is_written_in_one_line() -> None:
    whole = Contact(name="Zoe", job="Head", telephone=["1", " 2"][0], email="z@x.example")
    for contact in (whole, Contact(name="Zoe"), Contact(name="Zoe", telephone="1")):
        assert contact_of(written_contact(contact)) == contact
    for text in ("", ";Head", "a;b;c;d;e"):
        with pytest.raises(InvalidInput):
            contact_of(text)
