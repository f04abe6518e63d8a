"""When an e-mail is tried again and when it is given up (rule 28)."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from eds_tui.domain.delivery import (
    GIVEN_UP_AFTER,
    LEASE,
    Fault,
    SendingFailed,
    next_try,
    server_pause,
)
from eds_tui.domain.notification import NotificationKind, sample
from eds_tui.mail.transport import ALL_SECONDS
from tests.factories import START

NOTICE = replace(sample(NotificationKind.COMMENT, START), try_until=START + GIVEN_UP_AFTER)


def tries(fault: Fault) -> list[datetime]:
    """Return when an e-mail is tried that always fails."""
    at: datetime | None = START
    moments = []
    while at is not None:
        moments.append(at)
        notice = replace(NOTICE, attempts=len(moments))
        at = next_try(SendingFailed(fault, ""), notice, at)
    return moments


@pytest.mark.parametrize(("fault", "longest"), [(Fault.MESSAGE, 240), (Fault.SERVER, 5)])
def test_pauses_grow_until_five_days_are_over(fault: Fault, longest: int) -> None:
    moments = tries(fault)
    pauses = [later - earlier for earlier, later in itertools.pairwise(moments)]
    minutes = [pause.total_seconds() / 60 for pause in pauses]
    growing = [1, 2, 4, 8, 16, 32, 64, 128, 240]
    assert minutes[:9] == [min(pause, longest) for pause in growing]
    assert set(minutes[9:]) == {longest}
    over = START + GIVEN_UP_AFTER
    assert over - timedelta(minutes=longest) <= moments[-1] < over


def test_a_mailbox_that_is_not_there_is_tried_once() -> None:
    assert tries(Fault.RECIPIENT) == [START]


def test_an_hour_without_a_server_costs_a_try_every_five_minutes_at_most() -> None:
    seconds = [server_pause(failures).total_seconds() for failures in range(1, 9)]
    assert seconds == [15, 30, 60, 120, 240, 300, 300, 300]
    assert server_pause(10_000) == timedelta(minutes=5)


def test_sending_takes_less_than_others_leave_it_alone_for() -> None:
    assert timedelta(seconds=2 * ALL_SECONDS) < LEASE
