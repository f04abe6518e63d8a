"""On PostgreSQL incident numbers are drawn from a sequence: no writer waits for another's."""

from alembic import op
from sqlalchemy import text

revision = "0028"
down_revision = "0027"

_GO_ON = """
SELECT setval('incident_numbers', greatest(last, 1), last > 0) FROM (
    SELECT greatest(
        (SELECT max(value) FROM sequences WHERE name = 'incident'),
        (SELECT max(number) FROM incidents), 0) AS last) AS given_out
"""


def upgrade() -> None:
    """Make the sequence, which goes on where the counter stands, and take that away."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE incident_numbers AS bigint OWNED BY incidents.number")
        op.execute(text(_GO_ON))
        # Whoever still counted on it would give a number out twice.
        op.execute("DELETE FROM sequences WHERE name = 'incident'")
