"""The theme that somebody has chosen, kept with the account."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the column; an account without a theme has that of the terminal."""
    op.add_column("accounts", sa.Column("theme", sa.String(32), nullable=False, server_default=""))
