"""Writing a work note on an incident, with files (rule 27)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from eds_tui.domain.account import Account
from eds_tui.domain.file_names import said_with
from eds_tui.domain.lifecycle import State
from eds_tui.domain.views import IncidentRow
from eds_tui.services.conversation import Conversation
from eds_tui.services.files import FileShelf
from eds_tui.ui import dialogs
from eds_tui.ui.features.decision_text import DecisionTexts
from eds_tui.ui.features.dialog_draft import DialogDraft
from eds_tui.ui.features.dialog_host import DialogHost
from eds_tui.ui.features.file_attachments import FileAttachments
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import changing, in_thread


class WorkNotes:
    """Asks for work notes and stores each once.

    Args:
        host: The screen.
        texts: Ask for them.
        conversation: The service.
        account: Who writes.
        shelf: Where files are chosen from.
        noted: Shows the incident again once one is stored.
    """

    def __init__(
        self,
        *,
        host: Host,
        texts: DecisionTexts,
        conversation: Conversation,
        account: Account,
        shelf: FileShelf,
        noted: Callable[[], None],
    ) -> None:
        self.host = host
        self._texts = texts
        self._conversation = conversation
        self._account = account
        self._shelf = shelf
        self._noted = noted

    def ask(self, rows: Sequence[IncidentRow]) -> None:
        """Ask for a work note on the first of some incidents."""
        row = next(iter(rows), None)
        if row is None:
            return
        title = f"Work note on {row.reference}: the school never sees it"
        self._texts.ask(
            dialogs.WorkNoteDialog(title, attaching=self._attaching), "note", rows,
            partial(self._store, row),
        )  # fmt: skip

    def _attaching(self, dialog: dialogs.WorkNoteDialog) -> FileAttachments:
        """Return what chooses the files of a dialog."""
        host = DialogHost(self.host, dialog)
        return FileAttachments(host=host, shelf=self._shelf, chosen=dialog.chosen)

    @task()
    async def _store(self, row: IncidentRow, note: dialogs.Note, text: DialogDraft) -> None:
        # Files may take their time; without any an answer comes at once or not at all.
        run = in_thread if note.files else changing
        async with self._texts.settling(text) as settled:

            async def send(key: str) -> State:
                return await run(
                    self._conversation.work_note,
                    self._account, row.number, note.text, key, note.files,
                )  # fmt: skip

            names = [file.name for file in note.files]
            await text.submission.send(said_with(note.text, names), send)
            settled.made = True
            count = f", with {len(names)} file{'' if len(names) == 1 else 's'}" if names else ""
            self.host.say(f"Work note kept on {row.reference}{count}.")
            self._noted()
