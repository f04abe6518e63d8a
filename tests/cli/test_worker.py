"""The worker as a program: alone and in numbers, stopped, killed, kept waiting (rules 25, 28)."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text, update

from eds_tui import bootstrap
from eds_tui.domain.clock import utc_now
from eds_tui.domain.delivery import LEASE
from eds_tui.domain.presence import Writing
from eds_tui.host.clocks import SystemClock
from eds_tui.repository.tables import incidents, notifications
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.cli.mailing import Mailing, ended, mailing
from tests.cli.running import CommandLine
from tests.factories import People, SetClock, new_form
from tests.servers import END_OTHERS

__all__ = ["mailing"]


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands at the moment of the test: a worker goes by the real one."""
    return SetClock(utc_now())


@pytest.fixture
def number(services: Services, people: People) -> int:
    """An incident whose school is to be told that it is logged."""
    return services.report.log(people.head, new_form()).number


def test_a_worker_sends_what_is_queued_and_says_so(mailing: Mailing, number: int) -> None:
    code, output = mailing.once()
    assert code == 0
    assert "Sent: INC0000001 incident logged to head@test-school.example\n" in output
    assert len(mailing.receiver.received) == 1
    assert mailing.once() == (0, "")
    assert len(mailing.receiver.received) == 1


def test_without_a_mail_server_it_says_so_and_keeps_house(
    cli: CommandLine, services: Services, people: People, number: int, database: Database
) -> None:
    past = datetime(2026, 1, 5, 9, tzinfo=UTC)
    with database.engine.begin() as connection:
        connection.execute(
            update(incidents).values(state="resolved", resolved_at=past,
                                     closes_at=past + timedelta(hours=24))
        )  # fmt: skip
    output = _alone(cli)
    assert output.startswith("No mail server is set (EDS_TUI_SMTP_HOST), so nothing is sent")
    assert "Stored what came true by the clock for 1 incident." in output
    assert _alone(cli).count("\n") == 1
    assert services.outbox.state(None).waiting == 2


def _alone(cli: CommandLine) -> str:
    """Run a worker that has no mail server once, and return what it says."""
    done = cli.program("worker", "--once")
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def test_a_presence_that_its_session_left_behind_is_dropped(
    cli: CommandLine, people: People, number: int, database: Database, clock: SetClock
) -> None:
    with database.writing() as work:
        # The newer one first: whoever begins to write drops what is old by then.
        for session, minutes in (("new", 1), ("old", 6)):
            seen_at = clock() - timedelta(minutes=minutes)
            work.presence.say(session, people.handler, Writing(number), seen_at)
        work.commit()
    _alone(cli)
    with database.reading() as work:
        assert work.presence.sessions() == ("new",)


@pytest.mark.long_on_postgres
@pytest.mark.long
def test_many_workers_at_once_send_nothing_twice(
    mailing: Mailing, services: Services, people: People
) -> None:
    for _ in range(40):
        services.report.log(people.head, new_form())
    assert mailing.together(4) == [0, 0, 0, 0]
    counted = Counter(each.message_id for each in mailing.receiver.received)
    assert len(counted) == 40
    assert set(counted.values()) == {1}


@pytest.mark.long_on_postgres
@pytest.mark.long
def test_a_worker_killed_between_sending_and_recording_sends_that_one_once_more_at_most(
    mailing: Mailing, number: int, database: Database
) -> None:
    receiver = mailing.receiver
    with mailing.worker() as process:
        receiver.taken = process.kill
        assert process.wait(60) == -signal.SIGKILL
    receiver.taken = lambda: None
    (first,) = receiver.received
    assert mailing.once() == (0, "")
    with database.engine.begin() as connection:
        # The lease, over.
        connection.execute(update(notifications).values(taken_until=utc_now()))
    assert mailing.once()[0] == 0
    assert [each.message_id for each in receiver.received] == [first.message_id] * 2
    assert mailing.once() == (0, "")
    assert len(receiver.received) == 2


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_worker_with_nothing_to_do_ends_when_it_is_told_to(
    mailing: Mailing, number: int, by: signal.Signals
) -> None:
    with mailing.worker() as process:
        assert process.stdout is not None
        assert "Sent: INC0000001" in process.stdout.readline()
        assert ended(process, by) == (0, "")


