"""The wall before schools: a school's reads reach what they need, and no more."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Do nothing to the tables: PostgreSQL's wall is made anew with every upgrade."""
