"""Checks whether a database holds the demonstration, without loading what makes it."""

from __future__ import annotations

from eds_tui.demo.accounts import ACCOUNTS
from eds_tui.repository.unit_of_work import Database, UnitOfWork


def is_built(database: Database) -> bool:
    """Return whether a database holds the demonstration.

    Raises:
        Unavailable: It can't be read.
    """
    with database.reading() as work:
        return holds_demonstration(work)


def holds_demonstration(work: UnitOfWork) -> bool:
    """Return whether the demonstration is there for a transaction."""
    return all(work.accounts.by_login(account.login) for account in ACCOUNTS)
