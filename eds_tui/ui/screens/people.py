"""Who has what: every person and team with what they have to do (rule 51)."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option
from textual.worker import Worker

from eds_tui.domain.account import Account
from eds_tui.domain.hand_over import Pile
from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.services.hand_overs import HandOvers
from eds_tui.ui.commands.base import Handlers, bindings
from eds_tui.ui.commands.everywhere import Back, Help, Redraw, Refresh
from eds_tui.ui.commands.people import OpenPile, ReadNotes
from eds_tui.ui.features.hand_over_notes import HandOverNotes
from eds_tui.ui.features.host import task
from eds_tui.ui.presentation.hand_over_text import pile_heading, pile_line
from eds_tui.ui.runtime import intervals
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.styles import sheet
from eds_tui.ui.widgets.name_list import NameList


class PeopleScreen(BaseScreen[None]):
    """A line for nobody, each team and each person; Enter opens what they have.

    Args:
        hand_overs: Counts it.
        account: Who reads.
        screens: Makes the screen of a pile.
    """

    CSS_PATH = sheet("people")
    NAME = "Who has what"
    KEYS_OF_WIDGETS = (("↑ ↓ PgUp PgDn", "Move in the list; Home and End go to its ends."),)
    COMMANDS_HERE = (OpenPile, ReadNotes, Back, Refresh, Redraw, Help)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(self, *, hand_overs: HandOvers, account: Account, screens: ScreenFactory) -> None:
        super().__init__()
        self._hand_overs = hand_overs
        self._account = account
        self._screens = screens
        self._piles: tuple[Pile, ...] = ()
        self._lines: list[str] = []
        """What is drawn of them."""
        self._titles = Static("", id="titles", markup=False)
        self._names = NameList(compact=True)
        self.notes = HandOverNotes(host=self, hand_overs=hand_overs, account=account)

    def body(self) -> ComposeResult:
        """Draw the titles over the list."""
        yield self._titles
        yield self._names

    def handlers(self) -> Handlers:
        """Return what each command does here."""
        return {**self.notes.handlers(), OpenPile: self._open, Refresh: self.read}

    def on_mount(self) -> None:
        """Read who has what."""
        self.heading.title(self.NAME)
        self.heading.right = self._account.name
        self._read_first()

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen was in front."""
        if self._piles:
            self.read()

    def on_resize(self) -> None:
        """Fit the columns into another width."""
        self.call_after_refresh(self._fit)

    def tick(self, second: int) -> None:
        """Show what has come true by the clock."""
        if self.is_current and intervals.is_time_to_read(second):
            self.read()

    def refresh_after(self, changes: RemoteChanges) -> Worker[None]:
        """Show what others have changed."""
        return self.read()

    @task(blocks_input=True)
    async def _read_first(self) -> None:
        await self._read()

    @task(exclusive=True, group="list")
    async def read(self) -> None:
        """Read who has what again; the cursor stays on its person."""
        await self._read()

    async def _read(self) -> None:
        piles = await in_thread_with_timeout(self._hand_overs.piles, self._account)
        marked = self._marked
        self._piles = piles
        self._show(_key(marked) if marked else None)

    @property
    def _marked(self) -> Pile | None:
        """The pile under the cursor."""
        place = self._names.highlighted
        return None if place is None or not self._piles else self._piles[place]

    def _fit(self) -> None:
        self._lines = []
        self._show(_key(self._marked) if self._marked else None)

    def _show(self, at: object) -> None:
        """Draw the lines where they differ, with the cursor on the same person as before."""
        width = max(20, self.size.width - 2)
        lines = [pile_line(each, width) for each in self._piles]
        if lines == self._lines:
            return
        place = self._names.highlighted or 0
        self._lines = lines
        self._titles.update(Content(pile_heading(width)))
        self._names.clear_options()
        self._names.add_options([Option(Content(line)) for line in lines])
        keys = [_key(each) for each in self._piles]
        self._names.highlighted = keys.index(at) if at in keys else min(place, len(keys) - 1)

    @on(NameList.OptionSelected)
    def opened(self) -> None:
        """Open the pile on which Enter was pressed."""
        self._open()

    def _open(self) -> None:
        pile = self._marked
        if pile is not None:
            self.app.push_screen(self._screens.pile(pile.holder))


def _key(pile: Pile) -> tuple[int | None, str]:
    """Return what tells a pile from others, however its person is called by now."""
    holder = pile.holder
    return holder.account_id, "" if holder.account_id is not None else holder.team
