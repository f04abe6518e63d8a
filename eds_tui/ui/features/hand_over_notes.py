"""Reading hand-over notes: the new ones before anything else, all of them later (rule 51)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from eds_tui.domain.account import Account
from eds_tui.domain.hand_over import HandOverNote
from eds_tui.services.hand_overs import HandOvers
from eds_tui.ui import dialogs
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.people import ReadNotes
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.presentation.hand_over_text import note_lines
from eds_tui.ui.runtime.background import changing, in_thread_with_timeout


class HandOverNotes:
    """Shows notes, and keeps who has read them.

    Args:
        host: The screen.
        hand_overs: Has the notes.
        account: Who reads.
    """

    def __init__(self, *, host: Host, hand_overs: HandOvers, account: Account) -> None:
        self.host = host
        self._hand_overs = hand_overs
        self._account = account

    def handlers(self) -> Handlers:
        """Return what is done for the command."""
        return {ReadNotes: self.show}

    @task(blocks_input=True)
    async def show_new(self) -> None:
        """Show what is to be read before anything else; keys that are typed ahead wait for it."""
        notes = await in_thread_with_timeout(self._hand_overs.unread, self._account)
        if notes:
            self._ask(notes)

    @task(blocks_input=True)
    async def show(self) -> None:
        """Show the latest notes again, and those that are new."""
        notes = await in_thread_with_timeout(self._hand_overs.notes, self._account)
        if any(note.is_new for note in notes):
            self._ask(notes)
        elif notes:
            self.host.app.push_screen(
                dialogs.ReadDialog("Hand-over notes", list(note_lines(notes)))
            )
        else:
            self.host.say("There is no hand-over note yet.")

    def _ask(self, notes: Sequence[HandOverNote]) -> None:
        new = [note for note in notes if note.is_new]
        title = f"Handed over to you: {len(new)} new note{'' if len(new) == 1 else 's'}"
        dialog = dialogs.NotesDialog(title, list(note_lines(notes)))
        self.host.app.push_screen(dialog, partial(self._answered, new))

    def _answered(self, notes: Sequence[HandOverNote], is_read: bool | None) -> None:
        if is_read:
            self._mark(notes)

    @task()
    async def _mark(self, notes: Sequence[HandOverNote]) -> None:
        await changing(self._hand_overs.mark_read, self._account, notes)
