"""Checks that what schools may reach in PostgreSQL is what is declared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row
from sqlalchemy import text as sql

from eds_tui.repository.postgres import SCHOOL_ROLE, may_take_school_role
from eds_tui.repository.wall import (
    OPENINGS,
    POINTER_COLUMNS,
    POINTERS,
    POINTERS_DEFINITION,
    POLICIES,
    POLICY,
    Opening,
    parties,
)

_ROLE = sql(
    "SELECT rolsuper, rolbypassrls, rolcanlogin,"
    " has_schema_privilege(oid, :schema, 'USAGE') AS comes_in FROM pg_roles WHERE oid = :role"
)
_MEMBER_OF = sql(
    "SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid"
    " WHERE m.member = :role ORDER BY r.rolname"
)
_OWNED = sql("SELECT relname FROM pg_class WHERE relowner = :role ORDER BY relname")
_TABLES = sql(
    "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
    " WHERE relowner = :owner AND relnamespace = :schema AND relkind IN ('r', 'p')"
)
_VIEW = sql(
    "SELECT pg_get_viewdef(oid) AS definition,"
    " coalesce('security_barrier=true' = ANY(reloptions), false) AS is_barrier FROM pg_class"
    " WHERE relowner = :owner AND relnamespace = :schema AND relkind = 'v' AND relname = :view"
)
_GRANTS = sql(
    "WITH held AS ("
    " SELECT c.oid, '' AS attname, x.grantee, x.privilege_type"
    " FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) x"
    " UNION ALL SELECT a.attrelid, a.attname, x.grantee, x.privilege_type"
    " FROM pg_attribute a CROSS JOIN LATERAL aclexplode(a.attacl) x)"
    " SELECT c.relname, h.attname, h.privilege_type, h.grantee = 0 AS to_all,"
    " c.relowner = :owner AND c.relnamespace = :schema AS is_ours"
    " FROM held h JOIN pg_class c ON c.oid = h.oid WHERE h.grantee = :role"
    " OR (h.grantee = 0 AND c.relowner = :owner AND c.relnamespace = :schema)"
    " ORDER BY c.relname, h.attname, h.privilege_type"
)
"""What has been granted to the role, and to everybody of what is this program's."""


def problems(connection: Connection) -> list[str]:
    """Return what is not as it is declared, a sentence each; nothing is changed."""
    ours = parties(connection)
    role = connection.execute(_ROLE, ours).one_or_none() if ours else None
    if ours is None or role is None:
        return [f"The role {SCHOOL_ROLE}, which reads for schools, is not there."]
    found = list(_of_role(connection, role, ours))
    tables = {row.relname: row for row in connection.execute(_TABLES, ours)}
    policies = connection.execute(POLICIES, ours).all()
    for name, opening in OPENINGS.items():
        own = [each for each in policies if each.relname == name and each.polname == POLICY]
        found += _of_table(name, opening, tables.get(name), own)
    found += _of_other_policies(policies)
    found += _of_view(connection, ours)
    found += _of_grants(connection, ours)
    return found


def _of_role(connection: Connection, role: Row[Any], ours: dict[str, int]) -> Iterator[str]:
    if role.rolsuper:
        yield f"The role {SCHOOL_ROLE} is a superuser, whom no policy holds."
    if role.rolbypassrls:
        yield f"The role {SCHOOL_ROLE} has BYPASSRLS: no policy holds it."
    if role.rolcanlogin:
        yield f"The role {SCHOOL_ROLE} may log in by itself; it is to be NOLOGIN."
    if not role.comes_in:
        yield f"The role {SCHOOL_ROLE} may not use the schema, so that no school can read."
    if not may_take_school_role(connection):
        user = connection.exec_driver_sql("SELECT current_user").scalar_one()
        yield f"{user} may not read as {SCHOOL_ROLE}: GRANT {SCHOOL_ROLE} TO {user};"
    for other in connection.execute(_MEMBER_OF, ours).scalars():
        yield f"The role {SCHOOL_ROLE} is a member of {other}, and may do all that it may."
    for name in connection.execute(_OWNED, ours).scalars():
        yield f"{name} belongs to {SCHOOL_ROLE}, whom no policy holds there."


def _of_table(
    name: str, opening: Opening, table: Row[Any] | None, policies: Sequence[Row[Any]]
) -> Iterator[str]:
    if table is None:
        yield f"The table {name} is not there, or belongs to another user than incidents."
        return
    if not table.relrowsecurity:
        yield f"Row-level security is off for {name}."
    if table.relforcerowsecurity:
        yield f"Row-level security of {name} is forced on its owner, which is this program."
    if not policies:
        yield f"The policy of {name} is missing."
    elif not _is_as_declared(policies[0], opening.rows):
        yield f"The policy of {name} has been altered."


def _of_other_policies(policies: Sequence[Row[Any]]) -> Iterator[str]:
    for each in policies:
        if each.relname not in OPENINGS or each.polname != POLICY:
            yield f"{each.relname} has a policy {each.polname} that is none of this program's."


def _is_as_declared(policy: Row[Any], rows: str) -> bool:
    return bool(policy.opens and policy.for_schools) and _in_one_line(policy.rows) == rows


def _in_one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _of_view(connection: Connection, ours: dict[str, int]) -> Iterator[str]:
    view = connection.execute(_VIEW, ours | {"view": POINTERS}).one_or_none()
    if view is None:
        yield f"The view {POINTERS} is missing."
    elif not view.is_barrier or _in_one_line(view.definition) != POINTERS_DEFINITION:
        yield f"The view {POINTERS} has been altered."


def _of_grants(connection: Connection, ours: dict[str, int]) -> Iterator[str]:
    wanted = {(table, name) for table, opening in OPENINGS.items() for name in opening.columns}
    wanted |= {(POINTERS, name) for name in POINTER_COLUMNS}
    missing = set(wanted)
    for row in connection.execute(_GRANTS, ours):
        cell = (row.relname, row.attname)
        as_declared = row.is_ours and not row.to_all and row.privilege_type == "SELECT"
        if as_declared and cell in wanted:
            missing.discard(cell)
            continue
        what = f"{row.attname} of {row.relname}" if row.attname else row.relname
        to = "everybody" if row.to_all else SCHOOL_ROLE
        yield f"{row.privilege_type} of {what} is granted to {to}, which no school's reads need."
    for table, name in sorted(missing):
        yield f"{name} of {table} is not granted to {SCHOOL_ROLE}, which a school's reads need."
