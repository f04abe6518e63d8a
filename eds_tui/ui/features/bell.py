"""The bell for what is new: a setting that is kept with the account (rule 41)."""

from __future__ import annotations

from eds_tui.domain.account import Account
from eds_tui.services.accounts import Accounts


class Bell:
    """Whether the terminal rings when an incident becomes unread.

    Args:
        accounts: Keeps it.
        account: Whose terminal it is.
    """

    def __init__(self, *, accounts: Accounts, account: Account) -> None:
        self._accounts = accounts
        self._account = account
        self.is_on = account.bell
        """Whether it rings."""

    def turn(self, *, on: bool) -> None:
        """Keep whether it rings, from now on; runs in a thread."""
        self._accounts.keep_bell(self._account, on=on)
        self.is_on = on
