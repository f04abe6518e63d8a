"""Taking back a file that was attached by mistake, with a reason (rules 27 and 30)."""

from __future__ import annotations

from functools import partial

from eds_tui.domain.account import Account
from eds_tui.services.attachments import Attachments
from eds_tui.ui import dialogs
from eds_tui.ui.features.choosing_files import choose_file
from eds_tui.ui.features.decision_text import DecisionTexts
from eds_tui.ui.features.dialog_draft import DialogDraft
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.features.incident_detail import OpenedIncident
from eds_tui.ui.runtime.background import changing


class TakingFilesBack:
    """Asks which file of an incident, and why, and takes it back.

    Args:
        host: The screen.
        attachments: The service.
        account: One of the service centre.
        incident: What the files are attached to.
        texts: Ask for the reason.
    """

    def __init__(
        self,
        *,
        host: Host,
        attachments: Attachments,
        account: Account,
        incident: OpenedIncident,
        texts: DecisionTexts,
    ) -> None:
        self.host = host
        self._attachments = attachments
        self._account = account
        self._incident = incident
        self._texts = texts

    def ask(self) -> None:
        """Ask which file, where there are several, and then why."""
        choose_file(self.host, self._incident, "Take which file back?", self._ask_why)

    def _ask_why(self, file_id: int, name: str) -> None:
        title = f"Take {name} back from everybody, for good: why?"
        then = partial(self._take_back, file_id, name)
        self._texts.ask(dialogs.LineDialog(title), "file", self._incident.rows, then)

    @task(blocks_input=True)
    async def _take_back(self, file_id: int, name: str, reason: str, text: DialogDraft) -> None:
        async with self._texts.settling(text) as settled:
            await changing(
                self._attachments.take_back, self._account, self._incident.number, file_id, reason
            )
            settled.made = True
            self.host.say(f"{name} is taken back: nobody is offered it any more.")
            self._incident.read_again()
