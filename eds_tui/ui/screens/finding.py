"""Finding the school of whoever calls, and what it has open (rules 29, 31 and 32)."""

from __future__ import annotations

from typing import Any

from textual import on, work
from textual.widgets import Input
from textual.worker import Worker

from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.domain.school import School
from eds_tui.services.schools import Schools
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.screens.elsewhere import ElsewhereForm
from eds_tui.ui.textual_ext.typeahead import BLOCKS_INPUT
from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.incident_list import IncidentList
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.school_picker import SchoolInput, SchoolResults

_NOTHING_FOUND = "No school is found by that; type another part of its name, or a number."


class SchoolForm(ElsewhereForm):
    """A form that begins with the school: it is found while one types, and taken.

    Args:
        schools: Where it is found.
        args: What every form wants.
    """

    def __init__(self, schools: Schools, *args: Any) -> None:
        super().__init__(*args)
        self._schools = schools
        self._school: School | None = None
        self._of_draft: tuple[int, str] | None = None
        self._found_for = ""

    def school_taken(self) -> None:
        """Go on from a school that has just been taken."""
        raise NotImplementedError

    @property
    def school_id(self) -> int | None:
        """The school that was taken, or that of a draft which is still to be looked up."""
        if self._school is not None:
            return self._school.id
        return self._of_draft[0] if self._of_draft else None

    def _line(self, name: str) -> LineInput:
        return self.query_one(f"#{name}", LineInput)

    @on(Input.Changed, "#school")
    def look_up(self, event: Input.Changed) -> None:
        """Find schools as one types; typing again lets go of the school that was taken."""
        if self._of_draft and event.value not in {"", self._of_draft[1]}:
            self._of_draft = None
        if self._school is None or event.value != self._school.title:
            self._school = None
            self.query_one("#field-school", Field).problem("")
            self.query_one("#open-here").display = False
            self.look_soon()
            self._find(event.value)

    @work(exclusive=True, group="find")
    async def _find(self, text: str) -> None:
        results = self.query_one(SchoolResults)
        async with self.showing_errors():
            found, total = await in_thread_with_timeout(self._schools.find, self._account, text)
            if self._school is not None:
                return
            self._found_for = text
            if text.strip():
                results.show(found, total)
            else:
                results.hide()

    @on(SchoolInput.Picked)
    def pick(self, event: SchoolInput.Picked) -> None:
        """Move the cursor in what was found."""
        self.query_one(SchoolResults).move(event.step)

    @on(Input.Submitted, "#school")
    def take_school(self) -> None:
        """Take the school under the cursor and go on to the category.

        The caller types ahead: the focus goes on at once, and what is still being looked up is
        taken when it is found.
        """
        if not self._line("school").value.strip():
            self.query_one("#field-school", Field).problem("Type part of the school's name.")
            return
        self.fields.category.focus()
        if self._school is None:
            if self._found_for == self._line("school").value:
                self._take()
            else:
                self._look_up_and_take(self._line("school").value)

    @work(group=BLOCKS_INPUT)
    async def _look_up_and_take(self, text: str) -> None:
        async with self.showing_errors():
            found, total = await in_thread_with_timeout(self._schools.find, self._account, text)
            self._found_for = text
            self.query_one(SchoolResults).show(found, total)
            self._take()

    def _take(self) -> None:
        school = self.query_one(SchoolResults).school
        if school is None:
            self.query_one("#field-school", Field).problem(_NOTHING_FOUND)
            self._line("school").focus()
        else:
            self._set_school(school)
            self.school_taken()

    def _set_school(self, school: School) -> None:
        self._school, self._of_draft = school, None
        self._found_for = school.title
        field = self._line("school")
        field.value = school.title
        field.cursor_position = 0
        self.query_one(SchoolResults).hide()
        numbers = (school.portal_number, school.dfe_number, school.telephone)
        self.query_one("#field-school", Field).hint(" · ".join(part for part in numbers if part))
        self._show_open(school.id)
        self.look_soon()

    @work(group=BLOCKS_INPUT)
    async def _show_open(self, school_id: int) -> None:
        async with self.showing_errors():
            card = await in_thread_with_timeout(self._schools.card, self._account, school_id)
            rows = self.query_one("#open-here", IncidentList)
            rows.display = True
            rows.show(card.open, fresh=True)

    def refresh_after(self, changes: RemoteChanges) -> Worker[None] | None:
        """Show what others have changed in what the school has open."""
        return self._show_open_again(self._school.id) if self._school is not None else None

    @work(exclusive=True, group="open")
    async def _show_open_again(self, school_id: int) -> None:
        async with self.showing_errors():
            card = await in_thread_with_timeout(self._schools.card, self._account, school_id)
            if self._school is not None and self._school.id == school_id:
                self.query_one("#open-here", IncidentList).show(card.open)

    @work
    async def _take_by_id(self, school_id: int, *, move_on: bool = False) -> None:
        async with self.showing_errors():
            card = await in_thread_with_timeout(self._schools.card, self._account, school_id)
            self._set_school(card.school)
            self.school_taken()
            if move_on:
                self.fields.category.focus()
