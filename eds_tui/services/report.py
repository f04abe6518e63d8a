"""The service that logs an incident: a school's report, or a call (guide 2)."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import InvalidInput, NotAllowed
from eds_tui.domain.event import EventKind
from eds_tui.domain.file_names import stored_name
from eds_tui.domain.incident import (
    Channel,
    IncidentForm,
    NewIncident,
    check_form,
)  # fmt: skip
from eds_tui.domain.notification import NotificationKind
from eds_tui.domain.pointer import check_public
from eds_tui.domain.text import storable
from eds_tui.domain.views import Receipt
from eds_tui.host.staging import StagedFile, staged
from eds_tui.repository.unit_of_work import Database, UnitOfWork
from eds_tui.services.core.callers import remember_caller
from eds_tui.services.core.changes import store_effects
from eds_tui.services.core.decision_facts import reading_major

CLOSED = "That school is closed: it takes no new incident. Choose another."
YOURS_IS_CLOSED = (
    "Your school is closed: it takes no new incident. Please telephone the ICT Service Centre."
)


class Report:
    """Logs incidents."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def why_not(self, actor: Account) -> str:
        """Return why nothing can be reported for the actor's own school; empty where it can."""
        if actor.school_id is None:
            return ""
        with self._database.reading(actor) as work:
            return YOURS_IS_CLOSED if work.schools.is_closed(actor.school_id) else ""

    def log(self, actor: Account, form: IncidentForm) -> Receipt:
        """Log an incident with its files in one transaction and return its number (rule 8).

        A form that has been logged already gives the same receipt again and logs nothing; the
        receipt says so where the form has been changed since.

        Raises:
            InvalidInput: With a sentence for each field that is wrong; nothing is kept (rule 9).
            NotAllowed: The account may not log incidents.
            Unavailable: The database or a chosen file can't be read; nothing is kept.
        """
        call = actor.may(Action.LOG_CALLS)
        if not call:
            actor.require(Action.REPORT)
            form = replace(form, school_id=actor.school_id, caller="", caller_email="", parent=None)
        form = _storable(form)
        check_form(form, call=call, generic_login=actor.generic)
        if form.files and (receipt := self._logged_before(actor, form)):
            # The files may be gone by now: they are not asked for again.
            return receipt
        with staged(form.files) as files, self._database.writing(actor) as work:
            # Of two resends the second sees the first.
            work.receipts.hold(form)
            receipt = work.receipts.of_form(actor.scope, form, actor.id)
            if receipt is None:
                receipt = self._log(work, actor, form, files)
                work.commit(asdict(receipt))
        return receipt

    def _logged_before(self, actor: Account, form: IncidentForm) -> Receipt | None:
        # The database's wall would hide what has been hidden since, and it would be logged anew.
        with self._database.reading(actor, walled=False) as work:
            return work.receipts.of_form(actor.scope, form, actor.id)

    def _log(
        self,
        work: UnitOfWork,
        actor: Account,
        form: IncidentForm,
        files: tuple[StagedFile, ...],
    ) -> Receipt:
        now = self._clock()
        new = _new_incident(actor, form, now)
        email = work.schools.email(new.school_id)
        if email is None:
            raise InvalidInput({"school": "That school is no longer in the list; choose again."})
        if work.schools.is_closed(new.school_id):
            raise (
                InvalidInput({"school": CLOSED})
                if actor.may(Action.LOG_CALLS)
                else NotAllowed(YOURS_IS_CLOSED)
            )
        if new.channel is Channel.PHONE and not new.confidential:
            # Whoever follows a confidential one up has its number in the description.
            check_public("description", work.comments.confidential_in(new.description, own_id=0))
        number = work.incidents.next_number()
        incident_id = work.incidents.add(new, number)
        if new.channel is Channel.PHONE:
            remember_caller(work, new.school_id, new.contact_name, new.contact_telephone, now)
        for file in files:
            work.attachments.add(incident_id, stored_name(file.name), file.pieces, now)
        details = {"channel": new.channel.value, "confidential": new.confidential}
        work.events.add(
            EventKind.INCIDENT_LOGGED, now, actor, incident_id=incident_id, details=details
        )
        notified = "" if new.confidential else email
        work.notifications.queue(NotificationKind.LOGGED, incident_id, notified, now)
        why_not = ""
        if form.parent is not None:
            why_not = _hang(work, actor, incident_id, form.parent, now)
        return Receipt(
            number=number,
            confidential=new.confidential,
            notified=notified,
            parent=None if why_not else form.parent,
            not_linked=why_not,
        )


def _hang(work: UnitOfWork, actor: Account, incident_id: int, parent: int, now: datetime) -> str:
    """Hang what was just logged on another; returns why not, where it can't be: it is logged."""
    found = work.incidents.by_id(incident_id, now)
    try:
        decision = reading_major(actor, parent)(work, found, now)(found, now)
        decision.check(found.fields)
    except InvalidInput as error:
        return " ".join(error.problems.values())
    work.incidents.change(found, decision.after, actor.name)
    store_effects(work, actor, found, decision, EventKind.TRIAGED, now)
    return ""


def _storable(form: IncidentForm) -> IncidentForm:
    return replace(
        form,
        description=storable(form.description),
        telephone=storable(form.telephone).strip(),
        caller=storable(form.caller).strip(),
        caller_email=storable(form.caller_email).strip(),
    )


def _new_incident(actor: Account, form: IncidentForm, now: datetime) -> NewIncident:
    assert form.school_id is not None
    assert form.category is not None
    assert form.impact is not None
    call = actor.may(Action.LOG_CALLS)
    began = form.began_at
    return NewIncident(
        submission=form.submission,
        school_id=form.school_id,
        category=form.category,
        impact=form.impact,
        confidential=form.confidential,
        description=form.description,
        contact_name=form.caller if call else actor.name,
        contact_telephone=form.telephone,
        contact_email=form.caller_email if call else actor.email,
        channel=Channel.PHONE if call else Channel.SELF_SERVICE,
        logged_by_id=actor.id,
        logged_by=actor.name,
        opened_at=now,
        # A clock that was put back in the middle of a call makes none that ended before it began.
        handling_seconds=max(0, int((now - began).total_seconds())) if call and began else None,
    )
