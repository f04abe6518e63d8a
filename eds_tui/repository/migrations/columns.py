"""Adds columns that what older revisions run needs already, before the one that is about them."""

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def ensure(table: str, column: str) -> None:
    """Add a column for a row id that may be empty, unless it is there."""
    there = sa.inspect(op.get_bind()).get_columns(table)
    if column not in {each["name"] for each in there}:
        op.add_column(table, sa.Column(column, ID, nullable=True))
