"""The incidents that the guide shows are in the demonstration as the guide shows them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from eds_tui.domain.account import Account
from eds_tui.domain.clock import full_time
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.services.container import Services
from tests.factories import START

GUIDE = {
    1: ("Unable to access SIMS Finance. Error message attached.", "New"),
    2: ("All Lancashire schools unable to log in.", "In Progress"),
    3: ("Unable to delete students", "Closed"),
    4: ("Problem with test system", "On Hold (Awaiting Change)"),
    5: (
        "Requires the additional patch and is unable to locate the contact details for the team.",
        "On Hold (Awaiting Change)",
    ),
    6: (
        "Attempted backup: 2022-06-04 20:02 Error: Backup limit reached - (1) Backup Limit: 25GB",
        "On Hold (Customer Deferral)",
    ),
    7: ("Unable to amend student home address", "Awaiting Triage"),
    8: ("Unable to delete student details", "On Hold (Awaiting Customer Update)"),
    9: ("SWF census not showing in detail report", "Resolved"),
}


@pytest.mark.parametrize("number", GUIDE)
def test_it_has_the_guides_text_state_and_contact(
    demo: Services, school: Account, number: int
) -> None:
    detail = demo.queue.open(school, number)
    assert (detail.description, detail.row.state.label) == GUIDE[number]
    assert detail.row.reference == f"INC000000{number}"
    assert detail.row.school == "Test School, Test Town"
    assert detail.row.contact_telephone == "01772 123456"
    assert not detail.row.confidential


def test_the_contacts_are_test_bursar_and_for_the_closed_one_mrs_testing(
    demo: Services, school: Account
) -> None:
    rows = [demo.queue.open(school, number).row for number in GUIDE]
    contacts = [(row.contact_name, row.contact_email) for row in rows]
    bursar = ("Test Bursar", "bursar@test-school.lancs.example")
    assert contacts == [bursar, bursar, ("Mrs Testing", ""), *[bursar] * 6]


def test_the_first_has_priority_5_a_file_and_the_guides_comment_at_its_second(
    demo: Services, school: Account
) -> None:
    detail = demo.queue.open(school, 1)
    assert detail.row.priority is Priority.ADVICE
    assert [(full_time(said.at), said.author, said.body) for said in detail.comments] == [
        (
            "13-06-2022 11:51:28",
            "Test Bursar",
            "Trying to access SIMS Finance but unable to log in. Error message keeps popping up.",
        )
    ]
    assert [file.name for file in detail.attachments] == ["error-message.txt"]


def test_the_one_that_waits_for_the_school_ends_with_a_question_to_it(
    demo: Services, school: Account
) -> None:
    last = demo.queue.open(school, 8).comments[-1]
    assert not last.from_school
    assert "?" in last.body


def test_the_resolved_one_has_22_of_its_24_hours_left(demo: Services, school: Account) -> None:
    detail = demo.queue.open(school, 9)
    assert detail.resolved_at == START - timedelta(hours=2)
    assert detail.row.closes_at == START + timedelta(hours=22)


def test_the_closed_one_was_closed_last_of_all_of_its_school(
    demo: Services, school: Account
) -> None:
    rows = demo.queue.latest_closed(school).rows
    assert rows[0].reference == "INC0000003"
    assert rows[0].state is State.CLOSED
