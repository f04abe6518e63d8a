"""The service for the texts of e-mails, which leads may change (rule 27)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.event import EventKind
from eds_tui.domain.notification import Centre, MessageText, NotificationKind, sample, values
from eds_tui.mail import texts
from eds_tui.repository.unit_of_work import Database, UnitOfWork
from eds_tui.services.core.administration import AdministrativeLog


@dataclass(frozen=True, slots=True)
class TextEntry:
    """The text of one kind of e-mail, and whose it is."""

    kind: NotificationKind
    changed_by: str = ""
    """Who put it in the place of the built-in one; empty for that one itself."""
    changed_at: datetime | None = None


class MessageTexts:
    """Shows, replaces and tries out the texts of e-mails.

    Args:
        database: Where those are kept that replace the built-in ones.
        clock: The clock.
        centre: How the service centre is reached.
        operator: The Linux user at the console; empty where it is nobody's doing.
    """

    def __init__(
        self, database: Database, clock: Clock, centre: Centre, operator: str = ""
    ) -> None:
        self._database = database
        self._clock = clock
        self._centre = centre
        self._log = AdministrativeLog(clock=clock, operator=operator)

    def all(self) -> tuple[TextEntry, ...]:
        """Return whose text is in force for each kind."""
        with self._database.reading() as work:
            changed = work.message_texts.changed()
        return tuple(TextEntry(kind, *changed.get(kind, ("", None))) for kind in NotificationKind)

    def get(self, kind: NotificationKind) -> MessageText:
        """Return the text that is in force."""
        with self._database.reading() as work:
            return work.message_texts.get(kind) or texts.built_in(kind)

    def check(self, kind: NotificationKind, text: MessageText) -> None:
        """Refuse a text that would not make an e-mail whatever it is about.

        Raises:
            InvalidInput: With a sentence for the subject, the body, or both.
        """
        texts.check(kind, text, self._centre, self._clock())

    def preview(self, kind: NotificationKind, text: MessageText) -> MessageText:
        """Return what a text comes to, with made-up words.

        Raises:
            InvalidInput: It would not make an e-mail whatever it is about.
        """
        self.check(kind, text)
        return texts.render(kind, text, values(sample(kind, self._clock()), self._centre))

    def put(self, actor: Account, kind: NotificationKind, text: MessageText) -> None:
        """Put a text in force.

        Raises:
            InvalidInput: It would not make an e-mail whatever it is about.
            NotAllowed: The account is not a lead's.
        """
        actor.require(Action.MANAGE_MAIL)
        self.check(kind, text)
        with self._database.writing(actor) as work:
            before = work.message_texts.get(kind) or texts.built_in(kind)
            work.message_texts.put(kind, text, actor, self._clock())
            self._record(work, actor, kind, before, text)
            work.commit()

    def reset(self, actor: Account, kind: NotificationKind) -> bool:
        """Put the built-in text back in force; returns whether another one was.

        Raises:
            NotAllowed: The account is not a lead's.
        """
        actor.require(Action.MANAGE_MAIL)
        with self._database.writing(actor) as work:
            before = work.message_texts.get(kind)
            if before is not None:
                work.message_texts.drop(kind)
                again = {"reason": "the built-in text again"}
                self._record(work, actor, kind, before, texts.built_in(kind), **again)
            work.commit()
        return before is not None

    def _record(
        self,
        work: UnitOfWork,
        actor: Account,
        kind: NotificationKind,
        before: MessageText,
        after: MessageText,
        **more: str,
    ) -> None:
        pairs = {"subject": [before.subject, after.subject], "text": [before.body, after.body]}
        changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        about = {"mail": kind.label, **more}
        self._log.add(work, EventKind.MESSAGE_TEXT_CHANGED, actor, **about, changed=changed)