@pytest.mark.long
@pytest.mark.parametrize("step", ["MAIL", "DATA"])
def test_a_worker_ends_while_a_mail_server_keeps_it_waiting(
    mailing: Mailing, number: int, database: Database, step: str
) -> None:
    """Pitfall 32: and what it had in hand is sent by the next one, once its lease is over."""
    receiver = mailing.receiver
    receiver.hangs_at = step
    with mailing.worker() as process:
        assert receiver.reached.wait(60)
        code, output = ended(process, signal.SIGTERM)
    assert code == 0
    assert "is tried again" in output
    receiver.hangs_at = ""
    assert mailing.once() == (0, "")
    with database.engine.begin() as connection:
        connection.execute(update(notifications).values(taken_until=utc_now() - LEASE))
    assert mailing.once()[0] == 0
    assert len(receiver.received) == 1


def test_a_failure_of_the_mail_server_is_reported_and_left_alone_for_a_while(
    mailing: Mailing, services: Services, people: People, number: int
) -> None:
    services.report.log(people.head, new_form())
    mailing.receiver.answers = {"MAIL": "550 5.7.1 Not your sender"}
    code, output = mailing.once()
    assert code == 1
    assert output.count("Not sent:") == 1
    assert "refused the sender: 550 5.7.1 Not your sender" in output
    assert "Nothing is sent for 15 seconds." in output
    assert services.outbox.state(None).given_up == 0


@pytest.mark.long_on_postgres
def test_a_worker_outlives_the_database(
    mailing: Mailing, number: int, services: Services, people: People, database: Database
) -> None:
    with mailing.worker() as process:
        assert process.stdout is not None
        assert "Sent: INC0000001" in process.stdout.readline()
        with _away(database):
            assert "It is tried again every few seconds." in process.stdout.readline()
        assert "The database is there again." in process.stdout.readline()
        services.report.log(people.head, new_form())
        assert "Sent: INC0000002" in process.stdout.readline()
        assert ended(process, signal.SIGTERM) == (0, "")


class Behind(SystemClock):
    """The machine's clock as it was before it jumped."""

    def __call__(self) -> datetime:
        """Return the moment two days ago."""
        return super().__call__() - timedelta(days=2)


@pytest.mark.on_sqlite
def test_a_clock_that_has_jumped_is_told_and_stops_the_house(
    mailing: Mailing, number: int, database_url: str
) -> None:
    with closing(Database.at(database_url, Behind())) as database:
        bootstrap.open_services(database).housekeeping.run()
    code, output = mailing.once()
    assert code == 1
    assert "This machine's clock is 2 days ahead of what it should say" in output
    assert "Sent: INC0000001" in output
    assert mailing.cli.done("mail", "status").startswith("This machine's clock is 2 days ahead")
    assert b"look at this: clock:" in mailing.cli.program("doctor").stdout


@contextmanager
def _away(database: Database) -> Iterator[None]:
    """Let nobody else use a database for a while."""
    name = database.engine.url.database
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        for statement in _AWAY[connection.dialect.name]:
            connection.execute(text(statement.format(name)))
            connection.commit()
        yield
        connection.execute(text(_BACK[connection.dialect.name].format(name)))
        connection.commit()


_AWAY = {
    "sqlite": ("ALTER TABLE notifications RENAME TO away",),
    "postgresql": (
        "ALTER DATABASE {} CONNECTION LIMIT 1",
        END_OTHERS,
    ),
}
_BACK = {
    "sqlite": "ALTER TABLE away RENAME TO notifications",
    "postgresql": "ALTER DATABASE {} CONNECTION LIMIT -1",
}


@pytest.mark.parametrize(("settings", "told"), [
    ({"EDS_TUI_SMTP_SECURITY": "ssl"}, "smtp_security is one of none, starttls, tls"),
    ({"EDS_TUI_SMTP_PORT": "x"}, "smtp_port is a number"),
    ({"EDS_TUI_SMTP_USER": "kiosk"}, "a password is not sent"),
    ({"EDS_TUI_MAIL_FROM": "nobody"}, "mail_from is not an e-mail address"),
])  # fmt: skip
def test_a_setting_that_can_not_be_is_refused_in_words(
    mailing: Mailing, number: int, settings: dict[str, str], told: str
) -> None:
    wrong = Mailing(mailing.cli, mailing.receiver, settings)
    with wrong.worker() as process:
        output, error = process.communicate(timeout=60)
    assert (process.returncode, output) == (1, "")
    assert told in error
    assert mailing.receiver.received == []
