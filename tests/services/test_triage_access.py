"""Who may decide and look back: the service centre, and no school (rules 24 and 27)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from eds_tui.domain.account import Account, NewAccount, Role
from eds_tui.domain.correction import Correction
from eds_tui.domain.errors import NotAllowed
from eds_tui.domain.priority import Category
from eds_tui.domain.triage import Assignee
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.cases import each_case
from tests.cli.running import CommandLine
from tests.factories import PASSWORD, People, new_form
from tests.services.triage_steps import DECISIONS, REOPENED, RESOLVED, WAITING, refused

pytestmark = pytest.mark.usefixtures("two_incidents")

NEVER_GIVEN_OUT = 987_654


@each_case("name", list(DECISIONS))
def test_a_school_account_decides_nothing(
    database: Database, services: Services, people: People, name: str
) -> None:
    """Rule 24: whatever it asks for, and on whatever number, the answer is the same."""
    for actor in (people.head, people.bursar, people.neighbour):
        answers = {
            refused(NotAllowed, database, partial(DECISIONS[name], services, actor, number, None))
            for number in (1, NEVER_GIVEN_OUT)
        }
        assert answers == {"Your account may not do this."}


ASKING: dict[str, Callable[[Services, Account], object]] = {
    "undo": lambda services, actor: services.triage.undo(actor, 1),
    "assignees": lambda services, actor: services.triage.assignees(actor),
    "correct": lambda services, actor: services.corrections.correct(
        actor, 1, None, Correction(category=Category.DATA)
    ),
    "below": lambda services, actor: services.triage.below(actor, 1),
    "work note": lambda services, actor: services.conversation.work_note(actor, 1, "Words.", "key"),
    "history": lambda services, actor: services.history.of_incident(actor, 1),
    "watched": lambda services, actor: services.history.watched(actor),
    "feedback": lambda services, actor: services.feedback.latest(actor, None, 5),
    "administration": lambda services, actor: services.history.administration(actor),
    "why due": lambda services, actor: services.history.why_due(actor, 1),
    "replies": lambda services, actor: services.canned_replies.all(actor),
    "views": lambda services, actor: services.saved_views.of(actor),
}


@each_case("name", list(ASKING))
def test_a_school_account_or_a_disabled_one_asks_for_none_of_it(
    database: Database, services: Services, people: People, name: str
) -> None:
    for actor in (people.head, replace(people.handler, disabled=True)):
        refused(NotAllowed, database, partial(ASKING[name], services, actor))


NOTE = "The school is cross, see PIN 4711."


@pytest.mark.parametrize("login", ["00000EDU", "bursar", "30112EDU"])
def test_a_work_note_reaches_no_school_by_any_way_there_is(
    services: Services, people: People, database_url: str, tmp_path: Path, login: str
) -> None:
    """Rule 27: neither its words nor that there is one."""
    cli = CommandLine(tmp_path, database_url)
    asked = [("show", "1"), ("show", "1", "--json"), ("list",), ("list", "--json")]
    before = [cli("incidents", *words, "--as", login).output for words in asked]
    reader = services.accounts.by_login(login)
    row = services.queue.page(reader, ListQuery(View.ALL), Window())
    services.conversation.work_note(people.handler, 1, NOTE, "key")
    assert [cli("incidents", *words, "--as", login).output for words in asked] == before
    assert services.queue.page(reader, ListQuery(View.ALL), Window()) == row
    if reader.school_id == people.school.id:
        assert services.queue.open(reader, 1).comments == ()
    assert NOTE in cli.done("incidents", "show", "1", "--as", "handler")


@pytest.mark.parametrize("login", ["00000EDU", "bursar"])
def test_what_the_service_centre_decides_for_itself_reaches_no_school(
    services: Services, people: People, database_url: str, tmp_path: Path, login: str
) -> None:
    """Who has it, what it waits for, and the reasons for hiding and reopening."""
    private = ("Zoe Cable", "Networks", "The upgrade in July", "A pupil is named.", "It is back.")
    services.accounts.add(
        NewAccount(login="zoe", name="Zoe Cable", role=Role.HANDLER, team="Networks"), PASSWORD
    )
    zoe = services.accounts.by_login("zoe")
    triage = services.triage
    triage.assign(people.handler, 1, None, Assignee(zoe.id, zoe.name, zoe.team))
    triage.set_state(people.handler, 1, None, RESOLVED)
    triage.set_state(people.handler, 1, None, REOPENED)
    triage.set_state(people.handler, 1, None, WAITING)
    triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
    triage.set_confidential(people.handler, 1, None, False, "A pupil is named.")
    cli = CommandLine(tmp_path, database_url)
    for words in (("show", "1"), ("show", "1", "--json"), ("list",), ("list", "--json")):
        told = cli.done("incidents", *words, "--as", login)
        assert [each for each in private if each in told] == []


@pytest.mark.parametrize("original", ["confidential", "of another school"])
def test_a_duplicates_pointer_names_no_number_to_a_school_that_may_not_see_it(
    services: Services, people: People, database_url: str, tmp_path: Path, original: str
) -> None:
    hidden = original == "confidential"
    actor = people.head if hidden else people.neighbour
    number = services.report.log(actor, new_form(confidential=hidden)).number
    services.triage.close_as_duplicate(people.handler, 1, None, number)
    services.triage.link(people.handler, 2, None, number)
    cli = CommandLine(tmp_path, database_url)
    for shown in ("1", "2"):
        for words in ((), ("--json",)):
            told = cli.done("incidents", "show", shown, "--as", "00000EDU", *words)
            assert "INC0000003" not in told
