"""Logging incidents: once each, with a number, all or nothing (rules 8 to 10)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from eds_tui.domain.errors import InvalidInput, NotAllowed
from eds_tui.domain.incident import Channel, IncidentForm
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.school_change import SchoolChange
from eds_tui.domain.views import ListQuery, Receipt, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.files import FileShelf
from eds_tui.services.report import YOURS_IS_CLOSED
from tests.factories import START, People, SetClock, new_form

pytestmark = pytest.mark.long_on_postgres


def call_form(people: People, **changes: object) -> IncidentForm:
    """Return the complete form of a call from the school."""
    return new_form(**({"school_id": people.school.id, "caller": "Test Bursar"} | changes))


def logged(services: Services, people: People) -> int:
    """Return how many incidents there are."""
    return len(services.queue.page(people.handler, ListQuery(View.ALL), Window(limit=500)).rows)


def test_what_a_school_reports_is_stored_as_it_was_given(
    services: Services, people: People
) -> None:
    form = new_form(
        category=Category.PASSWORDS,
        impact=Impact.SINGLE_USER,
        description=" First line\n\n  second  \n",
        telephone=" 01772 123456 ",
    )
    receipt = services.report.log(people.head, form)
    assert receipt == Receipt(number=1, confidential=False, notified="head@test-school.example")
    detail = services.queue.open(people.head, 1)
    row = detail.row
    assert detail.description == " First line\n\n  second  \n"
    assert (row.category, row.impact) == (Category.PASSWORDS, Impact.SINGLE_USER)
    assert (row.state, row.priority, row.sla_due) == (State.NEW, Priority.NONE, None)
    assert (row.contact_name, row.contact_telephone) == ("Test User", "01772 123456")
    assert (row.contact_email, row.channel) == ("user@test.example", Channel.SELF_SERVICE)
    assert (row.opened_at, row.closes_at, row.confidential) == (START, None, False)
    assert row.school == "Test School, Test Town"


def test_the_same_form_sent_again_is_logged_once_and_answered_alike(
    services: Services, people: People, clock: SetClock
) -> None:
    form = new_form()
    receipt = services.report.log(people.head, form)
    clock.forward(minutes=5)
    assert [services.report.log(people.head, form) for _ in range(4)] == [receipt] * 4
    assert logged(services, people) == 1
    assert services.report.log(people.head, new_form()).number == receipt.number + 1


def test_rule_24_a_form_sent_again_tells_a_school_nothing_of_what_was_hidden_since(
    services: Services, people: People
) -> None:
    forms = {people.head: new_form(), people.handler: call_form(people)}
    first = [services.report.log(actor, form) for actor, form in forms.items()]
    for receipt in first:
        services.triage.set_confidential(people.lead, receipt.number, None, True, "Asked for.")
    again = [services.report.log(actor, form) for actor, form in forms.items()]
    assert again == [first[0], replace(first[1], confidential=True, notified="")]
    assert [(each.confidential, each.notified) for each in first] == [
        (False, "head@test-school.example")
    ] * 2


def test_the_same_form_from_many_threads_at_once_is_logged_once(
    services: Services, people: People
) -> None:
    form = new_form()
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda _: services.report.log(people.head, form), range(8)))
    assert {receipt.number for receipt in receipts} == {1}
    assert logged(services, people) == 1


@pytest.mark.on_both
def test_the_same_form_is_answered_alike_when_its_file_is_gone(
    services: Services, people: People, shelf: FileShelf
) -> None:
    path = shelf.root / "screen.png"
    path.write_bytes(b"pixels")
    form = new_form(files=(shelf.choose((), "screen.png"),))
    receipt = services.report.log(people.head, form)
    path.unlink()
    assert services.report.log(people.head, form) == receipt


def test_a_confidential_receipt_names_no_address(services: Services, people: People) -> None:
    """Rules 8 and 28."""
    form = new_form(confidential=True)
    receipt = services.report.log(people.head, form)
    assert receipt == Receipt(number=1, confidential=True, notified="")
    assert services.report.log(people.head, form) == receipt


def test_a_refused_form_uses_no_number_and_keeps_nothing(
    services: Services, people: People
) -> None:
    with pytest.raises(InvalidInput) as refused:
        services.report.log(people.head, new_form(category=None, description=""))
    assert set(refused.value.problems) == {"category", "description"}
    with pytest.raises(InvalidInput) as refused:
        services.report.log(people.handler, call_form(people, school_id=999_999))
    assert set(refused.value.problems) == {"school"}
    assert services.report.log(people.head, new_form()).number == 1


def test_rule_24_a_call_that_its_school_reads_names_no_confidential_incident(
    services: Services, people: People
) -> None:
    """Of what a school writes itself nothing is said: that would tell it of the incident."""
    services.report.log(people.head, new_form())
    services.triage.set_confidential(people.handler, 1, None, True, "Names a child.")
    words = {"description": "It is INC0000001 once more."}
    with pytest.raises(InvalidInput) as refused:
        services.report.log(people.handler, call_form(people, **words))
    assert list(refused.value.problems) == ["description"]
    secret = call_form(people, confidential=True, **words)
    assert services.report.log(people.handler, secret).number == 2
    assert services.report.log(people.head, new_form(**words)).number == 3


def test_a_disabled_account_logs_nothing(services: Services, people: People) -> None:
    for actor in (people.head, people.handler):
        with pytest.raises(NotAllowed):
            services.report.log(replace(actor, disabled=True), call_form(people))
    assert logged(services, people) == 0


@pytest.mark.parametrize(
    ("began", "seconds"),
    [(timedelta(seconds=-83, microseconds=-900_000), 83), (timedelta(0), 0), (None, None)],
)
def test_the_handling_time_of_a_call_is_kept(
    database: Database,
    services: Services,
    people: People,
    began: timedelta | None,
    seconds: int | None,
) -> None:
    """Rule 34."""
    began_at = START + began if began is not None else None
    services.report.log(people.handler, call_form(people, began_at=began_at))
    with database.engine.connect() as connection:
        stored = connection.execute(text("SELECT handling_seconds FROM incidents")).scalar_one()
    assert stored == seconds


def test_a_schools_own_report_has_no_handling_time(
    database: Database, services: Services, people: People
) -> None:
    services.report.log(people.head, new_form(began_at=START))
    with database.engine.connect() as connection:
        stored = connection.execute(text("SELECT handling_seconds FROM incidents")).scalar_one()
    assert stored is None


def test_who_can_report_nothing_is_told_before_the_form(services: Services, people: People) -> None:
    """A school account of a closed school; nobody else."""
    services.schools.change(people.lead, people.other_school.id, SchoolChange(closed=True))
    told = {who.login: services.report.why_not(who) for who in (
        people.neighbour, people.head, people.handler,
    )}  # fmt: skip
    assert told == {"30112EDU": YOURS_IS_CLOSED, "00000EDU": "", "handler": ""}
