"""Writing a work note on an incident."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from eds_tui.domain.account import Account
from eds_tui.domain.incident import LONGEST_COMMENT
from eds_tui.domain.lifecycle import State
from eds_tui.domain.views import IncidentRow
from eds_tui.services.conversation import Conversation
from eds_tui.ui.dialogs.write import TextDialog
from eds_tui.ui.features.decision_text import DecisionTexts
from eds_tui.ui.features.dialog_draft import DialogDraft
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import changing


class WorkNotes:
    """Asks for work notes and stores each once.

    Args:
        host: The screen.
        texts: Ask for them.
        conversation: The service.
        account: Who writes.
        noted: Shows the incident again once one is stored.
    """

    def __init__(
        self,
        *,
        host: Host,
        texts: DecisionTexts,
        conversation: Conversation,
        account: Account,
        noted: Callable[[], None],
    ) -> None:
        self.host = host
        self._texts = texts
        self._conversation = conversation
        self._account = account
        self._noted = noted

    def ask(self, rows: Sequence[IncidentRow]) -> None:
        """Ask for a work note on the first of some incidents."""
        row = next(iter(rows), None)
        if row is None:
            return
        title = f"Work note on {row.reference}: the school never sees it"
        self._texts.ask(
            TextDialog(title, longest=LONGEST_COMMENT), "note", rows, partial(self._store, row)
        )

    @task()
    async def _store(self, row: IncidentRow, note: str, text: DialogDraft) -> None:
        async with self._texts.settling(text) as settled:

            async def send(key: str) -> State:
                return await changing(
                    self._conversation.work_note, self._account, row.number, note, key
                )

            await text.submission.send(note, send)
            settled.made = True
            self.host.say(f"Work note kept on {row.reference}.")
            self._noted()
