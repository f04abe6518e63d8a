"""The words of the full text are kept: what begins some is looked for word by word."""

from alembic import op
from sqlalchemy import text

from eds_tui.repository import search_vocabulary
from eds_tui.repository.sqlite_text import keep_words

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Add the words, and fill them from the full text."""
    connection = op.get_bind()
    search_vocabulary.ensure(connection)
    if connection.dialect.name == "postgresql":
        op.execute(
            text(
                "INSERT INTO search_words (word)"
                " SELECT word FROM ts_stat('SELECT all_words FROM incident_search')"
                " WHERE word !~ '^(inc)?[0-9]+$' ON CONFLICT (word) DO NOTHING"
            )
        )
    else:
        keep_words(connection)
