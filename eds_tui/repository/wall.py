"""Declares what a school's reads may reach in PostgreSQL, and creates those grants and policies.

It stands behind the conditions of the queries themselves (rule 24): a school account's reads run as
a role that is granted these columns and no others, of the rows that these policies leave it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, column, table
from sqlalchemy import text as sql

from eds_tui.repository.column_types import Id
from eds_tui.repository.postgres import SCHOOL_ROLE

POLICY = "school"
"""The name of each policy."""

POINTERS = "incident_pointers"
"""The view through which a school reads what an incident hangs on: never a hidden one's row id."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What is reached of one table."""

    columns: tuple[str, ...]
    rows: str
    """The condition of its policy, as PostgreSQL spells it, in one line."""


_SCHOOL = "(current_setting('eds_tui.school_id'::text))::bigint"
_MINE = f"(school_id = {_SCHOOL})"


def _of_incident(name: str) -> str:
    """Return the condition that a row's incident is seen, which is the policy of the incidents."""
    return f"(EXISTS ( SELECT FROM incidents WHERE (incidents.id = {name}.incident_id)))"


OPENINGS: Mapping[str, Opening] = {
    "accounts": Opening(
        ("id", "name", "role", "generic"),
        "(EXISTS ( SELECT FROM presence WHERE (presence.account_id = accounts.id)))",
    ),
    "attachment_chunks": Opening(
        ("attachment_id", "position", "data"),
        "(EXISTS ( SELECT FROM attachments"
        " WHERE (attachments.id = attachment_chunks.attachment_id)))",
    ),
    "attachments": Opening(
        (
            "id", "incident_id", "name", "size", "at", "former_school_id", "comment_id",
            "taken_back_at",
        ),
        # What came with a work note is seen as little as the note (rule 27).
        f"((former_school_id IS NULL) AND (taken_back_at IS NULL) AND {_of_incident('attachments')}"
        " AND ((comment_id IS NULL)"
        " OR (EXISTS ( SELECT FROM comments WHERE (comments.id = attachments.comment_id)))))",
    ),
    "comment_pointers": Opening(
        ("comment_id", "incident_id"),
        "((EXISTS ( SELECT FROM comments WHERE (comments.id = comment_pointers.comment_id)))"
        f" AND {_of_incident('comment_pointers')})",
    ),
    "comments": Opening(
        (
            "id", "incident_id", "at", "author", "caller", "from_school", "internal", "body",
            "former_school_id",
        ),
        f"((NOT internal) AND (former_school_id IS NULL) AND {_of_incident('comments')})",
    ),
    "contacts": Opening(("school_id", "name", "job", "telephone", "email", "main"), _MINE),
    "feedback": Opening(("incident_id", "rating", "words", "at"), _of_incident("feedback")),
    "incident_search": Opening(
        ("incident_id", "school_id", "public", "public_words"),
        f"({_MINE} AND {_of_incident('incident_search')})",
    ),
    "incidents": Opening(
        (
            "id", "number", "school_id", "category", "impact", "confidential",
            "description", "contact_name", "contact_telephone", "contact_email", "channel",
            "logged_by", "state", "priority", "sla_due", "opened_at", "resolved_at",
            "closes_at", "version", "assigned_to_id", "assigned_to", "team", "paused_since",
            "deferred_until", "flag", "school_news", "school_seen", "school_said",
        ),
        f"({_MINE} AND (NOT confidential))",
    ),
    "presence": Opening(
        ("session", "account_id", "incident_id", "internal", "seen_at"),
        f"((NOT internal) AND {_of_incident('presence')})",
    ),
    "schools": Opening(
        (
            "id", "portal_number", "name", "town", "la_number", "dfe_number", "urn", "telephone",
            "email", "connection_type", "bandwidth", "closed",
        ),
        f"(id = {_SCHOOL})",
    ),
}  # fmt: skip
"""The tables that a school's reads need; of others, and of other columns, they reach nothing."""

