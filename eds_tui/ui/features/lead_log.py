"""The log for leads: e-mails not sent, administration, sign-ins, confidential incidents read."""

from __future__ import annotations

from eds_tui.domain.account import Account
from eds_tui.domain.history import in_words
from eds_tui.domain.mail_state import in_words as mail_in_words
from eds_tui.services.history import History
from eds_tui.services.outbox import Outbox
from eds_tui.ui import dialogs
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import in_thread_with_timeout

_MOST_CHANGES = 50
"""Changes that are shown at most over the sign-ins; eds-tui audit changes has more."""


class LeadLog:
    """Shows what leads watch.

    Args:
        host: The screen.
        outbox: Knows how the e-mails stand.
        history: Knows who signed in, and who opened what.
        account: Who reads.
    """

    def __init__(self, *, host: Host, outbox: Outbox, history: History, account: Account) -> None:
        self.host = host
        self._outbox = outbox
        self._history = history
        self._account = account

    @task(blocks_input=True)
    async def show(self) -> None:
        """Show how the e-mails stand, who changed what, who signed in, and who opened what."""
        mail = await in_thread_with_timeout(self._outbox.state, self._account)
        events = await in_thread_with_timeout(self._history.watched, self._account)
        changes = await in_thread_with_timeout(
            self._history.administration, self._account, _MOST_CHANGES
        )
        lines = [
            *mail_in_words(mail),
            "",
            "Accounts, schools, calendar, replies and texts",
            *(map(in_words, changes) if changes else ("nothing was changed yet",)),
            "",
            "Sign-ins, and who opened confidential incidents",
            *map(in_words, events),
        ]
        self.host.app.push_screen(dialogs.ReadDialog("The log", lines))
