"""Moves the tables of a PostgreSQL database from one of its schemas to another."""

from __future__ import annotations

STAGING = "eds_restoring"
"""Where a back-up stands until it takes the place of what is there."""
FORMER = "eds_before_"
"""How the name of a schema begins in which what was there before is kept."""

_MOVE = """
DO $move$
DECLARE each record;
BEGIN
  FOR each IN
    SELECT c.relname, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
      WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind
    FROM pg_catalog.pg_class c
    WHERE c.relnamespace = pg_catalog.to_regnamespace('{source}')
      AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
      AND c.relowner = coalesce(
        (SELECT i.relowner FROM pg_catalog.pg_class i
         WHERE i.relnamespace = c.relnamespace AND i.relname = 'incidents'),
        (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = current_user))
      -- A sequence goes with its column, and what is an extension's stays.
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid
        AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND d.deptype IN ('a', 'i', 'e'))
  LOOP
    EXECUTE pg_catalog.format(
      'ALTER %s {source}.%I SET SCHEMA {target}', each.kind, each.relname);
  END LOOP;
END
$move$;
"""


def moving(source: str, target: str) -> str:
    """Return the statement that moves all tables and views of this program.

    Args:
        source: The schema where they are, as SQL quotes it.
        target: The schema where they go, as SQL quotes it.
    """
    return _MOVE.format(source=source, target=target)
