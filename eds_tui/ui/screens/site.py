"""A school as a handler sees it: its card and its incidents (rule 32)."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import EdsError
from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.domain.school import School
from eds_tui.domain.school_card import SchoolCard
from eds_tui.domain.sorting import Sort
from eds_tui.domain.views import IncidentRow
from eds_tui.services.callers import Callers
from eds_tui.services.schools import Schools
from eds_tui.ui.commands.base import Command, Handlers, bindings
from eds_tui.ui.commands.everywhere import Back, Help, NextCall, Redraw, Refresh
from eds_tui.ui.commands.incidents import (
    ChangeSchool,
    ForgetCaller,
    NewCall,
    OtherList,
    SiteIncidents,
)
from eds_tui.ui.commands.lists import IN_EVERY_LIST, LIST_KEYS
from eds_tui.ui.features.caller_list import CallerList
from eds_tui.ui.features.host import task
from eds_tui.ui.features.school_changes import SchoolChanges
from eds_tui.ui.features.school_lists import SchoolLists
from eds_tui.ui.features.shared_incident import SharedIncident
from eds_tui.ui.features.working_list import ListServices, Shown, WorkingList
from eds_tui.ui.presentation.columns import Layout, site_columns
from eds_tui.ui.presentation.school_text import card_lines
from eds_tui.ui.runtime import intervals
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.styles import sheets
from eds_tui.ui.widgets.incident_list import IncidentList

_OF_LEADS = frozenset({ChangeSchool, ForgetCaller})
_IN_THE_LISTS = tuple(each for each in IN_EVERY_LIST if each is not SiteIncidents)
"""The school of a row is the one that is shown."""
IT_IS_CLOSED = "The school is closed: it takes no new incident. What it has can be read."


class SiteScreen(BaseScreen[None]):
    """The card of a school over what it has open, confidential ones too, and what was closed.

    Args:
        schools: Where the card is read.
        callers: Forgets who has rung from there.
        lists: Where the incidents are read, and decided about.
        account: Who reads.
        school_id: The school's.
        screens: Where one can go from here.
        clock: For the time of what is shown.
    """

    CSS_PATH = sheets("school_lists", "beside", "preview")
    NAME = "School"
    KEYS_OF_WIDGETS = LIST_KEYS
    COMMANDS_HERE = (
        NewCall, ChangeSchool, *_IN_THE_LISTS,
        OtherList, ForgetCaller, NextCall, Back, Redraw, Help,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(
        self,
        *,
        schools: Schools,
        callers: Callers,
        lists: ListServices,
        account: Account,
        school_id: int,
        screens: ScreenFactory,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._schools = schools
        self._account = account
        self._school_id = school_id
        self._screens = screens
        self._school: SchoolCard | None = None
        self._card = Static("", id="card", markup=False)
        self.lists = SchoolLists(
            host=self, queue=lists.queue, account=account, clock=clock, columns=_columns,
            title="Open here", school_id=school_id, memory=lists.memory,
            follow=self._follow, sorted_by=self._show_sorting,
        )  # fmt: skip
        self.list = WorkingList(
            host=self, services=lists, account=account, clock=clock, screens=screens,
            shown=Shown(
                rows=self.lists.focused, sorted_rows=lambda: self.lists.open_list,
                read_again=self.lists.read, offer_commands=self.offer_commands,
                columns=_columns, beside=_columns,
            ),
        )  # fmt: skip
        self.changes = SchoolChanges(
            host=self, schools=schools, account=account, texts=self.list.triage.texts,
            changed=self._show_changed,
        )  # fmt: skip
        self.callers = CallerList(
            host=self, callers=callers, account=account, school_id=school_id,
            changed=self._read_card,
        )  # fmt: skip

    def commands(self) -> tuple[type[Command], ...]:
        """Return what this person can do: leads change schools and forget callers."""
        allowed = self.changes.are_allowed
        return tuple(each for each in self.COMMANDS_HERE if allowed or each not in _OF_LEADS)

    def handlers(self) -> Handlers:
        """Return what each command does here."""
        return {
            **self.list.handlers(),
            **self.lists.handlers(),
            **self.lists.sorting.handlers(),
            **self.changes.handlers(),
            **self.callers.handlers(),
            NewCall: self._take_call,
            Refresh: self._read_again,
        }

    def body(self) -> ComposeResult:
        """Draw the card over the lists."""
        yield self._card
        yield from self.list.body(Vertical(*self.lists.widgets))

    def works_now(self, command: type[Command]) -> bool:
        """Return whether a command does something with the row under the cursor."""
        return self.list.works_now(command)

    def on_mount(self) -> None:
        """Read the card and both lists."""
        self.heading.right = self._account.name
        self._read_card()
        self.lists.begin()

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen was in front."""
        self.lists.resume()
        self.list.resume()

    def on_resize(self) -> None:
        """Fit the lists into the width."""
        self.list.fit()

    def on_descendant_focus(self) -> None:
        """Show what is under the cursor of the list that has the focus."""
        self.lists.follow_focus()

    @property
    def shared_incident(self) -> SharedIncident:
        """The incident that is decided about; others see a work note or decision being typed."""
        return self.list.shared_incident

    async def keep(self) -> bool:
        """Keep what was typed for a decision that is just being made."""
        return await self.list.triage.keep()

    def tick(self, second: int) -> None:
        """Show what has come true by the clock, and the card if it could not be read before."""
        if self.is_last:
            self.lists.tick(second)
            if self._school is None and intervals.is_time_to_retry(second):
                self._read_card()

    def refresh_after(self, changes: RemoteChanges) -> Worker[None]:
        """Show what others have changed."""
        self.list.refresh_after(changes)
        return self.lists.read()

    def refuse(self, error: EdsError) -> None:
        """Show what was not done, and that the lists may not be up to date."""
        super().refuse(error)
        self.lists.cannot_be_read()

    def on_key(self, event: events.Key) -> None:
        """A digit starts a jump to a number."""
        self.list.navigation.take_digit(event)

    @on(IncidentList.EdgeNear)
    def read_more(self, event: IncidentList.EdgeNear) -> None:
        """Read what is beyond what the list holds."""
        self.lists.paged.read_beyond(event)

    @on(IncidentList.Selected)
    def open_selected(self) -> None:
        """Open the incident under the cursor."""
        self.list.open_row()

    def _show_sorting(self, sort: Sort) -> None:
        self.list.sorted_by(sort)

    def _follow(self, row: IncidentRow | None) -> None:
        self.list.follow(row)

    @task(exclusive=True, group="card")
    async def _read_card(self) -> None:
        self._show(await in_thread_with_timeout(self._schools.card, self._account, self._school_id))

    def _read_again(self) -> None:
        self._read_card()
        self.lists.read()

    def _show_changed(self, school: School | None) -> None:
        """Show the school as it is; where that is not known the card is read again."""
        if school is None or self._school is None:
            self._read_card()
        else:
            self._show(replace(self._school, school=school))

    def _show(self, card: SchoolCard) -> None:
        self._school = card
        self.changes.school = card.school
        self.heading.title(card.school.title)
        self._card.update(Content("\n".join(card_lines(card))))

    def _take_call(self) -> None:
        if self.changes.school is not None and self.changes.school.closed:
            self.say(IT_IS_CLOSED, bad=True)
            return
        self.app.push_screen(self._screens.call(self._school_id))


def _columns(sorted_by: str) -> Layout:
    return site_columns(sorted_by=sorted_by)
