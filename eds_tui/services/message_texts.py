"""The service for the texts of e-mails, which leads may change (rule 27)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.event import EventKind
from eds_tui.domain.notification import Centre, MessageText, NotificationKind, sample, values
from eds_tui.mail import texts
from eds_tui.repository.unit_of_work import Database


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
    """

    def __init__(self, database: Database, clock: Clock, centre: Centre) -> None:
        self._database = database
        self._clock = clock
        self._centre = centre

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
            now = self._clock()
            work.message_texts.put(kind, text, actor, now)
            details = {"mail": kind.label}
            work.events.add(EventKind.MESSAGE_TEXT_CHANGED, now, actor, details=details)
            work.commit()

    def reset(self, actor: Account, kind: NotificationKind) -> bool:
        """Put the built-in text back in force; returns whether another one was.

        Raises:
            NotAllowed: The account is not a lead's.
        """
        actor.require(Action.MANAGE_MAIL)
        with self._database.writing(actor) as work:
            dropped = work.message_texts.drop(kind)
            if dropped:
                details = {"mail": kind.label, "reason": "the built-in text again"}
                work.events.add(
                    EventKind.MESSAGE_TEXT_CHANGED, self._clock(), actor, details=details
                )
            work.commit()
        return dropped
