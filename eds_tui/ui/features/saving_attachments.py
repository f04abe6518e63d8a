"""Saving an attached file to one's own folder, or taking it back."""

from __future__ import annotations

from eds_tui.domain.account import Account
from eds_tui.services.attachments import Attachments
from eds_tui.services.files import FileShelf
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.incidents import SaveAttachment, TakeFileBack
from eds_tui.ui.features.choosing_files import choose_file
from eds_tui.ui.features.decision_text import DecisionTexts
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.features.incident_detail import OpenedIncident
from eds_tui.ui.features.taking_files_back import TakingFilesBack
from eds_tui.ui.runtime.background import in_thread_with_timeout


class SavingAttachments:
    """Saves the one file that is attached to an incident, or asks which.

    Args:
        host: The screen.
        attachments: Has the files' bytes.
        shelf: Where they are saved.
        account: Who saves.
        incident: What they are attached to.
        texts: Ask why one is taken back.
    """

    def __init__(
        self,
        *,
        host: Host,
        attachments: Attachments,
        shelf: FileShelf,
        account: Account,
        incident: OpenedIncident,
        texts: DecisionTexts,
    ) -> None:
        self.host = host
        self._attachments = attachments
        self._shelf = shelf
        self._account = account
        self._incident = incident
        self._taking_back = TakingFilesBack(
            host=host, attachments=attachments, account=account, incident=incident, texts=texts
        )

    def handlers(self) -> Handlers:
        """Return what is done for the commands about attached files."""
        return {SaveAttachment: self.save, TakeFileBack: self._taking_back.ask}

    def save(self) -> None:
        """Save the one attached file, or ask which."""
        choose_file(self.host, self._incident, "Save which file?", self._save)

    @task()
    async def _save(self, file_id: int, name: str) -> None:
        path = await in_thread_with_timeout(
            self._attachments.fetch,
            self._account, self._incident.number, file_id,
            lambda pieces: self._shelf.save(name, pieces),
        )  # fmt: skip
        self.host.say(f"Saved as {path}")
