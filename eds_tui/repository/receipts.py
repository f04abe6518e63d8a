"""Reads the receipt of a form that has been logged (rule 8)."""

from __future__ import annotations

from sqlalchemy import Connection, String, and_, bindparam, select

from eds_tui.domain.account import Scope
from eds_tui.domain.event import EventKind
from eds_tui.domain.incident import IncidentForm
from eds_tui.domain.views import Receipt
from eds_tui.repository.column_types import Id
from eds_tui.repository.tables import events, incidents, schools

_RECEIPT = (
    select(
        incidents.c.number,
        incidents.c.confidential,
        events.c.details.label("as_logged"),
        schools.c.email,
        incidents.c.description,
        incidents.c.category,
        incidents.c.impact,
        incidents.c.contact_telephone,
    )
    .join(schools, schools.c.id == incidents.c.school_id)
    .outerjoin(
        events,
        and_(
            events.c.incident_id == incidents.c.id,
            events.c.kind == EventKind.INCIDENT_LOGGED.value,
        ),
    )
    .where(
        incidents.c.submission == bindparam("key", type_=String),
        incidents.c.logged_by_id == bindparam("by", type_=Id),
    )
)


class ReceiptRepository:
    """Reads receipts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_form(self, scope: Scope, form: IncidentForm, logged_by_id: int) -> Receipt | None:
        """Return what was answered to a form that has been logged already (rule 8).

        Whoever may not know of confidential incidents is answered as at the time: whether it has
        been hidden or shown since is not reported (rule 24).

        Args:
            scope: Who asks.
            form: As it is sent now.
            logged_by_id: Who logged it.
        """
        keys = {"key": form.submission, "by": logged_by_id}
        row = self._connection.execute(_RECEIPT, keys).one_or_none()
        if row is None:
            return None
        as_logged = bool((row.as_logged or {}).get("confidential", form.confidential))
        logged = (
            as_logged, row.description, row.category, row.impact, row.contact_telephone,
        )  # fmt: skip
        sent = (form.confidential, form.description, form.category, form.impact, form.telephone)
        confidential = row.confidential if scope.confidential else as_logged
        notified = "" if confidential else row.email
        return Receipt(
            number=row.number, confidential=confidential, notified=notified, differs=logged != sent
        )