POINTER_COLUMNS = ("incident_id", "parent_id", "duplicate_of_id")
pointers = table(POINTERS, *(column(name, Id) for name in POINTER_COLUMNS))
"""The view, for statements."""
POINTERS_DEFINITION = (
    """
SELECT pointing.id AS incident_id, parent.id AS parent_id, original.id AS duplicate_of_id
FROM ((incidents pointing
LEFT JOIN incidents parent ON (((parent.id = pointing.parent_id)
AND (parent.school_id = <school>) AND (NOT parent.confidential))))
LEFT JOIN incidents original ON (((original.id = pointing.duplicate_of_id)
AND (original.school_id = <school>) AND (NOT original.confidential))))
WHERE ((pointing.school_id = <school>) AND (NOT pointing.confidential));
""".strip()
    .replace("\n", " ")
    .replace("<school>", _SCHOOL)
)
"""The view as PostgreSQL spells it, in one line."""

_PARTIES = sql(
    "SELECT relowner AS owner, relnamespace AS schema, to_regrole(:role)::oid AS role"
    " FROM pg_class WHERE oid = to_regclass('incidents')"
)
_RELATIONS = sql(
    "SELECT relkind = 'S' AS is_sequence, relname FROM pg_class WHERE relowner = :owner"
    " AND relnamespace = :schema AND relkind IN ('r', 'p', 'v', 'm', 'S') ORDER BY relname"
)
POLICIES = sql(
    "SELECT c.relname, p.polname, p.polpermissive AND p.polcmd IN ('r', '*') AS opens,"
    " p.polroles = ARRAY[CAST(:role AS oid)] AS for_schools,"
    " pg_get_expr(p.polqual, p.polrelid) AS rows"
    " FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid"
    " WHERE c.relowner = :owner AND c.relnamespace = :schema"
    " AND (p.polroles && ARRAY[0::oid, CAST(:role AS oid)] OR p.polname = 'school')"
    " ORDER BY c.relname, p.polname"
)
"""The policies that count for a school's reads, everybody's included, or pretend to."""


def parties(connection: Connection) -> dict[str, int] | None:
    """Return the numbers of who owns the tables, of their schema and of the role of schools.

    Without the tables there is nothing to return.
    """
    row = connection.execute(_PARTIES, {"role": SCHOOL_ROLE}).one_or_none()
    return None if row is None else dict(row._mapping)


def build(connection: Connection) -> None:
    """Make the wall as it is declared, whatever there was of it; the schema must be the current."""
    take_down(connection)
    quoted = connection.dialect.identifier_preparer.quote
    for row in connection.execute(_RELATIONS, parties(connection)).all():
        kind = "SEQUENCE" if row.is_sequence else "TABLE"
        statement = f"REVOKE ALL ON {kind} {quoted(row.relname)} FROM PUBLIC, {SCHOOL_ROLE}"
        connection.exec_driver_sql(statement)
    for name, opening in OPENINGS.items():
        for statement in (
            f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY {POLICY} ON {name} FOR SELECT TO {SCHOOL_ROLE} USING {opening.rows}",
            _grant(name, opening.columns),
        ):
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql(
        f"CREATE VIEW {POINTERS} WITH (security_barrier = true) AS {POINTERS_DEFINITION}"
    )
    connection.exec_driver_sql(_grant(POINTERS, POINTER_COLUMNS))


def take_down(connection: Connection) -> None:
    """Drop the view and the policies, which hold on to the tables that they name."""
    connection.exec_driver_sql(f"DROP VIEW IF EXISTS {POINTERS}")
    ours = parties(connection)
    quoted = connection.dialect.identifier_preparer.quote
    for policy in connection.execute(POLICIES, ours).all() if ours else ():
        name, table_name = quoted(policy.polname), quoted(policy.relname)
        connection.exec_driver_sql(f"DROP POLICY {name} ON {table_name}")


def _grant(relation: str, columns: tuple[str, ...]) -> str:
    return f"GRANT SELECT ({', '.join(columns)}) ON {relation} TO {SCHOOL_ROLE}"
