"""The service for what a person prefers, which follows them from terminal to terminal."""

from __future__ import annotations

from eds_tui.domain.account import Account
from eds_tui.domain.appearance import ThemeName, theme_named
from eds_tui.domain.errors import NotFound
from eds_tui.domain.text import storable, visible
from eds_tui.repository.unit_of_work import Database


class Preferences:
    """Keeps the preferences of accounts.

    Args:
        database: Where the accounts are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def choose_theme(self, actor: Account, name: str) -> ThemeName:
        """Keep the theme that a person has chosen for themselves (rule 47).

        Raises:
            InvalidInput: There is no theme with that name.
        """
        theme = theme_named(name)
        with self._database.writing(actor) as work:
            work.accounts.set_theme(actor.id, theme.value)
            work.commit()
        return theme

    def set_theme(self, login: str, name: str) -> Account:
        """Give an account a theme, at the console; returns the account.

        Args:
            login: The account name.
            name: The theme's; an empty one is for what the terminal starts with.

        Raises:
            InvalidInput: There is no theme with that name.
            NotFound: There is no such account.
        """
        theme = theme_named(name).value if name else ""
        with self._database.writing() as work:
            account = work.accounts.by_login(storable(login))
            if account is None:
                raise NotFound(f"There is no account named {visible(login)}.")
            work.accounts.set_theme(account.id, theme)
            work.commit()
        return account
