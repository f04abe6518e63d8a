"""The first schema: schools, accounts, incidents with their comments and files, events, drafts."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from eds_tui.repository.full_text import full_text_of
from eds_tui.repository.migrations.columns import ensure

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
TEXT = sa.Text()
Kind = sa.types.TypeEngine[Any]
Columns = tuple[sa.Column[Any], ...]

NOT_CLOSED = "state != 'closed'"
IN_TRIAGE = "state IN ('new', 'awaiting_triage')"
INCIDENT_INDEXES = (
    ("closing", ("closes_at", "number"), ""),
    ("due", ("sla_due", "number"), NOT_CLOSED),
    ("mine", ("assigned_to_id", "opened_at", "number"), NOT_CLOSED),
    ("open", ("opened_at", "number"), NOT_CLOSED),
    ("opened", ("opened_at", "number"), ""),
    ("parent_id", ("parent_id",), ""),
    ("school_closing", ("school_id", "closes_at", "number"), ""),
    ("school_open", ("school_id", "opened_at", "number"), NOT_CLOSED),
    ("team", ("team", "opened_at", "number"), NOT_CLOSED),
    ("triage", ("opened_at", "number"), IN_TRIAGE),
    ("warn", ("warn_at", "number"), NOT_CLOSED),
)
"""Name, columns and the condition on the rows of each index."""


def upgrade() -> None:
    """Make every table and start the incident numbers."""
    _make_schools_and_settings()
    _make_people()
    _make_incidents()
    _make_saved_views()
    _make_what_incidents_have()
    _make_attachment_chunks()
    _make_notifications()
    ensure("comments", "former_school_id")  # which the full text reads
    full_text_of(op.get_bind()).create(op.get_bind())
    op.execute("INSERT INTO sequences (name, value) VALUES ('incident', 0)")


def _given(kind: Kind, *names: str, **options: Any) -> Columns:
    return tuple(sa.Column(name, kind, nullable=False, **options) for name in names)


def _optional(kind: Kind, *names: str) -> Columns:
    return tuple(sa.Column(name, kind, nullable=True) for name in names)


def _make(
    table: str,
    *columns: sa.Column[Any],
    key: Sequence[str] = (),
    refers: Mapping[str, str] | None = None,
    unique: Sequence[str] = (),
    indexed: Sequence[str] = (),
) -> None:
    """Make a table; where no key is named it has an id of its own."""
    op.create_table(
        table,
        *(() if key else _given(ID, "id")),
        *columns,
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
            )
            for column, other in (refers or {}).items()
        ),
        sa.PrimaryKeyConstraint(*(key or ("id",)), name=op.f(f"pk_{table}")),
        *(sa.UniqueConstraint(each, name=op.f(f"uq_{table}_{each}")) for each in unique),
    )
    for column in indexed:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _make_schools_and_settings() -> None:
    _make("canned_replies", *_given(TEXT, "title", "body"), unique=("title",))
    _make(
        "schools",
        *_given(sa.String(5), "portal_number"),
        *_given(TEXT, "name", "town"),
        *_given(sa.String(3), "la_number"),
        *_given(sa.String(8), "dfe_number"),
        *_given(sa.String(7), "dfe_digits"),
        *_given(sa.String(6), "urn"),
        *_given(TEXT, "telephone", "email", "connection_type", "bandwidth", "folded"),
        unique=("portal_number",),
    )
    names, values = _given(sa.String(32), "name"), _given(sa.BigInteger(), "value")
    _make("sequences", *names, *values, key=("name",))
    _make(
        "service_levels",
        *_given(sa.Integer(), "id"),
        *_given(sa.JSON(), "data"),
        *_given(MOMENT, "changed_at"),
        key=("id",),
    )


def _make_people() -> None:
    _make(
        "accounts",
        *_given(sa.String(64), "login", "login_folded"),
        *_given(TEXT, "name"),
        *_given(sa.String(16), "role"),
        *_optional(ID, "school_id"),
        *_given(sa.Boolean(), "generic"),
        *_given(TEXT, "email"),
        *_given(sa.String(64), "team", server_default=""),
        *_given(TEXT, "password_hash"),
        *_given(sa.Integer(), "wrong_in_a_row"),
        *_optional(MOMENT, "locked_until"),
        *_given(sa.Boolean(), "disabled"),
        *_given(MOMENT, "created_at"),
        refers={"school_id": "schools"},
        unique=("login_folded",),
    )
    _make(
        "contacts",
        *_given(ID, "school_id"),
        *_given(TEXT, "name", "job", "telephone", "email"),
        *_given(sa.Boolean(), "main"),
        refers={"school_id": "schools"},
        indexed=("school_id",),
    )
    _make(
        "telephones",
        *_given(ID, "school_id"),
        *_given(sa.String(20), "digits", "reversed"),
        refers={"school_id": "schools"},
        indexed=("digits", "reversed", "school_id"),
    )
    _make(
        "drafts",
        *_given(ID, "account_id"),
        *_given(sa.String(64), "place"),
        *_given(sa.JSON(), "body"),
        *_given(MOMENT, "saved_at"),
        key=("account_id", "place"),
        refers={"account_id": "accounts"},
    )


def _make_incidents() -> None:
    _make(
        "incidents",
        *_as_logged(),
        *_as_followed_up(),
        refers={
            "assigned_to_id": "accounts",
            "duplicate_of_id": "incidents",
            "logged_by_id": "accounts",
            "parent_id": "incidents",
            "school_id": "schools",
        },
        unique=("number", "submission"),
    )
    _index_incidents()


def _as_logged() -> Columns:
    return (
        *_given(sa.BigInteger(), "number"),
        *_given(sa.String(64), "submission"),
        *_given(ID, "school_id"),
        *_given(sa.String(16), "category"),
        *_given(sa.SmallInteger(), "impact"),
        *_given(sa.Boolean(), "confidential"),
        *_given(TEXT, "description", "contact_name", "contact_telephone", "contact_email"),
        *_given(sa.String(16), "channel"),
        *_given(ID, "logged_by_id"),
        *_given(TEXT, "logged_by"),
    )


def _as_followed_up() -> Columns:
    return (
        *_given(sa.String(24), "state"),
        *_given(sa.SmallInteger(), "priority"),
        *_optional(MOMENT, "sla_due"),
        *_given(MOMENT, "opened_at"),
        *_optional(MOMENT, "resolved_at", "closes_at"),
        *_optional(sa.Integer(), "handling_seconds"),
        *_given(sa.Integer(), "version"),
        *_given(TEXT, "changed_by", server_default=""),
        *_optional(ID, "assigned_to_id"),
        *_given(TEXT, "assigned_to", server_default=""),
        *_given(sa.String(64), "team", server_default=""),
        *_given(sa.JSON(), "pauses", server_default="[]"),
        *_optional(MOMENT, "paused_since", "deferred_until"),
        *_given(TEXT, "waiting_for", server_default=""),
        *_given(sa.String(16), "flag", "resolution_code", server_default=""),
        *_optional(sa.Boolean(), "late_when_resolved"),
        *_optional(MOMENT, "warn_at"),
        *_given(sa.SmallInteger(), "warned", server_default="0"),
        *_optional(ID, "parent_id", "duplicate_of_id"),
    )


def _index_incidents() -> None:
    for name, columns, condition in INCIDENT_INDEXES:
        where = sa.text(condition) if condition else None
        index = op.f(f"ix_incidents_{name}")
        op.create_index(index, "incidents", columns, sqlite_where=where, postgresql_where=where)


def _make_saved_views() -> None:
    _make(
        "saved_views",
        *_given(ID, "account_id"),
        *_given(sa.SmallInteger(), "digit", autoincrement=False),
        *_given(TEXT, "name", "search"),
        key=("account_id", "digit"),
        refers={"account_id": "accounts"},
    )


def _make_what_incidents_have() -> None:
    _make(
        "attachments",
        *_given(ID, "incident_id"),
        *_given(TEXT, "name"),
        *_given(sa.BigInteger(), "size"),
        *_given(MOMENT, "at"),
        refers={"incident_id": "incidents"},
        indexed=("incident_id",),
    )
    _make(
        "comments",
        *_given(ID, "incident_id"),
        *_given(sa.String(64), "submission"),
        *_given(MOMENT, "at"),
        *_given(ID, "author_id"),
        *_given(TEXT, "author", "caller"),
        *_given(sa.Boolean(), "from_school"),
        *_given(sa.Boolean(), "internal", server_default=sa.false()),
        *_given(TEXT, "body"),
        refers={"author_id": "accounts", "incident_id": "incidents"},
        unique=("submission",),
        indexed=("incident_id",),
    )
    _make(
        "events",
        *_given(MOMENT, "at"),
        *_given(sa.String(32), "kind"),
        *_optional(ID, "actor_id"),
        *_given(TEXT, "actor"),
        *_optional(ID, "incident_id"),
        *_given(sa.JSON(), "details"),
        refers={"actor_id": "accounts", "incident_id": "incidents"},
        indexed=("incident_id",),
    )
    _make(
        "feedback",
        *_given(ID, "incident_id"),
        *_given(sa.SmallInteger(), "rating"),
        *_given(TEXT, "words"),
        *_given(ID, "account_id"),
        *_given(MOMENT, "at"),
        key=("incident_id",),
        refers={"account_id": "accounts", "incident_id": "incidents"},
    )


def _make_attachment_chunks() -> None:
    _make(
        "attachment_chunks",
        *_given(ID, "attachment_id"),
        *_given(sa.Integer(), "position", autoincrement=False),
        *_given(sa.LargeBinary(), "data"),
        key=("attachment_id", "position"),
        refers={"attachment_id": "attachments"},
    )


def _make_notifications() -> None:
    _make(
        "notifications",
        *_given(ID, "incident_id"),
        *_given(sa.String(16), "kind"),
        *_given(TEXT, "recipient"),
        *_optional(ID, "comment_id"),
        *_given(sa.JSON(), "details"),
        *_given(MOMENT, "queued_at"),
        *_optional(MOMENT, "sent_at"),
        refers={"comment_id": "comments", "incident_id": "incidents"},
        indexed=("incident_id",),
    )
