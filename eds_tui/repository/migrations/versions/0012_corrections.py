"""What was said and attached while an incident was of another school is kept back from its own."""

from eds_tui.repository.migrations.columns import ensure

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the columns; nothing has been put to another school yet."""
    ensure("comments", "former_school_id")
    ensure("attachments", "former_school_id")
