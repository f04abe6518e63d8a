"""The service for e-mails that are not sent: counts, reasons, retries (rule 28)."""

from __future__ import annotations

from dataclasses import replace

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.mail_state import remarks
from eds_tui.domain.notification import MailState, QueuedMail
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.core.administration import AdministrativeLog


class Outbox:
    """Shows what waits to be sent or has failed, to leads and at the console.

    Args:
        database: Where the e-mails are queued.
        clock: The clock.
        operator: The Linux user at the console; empty where it is nobody's doing.
    """

    def __init__(self, database: Database, clock: Clock, operator: str = "") -> None:
        self._database = database
        self._clock = clock
        self._log = AdministrativeLog(clock=clock, operator=operator)

    def state(self, actor: Account | None) -> MailState:
        """Return how the sending stands.

        Args:
            actor: A lead; ``None`` at the console.

        Raises:
            NotAllowed: The account is not a lead's.
        """
        if actor is not None:
            actor.require(Action.MANAGE_MAIL)
        with self._database.reading(actor) as work:
            return replace(work.notifications.state(), clock=work.clock.remark())

    def remarks(self, actor: Account) -> tuple[str, ...]:
        """Return in sentences what a lead has to have put right; nothing for anybody else."""
        if not actor.may(Action.MANAGE_MAIL):
            return ()
        with self._database.reading(actor) as work:
            return remarks(work.notifications.held_up(), work.clock.remark())

    def unsent(self, *, failed: bool) -> tuple[QueuedMail, ...]:
        """Return what has not been sent, or of that what has failed, newest first."""
        with self._database.reading() as work:
            return work.notifications.unsent(failed=failed)

    def retry(self, actor: Account, mail_id: int | None) -> int:
        """Have one e-mail tried again at once, or all that have failed, and return how many.

        Raises:
            NotAllowed: The account is not a lead's.
            NotFound: No e-mail of that id waits.
        """
        actor.require(Action.MANAGE_MAIL)
        now = self._clock()
        with self._database.writing(actor) as work:
            count = work.notifications.retry(None if mail_id is None else [mail_id], now)
            if mail_id is not None and count == 0:
                raise NotFound(f"There is no e-mail {mail_id} that waits to be sent.")
            if count:
                self._log.add(work, EventKind.MAIL_RETRIED, actor, mail=f"{count:,}")
            work.commit({"count": count})
        return count
