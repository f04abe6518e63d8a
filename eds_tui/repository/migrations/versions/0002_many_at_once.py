"""What many at once need: who is where, and e-mails that are tried again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables and columns; what waits to be sent is tried from when it was queued."""
    _make_presence()
    _make_message_texts()
    _extend_notifications()
    if op.get_bind().dialect.name == "postgresql":
        _keep_schools_from_confidential_rows()


def _keep_schools_from_confidential_rows() -> None:
    """Give the role that reads for a school account what it may see, and no more."""
    mine = "school_id = current_setting('eds_tui.school_id')::bigint"
    seen = "EXISTS (SELECT FROM incidents WHERE incidents.id = incident_id)"
    columns = {"incident_search": "(incident_id, school_id, public, public_words)"}
    for table, condition in {
        "incidents": f"{mine} AND NOT confidential",
        "incident_search": f"{mine} AND {seen}",
        "comments": f"NOT internal AND {seen}",
        "attachments": seen,
        "attachment_chunks": (
            "EXISTS (SELECT FROM attachments WHERE attachments.id = attachment_id)"
        ),
        "feedback": seen,
        "events": seen,
        "presence": f"NOT internal AND {seen}",
    }.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY school ON {table} TO eds_tui_school USING ({condition})")
        op.execute(f"GRANT SELECT {columns.get(table, '')} ON {table} TO eds_tui_school")
    op.execute(
        "GRANT SELECT ON schools, contacts, telephones, drafts, saved_views, service_levels"
        " TO eds_tui_school"
    )
    names = "id, login, login_folded, name, role, school_id, generic, email, team, disabled"
    op.execute(f"GRANT SELECT ({names}) ON accounts TO eds_tui_school")


def _make_presence() -> None:
    op.create_table(
        "presence",
        sa.Column("session", sa.String(length=32), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("incident_id", ID, nullable=False),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_presence_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incidents.id"], name=op.f("fk_presence_incident_id_incidents")
        ),
        sa.PrimaryKeyConstraint("session", name=op.f("pk_presence")),
    )
    op.create_index(op.f("ix_presence_incident_id"), "presence", ["incident_id"], unique=False)


def _make_message_texts() -> None:
    op.create_table(
        "message_texts",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_message_texts")),
    )


def _extend_notifications() -> None:
    for column in (
        sa.Column("message_id", sa.String(length=64), server_default="", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("try_at", MOMENT, nullable=True),
        sa.Column("try_until", MOMENT, nullable=True),
        sa.Column("taken_until", MOMENT, nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("given_up_at", MOMENT, nullable=True),
    ):
        op.add_column("notifications", column)
    op.execute("UPDATE notifications SET try_at = queued_at")
    op.create_index(
        "ix_notifications_waiting",
        "notifications",
        ["try_at", "id"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
