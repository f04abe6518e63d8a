"""A mail server, what sends to it, and an incident that it has to tell of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from eds_tui import bootstrap
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.delivery import Delivery
from eds_tui.settings import Security, Settings
from tests.factories import People, SetClock, new_form
from tests.mail.receiver import HOST, Receiver, receiving
from tests.services.mailbox import DESK


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A mail server that accepts everything."""
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def settings(receiver: Receiver) -> Settings:
    """The settings that name it."""
    return mail_settings(receiver)


def mail_settings(receiver: Receiver) -> Settings:
    """Return the settings that name a mail server."""
    return Settings(
        database_url="", smtp_host=HOST, smtp_port=receiver.port,
        smtp_security=Security.NONE, service_centre_email=DESK,
        service_centre_telephone="01772 999999",
    )  # fmt: skip


@pytest.fixture
def delivery(database: Database, clock: SetClock, settings: Settings) -> Delivery:
    """What sends to it."""
    delivery = bootstrap.open_delivery(database, settings, clock)
    assert delivery is not None
    return delivery


@pytest.fixture
def number(services: Services, people: People) -> int:
    """An incident whose school is to be told that it is logged."""
    return services.report.log(people.head, new_form()).number


def send_all(delivery: Delivery) -> int:
    """Send until nothing is due, and return how many were tried."""
    count = 0
    while delivery.send_next():
        count += 1
    return count
