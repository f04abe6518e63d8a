"""The line drops or the program dies between commit and answer (rule 8): once all the same."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from eds_tui import bootstrap
from eds_tui.domain.errors import AlreadySent, OutOfReach
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, new_form
from tests.mail.receiver import receiving
from tests.proxies import LosingProxy
from tests.services.delivering import mail_settings

pytestmark = pytest.mark.on_both

DIES = """
import os, signal, sys
from eds_tui import bootstrap
from tests.factories import new_form
services = bootstrap.open_services(bootstrap.open_database(sys.argv[1]))
actor = services.accounts.by_login("00000EDU")
if sys.argv[2] == "report":
    services.report.log(actor, new_form(submission="once"))
else:
    services.conversation.comment(actor, 1, "Any news?", "once")
os.kill(os.getpid(), signal.SIGKILL)
"""


def logged(services: Services, people: People) -> list[int]:
    """Return the numbers of all incidents."""
    page = services.queue.page(people.handler, ListQuery(View.ALL), Window(limit=500))
    return [row.number for row in page.rows]


def said(services: Services, people: People) -> list[str]:
    """Return the comments on the first incident."""
    return [comment.body for comment in services.queue.open(people.handler, 1).comments]


def die(database_url: str, what: str) -> None:
    """Let another process do it, and be killed before anybody learns of it."""
    done = subprocess.run([sys.executable, "-c", DIES, database_url, what], check=False)
    assert done.returncode == -signal.SIGKILL


def test_a_form_of_a_program_that_died_is_logged_once(
    services: Services, people: People, database_url: str
) -> None:
    die(database_url, "report")
    assert services.report.log(people.head, new_form(submission="once")).number == 1
    assert logged(services, people) == [1]


def test_a_comment_of_a_program_that_died_is_sent_once(
    services: Services, people: People, database_url: str
) -> None:
    services.report.log(people.head, new_form())
    die(database_url, "comment")
    services.conversation.comment(people.head, 1, "Any news?", "once")
    assert said(services, people) == ["Any news?"]


def test_a_form_that_was_changed_after_it_was_logged_is_told_of(
    services: Services, people: People
) -> None:
    first = new_form(submission="once")
    assert not services.report.log(people.head, first).differs
    assert not services.report.log(people.head, first).differs
    for change in (
        {"description": "Other words"}, {"telephone": "1"}, {"confidential": True}, {"impact": 4},
    ):  # fmt: skip
        resent = services.report.log(people.head, new_form(submission="once", **change))
        assert (resent.number, resent.differs) == (1, True)
    assert logged(services, people) == [1]


def test_a_comment_that_was_changed_after_it_was_sent_is_told_of(
    services: Services, people: People
) -> None:
    services.report.log(people.head, new_form())
    services.conversation.comment(people.head, 1, "Any news?", "once")
    with pytest.raises(AlreadySent):
        services.conversation.comment(people.head, 1, "Any news? Please.", "once")
    assert said(services, people) == ["Any news?"]


@pytest.fixture
def line(dialect: str, database_url: str) -> Iterator[LosingProxy]:
    """A line to the database that can lose an answer."""
    with LosingProxy(database_url) as line:
        yield line


@pytest.fixture
def far_services(line: LosingProxy) -> Iterator[Services]:
    """The services by way of that line."""
    database = Database.at(line.url)
    yield bootstrap.open_services(database)
    database.close()


@pytest.mark.on_postgres
def test_a_form_whose_answer_was_lost_is_logged_once(
    line: LosingProxy, far_services: Services, services: Services, people: People
) -> None:
    form = new_form()
    line.lose_answer_about(b"INSERT INTO incidents")
    with pytest.raises(OutOfReach):
        far_services.report.log(people.head, form)
    assert line.lost.is_set()
    assert logged(services, people) == [1]
    assert [far_services.report.log(people.head, form).number for _ in range(5)] == [1] * 5
    assert logged(services, people) == [1]


@pytest.mark.on_postgres
def test_a_comment_whose_answer_was_lost_is_sent_once(
    line: LosingProxy, far_services: Services, services: Services, people: People
) -> None:
    services.report.log(people.head, new_form())
    line.lose_answer_about(b"INSERT INTO comments")
    with pytest.raises(OutOfReach):
        far_services.conversation.comment(people.head, 1, "Any news?", "once")
    assert said(services, people) == ["Any news?"]
    far_services.conversation.comment(people.head, 1, "Any news?", "once")
    assert said(services, people) == ["Any news?"]


@pytest.mark.on_postgres
def test_resends_at_once_after_a_lost_answer_are_all_answered_with_the_first(
    line: LosingProxy, far_services: Services, services: Services, people: People
) -> None:
    form = new_form()
    line.lose_answer_about(b"INSERT INTO incidents")
    databases = [Database.at(line.url) for _ in range(4)]
    all_services = [far_services, *map(bootstrap.open_services, databases)]

    def send(sender: Services) -> int:
        try:
            return sender.report.log(people.head, form).number
        except OutOfReach:
            return sender.report.log(people.head, form).number

    with ThreadPoolExecutor(5) as pool:
        assert list(pool.map(send, all_services)) == [1] * 5
    assert line.lost.is_set()
    assert logged(services, people) == [1]
    for database in databases:
        database.close()


@pytest.mark.on_postgres
def test_an_e_mail_whose_taking_was_not_answered_is_sent_at_the_next_look(
    line: LosingProxy, services: Services, people: People
) -> None:
    services.report.log(people.head, new_form())
    database = Database.at(line.url)
    with receiving() as receiver:
        delivery = bootstrap.open_delivery(database, mail_settings(receiver))
        assert delivery is not None
        line.lose_answer_about(b"taken_until=")
        with pytest.raises(OutOfReach):
            delivery.send_next()
        assert line.lost.is_set()
        assert receiver.received == []
        assert delivery.send_next() is not None
        assert delivery.send_next() is None
        assert len(receiver.received) == 1
    database.close()
