"""When an e-mail is tried again and when it is given up (rule 28)."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from eds_tui.domain.delivery import (
    GIVEN_UP_AFTER,
    LEASE,
    LEAST_TRIES,
    FailureCause,
    SendingFailed,
    Stage,
    cause_of,
    next_try,
    server_pause,
)
from eds_tui.domain.notification import NotificationKind, sample
from eds_tui.mail.transport import ALL_SECONDS
from tests.cases import each_case
from tests.factories import START

NOTICE = replace(sample(NotificationKind.COMMENT, START), try_until=START + GIVEN_UP_AFTER)


ANSWERS = (
    (Stage.CONNECTION, 554, "5.3.2 Not now", FailureCause.SERVER),
    (Stage.CONNECTION, 454, "4.7.0 TLS not available", FailureCause.SERVER),
    (Stage.CONNECTION, 550, "5.1.1 No such user", FailureCause.SERVER),
    (Stage.CONNECTION, -1, "", FailureCause.SERVER),
    (Stage.LOGIN, 535, "5.7.8 Wrong password", FailureCause.SERVER),
    (Stage.SENDER, 550, "5.1.8 Sender's domain not found", FailureCause.SERVER),
    (Stage.SENDER, 550, "5.7.60 May not send as this sender", FailureCause.SERVER),
    (Stage.SENDER, 451, "4.3.2 Too busy", FailureCause.SERVER),
    (Stage.SENDER, 552, "5.3.4 Too big", FailureCause.MESSAGE),
    (Stage.SENDER, 552, "Too big", FailureCause.MESSAGE),
    (Stage.SENDER, 503, "5.5.1 HELO first", FailureCause.SERVER),
    (Stage.RECIPIENT, 550, "5.1.1 No such user", FailureCause.RECIPIENT),
    (Stage.RECIPIENT, 550, "5.1.10 Recipient not found", FailureCause.RECIPIENT),
    (Stage.RECIPIENT, 553, "5.1.3 Bad address", FailureCause.RECIPIENT),
    (Stage.RECIPIENT, 550, "5.1.6 Mailbox has moved", FailureCause.RECIPIENT),
    (Stage.RECIPIENT, 553, "5.1.7 Sender's address is none", FailureCause.SERVER),
    (Stage.RECIPIENT, 550, "5.1.8 Sender's domain not found", FailureCause.SERVER),
    (Stage.RECIPIENT, 550, "5.1.9 Not for this system", FailureCause.RECIPIENT),
    (Stage.RECIPIENT, 550, "5.1.1 User unknown in relay recipient table", FailureCause.RECIPIENT),
    (Stage.RECIPIENT, 550, "5.2.1 Mailbox disabled", FailureCause.RECIPIENT),
    (Stage.RECIPIENT, 552, "5.2.2 Mailbox full", FailureCause.MESSAGE),
    (Stage.RECIPIENT, 550, "5.2.0 Something of the mailbox", FailureCause.MESSAGE),
    (Stage.RECIPIENT, 550, "5.7.60 May not send as this sender", FailureCause.SERVER),
    (Stage.RECIPIENT, 550, "5.7.1 Blocked", FailureCause.SERVER),
    (Stage.RECIPIENT, 550, "5.4.1 Access denied", FailureCause.SERVER),
    (Stage.RECIPIENT, 503, "5.5.1 Sender first", FailureCause.SERVER),
    (Stage.RECIPIENT, 554, "5.3.0 System trouble", FailureCause.SERVER),
    (Stage.RECIPIENT, 554, "5.7.1 Relay access denied", FailureCause.SERVER),
    (Stage.RECIPIENT, 550, "relay not permitted", FailureCause.SERVER),
    (Stage.RECIPIENT, 454, "4.7.1 Relay access denied", FailureCause.SERVER),
    (Stage.RECIPIENT, 550, "No such user here", FailureCause.RECIPIENT),
    (Stage.RECIPIENT, 550, "5.1 and more is no code", FailureCause.RECIPIENT),
    (Stage.RECIPIENT, 550, "4.2.1 Come again", FailureCause.MESSAGE),
    (Stage.RECIPIENT, 551, "User not local", FailureCause.MESSAGE),
    (Stage.RECIPIENT, 552, "Mailbox full", FailureCause.MESSAGE),
    (Stage.RECIPIENT, 554, "No", FailureCause.SERVER),
    (Stage.RECIPIENT, 501, "Syntax", FailureCause.SERVER),
    (Stage.RECIPIENT, 450, "4.2.0 Greylisted", FailureCause.MESSAGE),
    (Stage.RECIPIENT, 451, "4.7.1 Greylisted", FailureCause.MESSAGE),
    (Stage.RECIPIENT, 452, "4.2.2 Mailbox full", FailureCause.MESSAGE),
    (Stage.RECIPIENT, 421, "4.3.2 Going down", FailureCause.SERVER),
    (Stage.RECIPIENT, 530, "5.7.0 Log in first", FailureCause.SERVER),
    (Stage.RECIPIENT, 250, "OK", FailureCause.SERVER),
    (Stage.RECIPIENT, -1, "nonsense", FailureCause.SERVER),
    (Stage.MESSAGE, 550, "5.1.1 No such user", FailureCause.RECIPIENT),
    (Stage.MESSAGE, 552, "5.2.2 Mailbox full", FailureCause.MESSAGE),
    (Stage.MESSAGE, 552, "5.3.4 Too big", FailureCause.MESSAGE),
    (Stage.MESSAGE, 554, "5.6.0 Not wanted", FailureCause.MESSAGE),
    (Stage.MESSAGE, 550, "5.7.1 Looks like spam", FailureCause.SERVER),
    (Stage.MESSAGE, 554, "Transaction failed", FailureCause.MESSAGE),
    (Stage.MESSAGE, 550, "Not wanted", FailureCause.MESSAGE),
    (Stage.MESSAGE, 503, "RCPT first", FailureCause.SERVER),
    (Stage.MESSAGE, 451, "4.3.0 Try later", FailureCause.MESSAGE),
    (Stage.MESSAGE, 354, "Go on", FailureCause.SERVER),
)


@each_case("stage, code, words, cause", ANSWERS)
def test_an_answer_says_what_caused_it(
    stage: Stage, code: int, words: str, cause: FailureCause
) -> None:
    assert cause_of(stage, code, words) is cause


def tries(cause: FailureCause, most: int, **rules: bool) -> list[datetime]:
    """Return when an e-mail is tried that always fails."""
    at: datetime | None = START
    moments: list[datetime] = []
    while at is not None and len(moments) < most:
        moments.append(at)
        notice = replace(NOTICE, attempts=len(moments))
        at = next_try(SendingFailed(cause, ""), notice, at, **rules)
    return moments


@pytest.mark.parametrize(
    ("cause", "longest"), [(FailureCause.MESSAGE, 240), (FailureCause.SERVER, 5)]
)
def test_pauses_grow(cause: FailureCause, longest: int) -> None:
    moments = tries(cause, 20)
    pauses = [later - earlier for earlier, later in itertools.pairwise(moments)]
    minutes = [pause.total_seconds() / 60 for pause in pauses]
    growing = [1, 2, 4, 8, 16, 32, 64, 128, 240]
    assert minutes[:9] == [min(pause, longest) for pause in growing]
    assert set(minutes[9:]) == {longest}


def test_one_that_is_refused_is_given_up_after_five_days() -> None:
    moments = tries(FailureCause.MESSAGE, 1_000)
    over = START + GIVEN_UP_AFTER
    assert over - timedelta(minutes=240) <= moments[-1] < over


def test_a_failure_of_the_server_and_a_clock_that_lies_give_nothing_up() -> None:
    most = 2_000
    assert len(tries(FailureCause.SERVER, most)) == most
    assert len(tries(FailureCause.MESSAGE, most, may_give_up=False)) == most


def test_one_that_is_old_before_it_was_tried_is_tried_a_few_times() -> None:
    """No worker came for a month, or it was queued when the clock was a month behind."""
    failed = SendingFailed(FailureCause.MESSAGE, "")
    later = START + timedelta(days=30)
    given_up = [
        next_try(failed, replace(NOTICE, attempts=attempts), later) is None
        for attempts in range(1, LEAST_TRIES + 1)
    ]
    assert given_up == [*[False] * (LEAST_TRIES - 1), True]


def test_a_mailbox_that_is_not_there_is_tried_once() -> None:
    assert tries(FailureCause.RECIPIENT, 2) == [START]


def test_an_hour_without_a_server_costs_a_try_every_five_minutes_at_most() -> None:
    seconds = [server_pause(failures).total_seconds() for failures in range(1, 9)]
    assert seconds == [15, 30, 60, 120, 240, 300, 300, 300]
    assert server_pause(10_000) == timedelta(minutes=5)


def test_sending_takes_less_than_others_leave_it_alone_for() -> None:
    assert timedelta(seconds=2 * ALL_SECONDS) < LEASE
