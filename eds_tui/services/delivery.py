"""The service that sends queued e-mails, outside of any transaction (rules 24, 25, 28)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from email.message import EmailMessage
from typing import Protocol

from eds_tui.domain.clock import Clock
from eds_tui.domain.clock_trust import is_off
from eds_tui.domain.delivery import FailureCause, Outcome, SendingFailed, next_try
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.event import EventKind
from eds_tui.domain.notification import Centre, MessageText, Notice, values
from eds_tui.mail.message import Sender, build, envelope_address
from eds_tui.mail.texts import TextError, built_in, render
from eds_tui.repository.unit_of_work import Database

_log = logging.getLogger(__name__)


class Line(Protocol):
    """A connection that is ready for an e-mail."""

    def send(
        self, message: EmailMessage, sender: str, recipient: str, may_go: Callable[[], bool]
    ) -> bool:
        """Hand one e-mail on for one recipient; raises ``SendingFailed``.

        Args:
            message: The e-mail.
            sender: The address that bounces go to.
            recipient: The address.
            may_go: Asked at the last moment, whether it may still be sent.

        Returns:
            Whether it was sent.
        """


class Transport(Protocol):
    """What e-mails are handed to."""

    def connected(self) -> AbstractContextManager[Line]:
        """Connect for one e-mail; raises ``SendingFailed``."""


class Delivery:
    """Sends notifications, one at a time; several programs may do so at once.

    Args:
        database: Where they are queued.
        clock: The clock.
        transport: What they are handed to.
        sender: In whose name.
        centre: How the service centre is reached.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        transport: Transport,
        sender: Sender,
        centre: Centre,
    ) -> None:
        self._database = database
        self._clock = clock
        self._transport = transport
        self._sender = sender
        self._centre = centre
        self._unrecorded: Notice | None = None
        self._maybe_taken: Notice | None = None

    def send_next(self) -> Outcome | None:
        """Send the next one that is due, or return ``None`` where none is.

        A program that dies between sending and recording leaves it taken; once that is over, it is
        sent that one more time, with the same Message-ID.
        """
        if self._unrecorded is not None:
            # The database went away before it could be said that this one is sent.
            return self._sent(self._unrecorded)
        if self._maybe_taken is not None:
            # The answer was lost when it was taken: nobody else would send it for a while.
            self._given_back(self._maybe_taken)
            self._maybe_taken = None
        now = self._clock()
        with self._database.reading() as work:
            if not work.notifications.is_any_due(now):
                return None
        with self._database.writing() as work:
            notice = self._maybe_taken = work.notifications.take(now)
            own = work.message_texts.get(notice.kind) if notice else None
            work.commit()
        self._maybe_taken = None
        if notice is None:
            return None
        try:
            sent = self._send(notice, own)
        except SendingFailed as failed:
            return self._failed(notice, failed)
        except Unavailable:
            # Whether it may go could not be asked: it has not gone, and stays taken for nothing.
            self._maybe_taken = notice
            raise
        if not sent:
            return self._given_back(notice)
        self._unrecorded = notice
        return self._sent(notice)

    def _send(self, notice: Notice, own: MessageText | None) -> bool:
        """Return whether it was sent: not, where it was hidden or taken back on the way there."""
        try:
            message = build(notice, self._text(notice, own), self._sender, self._clock())
            recipient = envelope_address(notice.recipient)
            with self._transport.connected() as line:
                return line.send(
                    message, self._sender.address, recipient, lambda: self._may_go(notice)
                )
        except (SendingFailed, Unavailable):
            raise
        except Exception as error:
            # Whatever is wrong with this one, those behind it are sent.
            _log.exception("The e-mail %s failed", notice.id)
            reason = f"The program failed on it ({type(error).__name__}); its log says where."
            raise SendingFailed(FailureCause.MESSAGE, reason) from error

    def _may_go(self, notice: Notice) -> bool:
        """Return whether it may still be sent: a mail server may have taken its time till now."""
        with self._database.reading() as work:
            return work.notifications.is_as_taken(notice)

    def _given_back(self, notice: Notice) -> Outcome:
        with self._database.writing() as work:
            work.notifications.give_back(notice)
            work.commit()
        return Outcome(notice, withheld=True)

    def _text(self, notice: Notice, own: MessageText | None) -> MessageText:
        """Return the text, filled in: the service centre's own, or the built-in one at need."""
        given = values(notice, self._centre)
        if own is not None:
            try:
                return render(notice.kind, own, given)
            except TextError:
                _log.exception("The text of %s e-mails can't be rendered", notice.kind)
        return render(notice.kind, built_in(notice.kind), given)

    def _sent(self, notice: Notice) -> Outcome:
        now = self._clock()
        with self._database.writing() as work:
            if work.notifications.sent(notice, now):
                work.events.add(
                    EventKind.MAIL_SENT, now, None,
                    incident_id=notice.incident_id, details=_details(notice),
                )  # fmt: skip
            work.commit()
        self._unrecorded = None
        return Outcome(notice)

    def _failed(self, notice: Notice, failed: SendingFailed) -> Outcome:
        now = self._clock()
        with self._database.writing() as work:
            may_give_up = not is_off(work.clock.skew())
            try_at = next_try(failed, notice, now, may_give_up=may_give_up)
            recorded = work.notifications.failed(notice, failed.reason, now, try_at, failed.cause)
            if recorded and try_at is None:
                details = {**_details(notice), "reason": failed.reason}
                work.events.add(
                    EventKind.MAIL_GIVEN_UP, now, None,
                    incident_id=notice.incident_id, details=details,
                )  # fmt: skip
            work.commit()
        return Outcome(notice, failed, try_at)


def _details(notice: Notice) -> dict[str, str]:
    return {"mail": f"{notice.kind.label} to {notice.recipient}"}
