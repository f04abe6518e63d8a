"""What Alembic runs: migrate over the connection it was given, in that connection's transaction."""

from alembic import context

from eds_tui.repository.indexes import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
