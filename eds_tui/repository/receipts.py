"""Reads the receipt of a form that has been logged (rule 8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, String, and_, bindparam, select

from eds_tui.domain.account import Scope
from eds_tui.domain.event import CHANGED, EventKind
from eds_tui.domain.incident import IncidentForm
from eds_tui.domain.triage_fields import LOGGED
from eds_tui.domain.views import Receipt
from eds_tui.repository import postgres
from eds_tui.repository.column_types import Id
from eds_tui.repository.engine import is_postgres
from eds_tui.repository.tables import events, incidents, schools

_BY_KEY = (
    incidents.c.submission == bindparam("key", type_=String),
    incidents.c.logged_by_id == bindparam("by", type_=Id),
)
_RECEIPT = (
    select(
        incidents.c.id,
        incidents.c.number,
        incidents.c.confidential,
        events.c.details.label("as_logged"),
        incidents.c.school_id,
        incidents.c.description,
        incidents.c.category,
        incidents.c.impact,
        incidents.c.contact_telephone,
    )
    .outerjoin(
        events,
        and_(
            events.c.incident_id == incidents.c.id,
            events.c.kind == EventKind.INCIDENT_LOGGED.value,
        ),
    )
    .where(*_BY_KEY)
)
_LOGGED = select(incidents.c.id, incidents.c.description, incidents.c.opened_at).where(*_BY_KEY)
_CHANGES = (
    select(events.c.details)
    .where(
        events.c.incident_id == bindparam("wanted", type_=Id),
        events.c.kind == EventKind.CORRECTED.value,
    )
    .order_by(events.c.id)
)
_EMAIL = select(schools.c.email).where(schools.c.id == bindparam("wanted", type_=Id))
_COMPARED = ("description", "category", "impact", "contact_telephone")
"""What a form that is sent again is compared by, beside whether it is confidential."""


class ReceiptRepository:
    """Reads receipts, and what a form was logged with, whatever has been put right since."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def hold(self, form: IncidentForm) -> None:
        """Let nobody else log a form until this transaction ends; SQLite has one writer anyhow."""
        if is_postgres(self._connection):
            postgres.hold_submission(self._connection, form.submission)

    def of_form(self, scope: Scope, form: IncidentForm, logged_by_id: int) -> Receipt | None:
        """Return what was answered to a form that has been logged already (rule 8).

        Whoever may not know of confidential incidents is answered as at the time: whether it has
        been hidden or shown since is not reported (rule 24), nor to whose school it was put since.

        Args:
            scope: Who asks.
            form: As it is sent now.
            logged_by_id: Who logged it.
        """
        keys = {"key": form.submission, "by": logged_by_id}
        row = self._connection.execute(_RECEIPT, keys).one_or_none()
        if row is None:
            return None
        first = self._as_first_logged(row)
        as_logged = bool((row.as_logged or {}).get("confidential", form.confidential))
        logged = (
            as_logged, *(first[name] for name in _COMPARED),
        )  # fmt: skip
        sent = (form.confidential, form.description, form.category, form.impact, form.telephone)
        confidential = row.confidential if scope.confidential else as_logged
        notified = "" if confidential else self._email(first["school_id"])
        return Receipt(
            number=row.number, confidential=confidential, notified=notified, differs=logged != sent
        )

    def logged(self, submission: str, logged_by_id: int) -> tuple[str, datetime] | None:
        """Return the description that was logged from a form, and when; or ``None``."""
        row = self._connection.execute(_LOGGED, {"key": submission, "by": logged_by_id})
        found = row.one_or_none()
        if found is None:
            return None
        return self._as_first_logged(found)["description"], found.opened_at

    def _as_first_logged(self, row: Any) -> dict[str, Any]:
        """Return what an incident was logged with: before the first time that it was put right."""
        first = {name: row._mapping[name] for name in LOGGED if name in row._mapping}
        for details in reversed(
            self._connection.execute(_CHANGES, {"wanted": row.id}).scalars().all()
        ):
            first |= {
                name: pair[0] for name, pair in details.get(CHANGED, {}).items() if name in first
            }
        return first

    def _email(self, school_id: int) -> str:
        return self._connection.execute(_EMAIL, {"wanted": school_id}).scalar_one()
