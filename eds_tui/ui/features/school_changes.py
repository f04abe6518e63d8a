"""Changing a school from its card: one field at a time, each kept until it is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from eds_tui.domain.account import Account, Action
from eds_tui.domain.drafts import box_at_school
from eds_tui.domain.errors import Conflict, InvalidInput
from eds_tui.domain.history import changes_in_words
from eds_tui.domain.school import Contact, School
from eds_tui.domain.school_change import (
    SchoolChange,
    changed_school,
    contact_of,
    contact_text,
    differences,
    written_contact,
)
from eds_tui.services.schools import Schools
from eds_tui.ui import dialogs
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.incidents import ChangeSchool
from eds_tui.ui.features.decision_text import DecisionTexts
from eds_tui.ui.features.dialog_draft import DialogDraft
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import changing

FIELDS = {
    "name": ("Name", ""),
    "town": ("Town", ""),
    "portal_number": ("Portal number", "five digits"),
    "la_number": ("LA number", "three digits"),
    "dfe_number": ("DfE number", "888/2001"),
    "urn": ("URN", "six digits"),
    "telephone": ("Telephone", ""),
    "email": ("Notified address", "empty: the head's"),
    "connection_type": ("Connection type", ""),
    "bandwidth": ("Bandwidth", ""),
}
"""What is asked for in one line, in the order in which it is offered, and the hint for it."""
_CONTACT_HINT = "name; job; telephone; e-mail"
_KEPT = "It is not stored. What you typed is kept: look at it and do it again."


@dataclass(frozen=True)
class Choice:
    """Something to change, as a line to pick."""

    line: str
    begin: Callable[[], object]
    """Asks for what is needed."""


class SchoolChanges:
    """Asks a lead what of a school is to be another, and stores it.

    Args:
        host: The screen.
        schools: The service.
        account: Who changes it.
        texts: Ask for what is typed, and keep it.
        changed: Shows the school as it is then; without it the card is read again.
    """

    def __init__(
        self,
        *,
        host: Host,
        schools: Schools,
        account: Account,
        texts: DecisionTexts,
        changed: Callable[[School | None], None],
    ) -> None:
        self.host = host
        self._schools = schools
        self._account = account
        self._texts = texts
        self._changed = changed
        self.school: School | None = None
        """The school as it is shown."""

    @property
    def are_allowed(self) -> bool:
        """Whether this person may change schools."""
        return self._account.may(Action.MANAGE_SCHOOLS)

    def handlers(self) -> Handlers:
        """Return what is done for the command."""
        return {ChangeSchool: self.ask}

    def ask(self) -> None:
        """Let the person pick what is to be another."""
        if self.school is not None and self.are_allowed:
            self._pick(f"Change {self.school.title}", self._choices(self.school))

    def _pick(self, title: str, choices: Sequence[Choice]) -> None:
        def picked(place: int | None) -> None:
            if place is not None:
                choices[place].begin()

        self.host.app.push_screen(
            dialogs.PickDialog(title, [each.line for each in choices]), picked
        )

    def _choices(self, school: School) -> list[Choice]:
        fields = [
            Choice(f"{label}: {getattr(school, name)}", partial(self._field, school, name))
            for name, (label, _) in FIELDS.items()
        ]
        contacts = [
            Choice(f"Contact: {contact_text(each)}", partial(self._of, school, each))
            for each in school.contacts
        ]
        another = Choice("Add a contact", partial(self._contact, school, None))
        closing = "Open the school again" if school.closed else "Close the school"
        return [*fields, *contacts, another, Choice(closing, partial(self._close, school))]

    def _of(self, school: School, contact: Contact) -> None:
        """Ask what is to become of a contact."""
        store = partial(self._store, school)
        main = Choice("Make the main contact", lambda: store(SchoolChange(main=contact.name)))
        choices = [
            Choice("Change name, job, telephone or e-mail", lambda: self._contact(school, contact)),
            *([] if contact.main else [main]),
            Choice("No contact any more", lambda: store(SchoolChange(without=(contact.name,)))),
        ]
        self._pick(contact.name, choices)

    def _field(self, school: School, name: str) -> None:
        label, hint = FIELDS[name]

        def change(text: str) -> SchoolChange:
            values: dict[str, Any] = {name: text.strip()}
            return SchoolChange(**values)

        self._type(school, label, name, getattr(school, name), hint, change)

    def _contact(self, school: School, contact: Contact | None) -> None:
        """Ask for a contact anew, or for another one."""

        def change(text: str) -> SchoolChange:
            another = contact_of(text)
            if contact is None:
                return SchoolChange(contacts=(another,))
            gone = () if another.name == contact.name else (contact.name,)
            main = another.name if contact.main else None
            return SchoolChange(contacts=(another,), without=gone, main=main)

        value = written_contact(contact) if contact else ""
        title = f"Contact {contact.name}" if contact else "Another contact"
        field = f"contact {contact.name}" if contact else "contacts"
        self._type(school, title, field, value, _CONTACT_HINT, change)

    def _type(
        self,
        school: School,
        title: str,
        field: str,
        value: str,
        hint: str,
        change: Callable[[str], SchoolChange],
    ) -> None:
        """Ask for a field in one line."""

        def judge(text: str) -> tuple[bool, str]:
            try:
                changed_school(school, change(text))
            except InvalidInput as error:
                return False, error.message
            return True, ""

        self._texts.ask_in(
            dialogs.LineDialog(title, value=value, hint=hint, judge=judge),
            box_at_school(school.id, field),
            lambda text, kept: self._store(school, change(text), kept),
        )

    def _close(self, school: School) -> None:
        """Ask before a school is closed; it is opened again without."""
        closed = SchoolChange(closed=not school.closed)

        def answered(sure: bool | None) -> None:
            if sure:
                self._store(school, closed)

        if school.closed:
            self._store(school, closed)
        else:
            question = f"Close {school.title}? It takes no new incident then."
            dialog = dialogs.ConfirmDialog(question, yes="Close it", no="Leave it open")
            self.host.app.push_screen(dialog, answered)

    @task(blocks_input=True)
    async def _store(
        self, school: School, change: SchoolChange, text: DialogDraft | None = None
    ) -> None:
        async with self._texts.settling(text) as settled:
            try:
                before, after = await changing(
                    self._schools.change, self._account, school.id, change, school
                )
            except Conflict as error:
                self._changed(None)
                raise Conflict(f"{error.message} {_KEPT}" if text else error.message) from error
            settled.made = True
        self._changed(after)
        words = changes_in_words(differences(before, after))
        self.host.say(f"Changed: {words}." if words else "It was so already.")
