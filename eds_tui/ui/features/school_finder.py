"""Finding the school of whoever calls, by letters, a telephone or another number (rule 31)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from eds_tui.domain.account import Account
from eds_tui.domain.school import School
from eds_tui.services.schools import Schools
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.widgets.caller_fields import SchoolWidgets

_NOTHING_FOUND = "No school is found by that; type another part of its name, or a number."


@dataclass
class _TypedAhead:
    """What was typed for the result of a look-up that has not come yet."""

    steps: list[int] = field(default_factory=list)
    takes: bool = False


class SchoolFinder:
    """Finds schools while one types, and takes one of them.

    Args:
        host: The screen.
        schools: Where they are found.
        account: Who looks.
        widgets: Where one types, and sees what is found.
        go_on: Puts the focus on the next field.
    """

    def __init__(
        self,
        *,
        host: Host,
        schools: Schools,
        account: Account,
        widgets: SchoolWidgets,
        go_on: Callable[[], object],
    ) -> None:
        self.host = host
        self.school: School | None = None
        """The school that was taken."""
        self._schools = schools
        self._account = account
        self._line = widgets.line
        self._field = widgets.field
        self._results = widgets.results
        self._go_on = go_on
        self._of_draft: tuple[int, str] | None = None
        self._found_for = ""
        self._ahead = _TypedAhead()
        self._listeners: tuple[Callable[[], object], ...] = ()

    def notify(self, *listeners: Callable[[], object]) -> None:
        """Call these, one after the other, whenever a school is taken or let go of."""
        self._listeners = listeners

    def _changed(self) -> None:
        for listener in self._listeners:
            listener()

    @property
    def school_id(self) -> int | None:
        """The school that was taken, or that of a draft which is still to be looked up."""
        if self.school is not None:
            return self.school.id
        return self._of_draft[0] if self._of_draft else None

    @property
    def text(self) -> str:
        """What is typed, or the title of the school that was taken."""
        return self._line.value

    def look_up(self, text: str) -> None:
        """Find schools as one types; typing again lets go of the school that was taken."""
        if self._of_draft and text == self._of_draft[1]:
            return  # the school of the draft, which is looked up by its number
        if self._of_draft and text:
            self._of_draft = None
        if self.school is None or text != self.school.title:
            self.school = None
            self._ahead = _TypedAhead()
            self._field.problem("")
            self._field.hint("")
            self._changed()
            self._find(text)

    @task(exclusive=True, group="find")
    async def _find(self, text: str) -> None:
        found, total = await in_thread_with_timeout(self._schools.find, self._account, text)
        self._show(text, found, total)

    def _show(self, text: str, found: tuple[School, ...], total: int) -> None:
        """Show what was found, once, and do in it what was typed ahead of it."""
        if self.school is not None or text != self.text:
            return
        if self._found_for != text:
            self._found_for = text
            if text.strip():
                self._results.show(text, found, total)
            else:
                self._results.hide()
        ahead, self._ahead = self._ahead, _TypedAhead()
        for step in ahead.steps:
            self._results.move(step)
        if ahead.takes:
            self._take_found()

    @property
    def _is_shown(self) -> bool:
        """Whether what is shown was found by what is typed."""
        return self._found_for == self.text

    def move(self, step: int) -> None:
        """Move the cursor in what is found by what is typed, as soon as that is there (rule 53)."""
        if self._is_shown:
            self._results.move(step)
        elif self.school is None:
            self._ahead.steps.append(step)
            self._catch_up(self.text)

    def take(self) -> None:
        """Take the school under the cursor and go on to the next field.

        The caller types ahead: the focus goes on at once, and what is still being looked up is
        taken when it is found.
        """
        if not self.text.strip():
            self._field.problem("Type part of the school's name.")
            return
        self._go_on()
        self._take()

    def take_on_the_way(self) -> None:
        """Take the school under the cursor, where there is any, and leave the focus alone."""
        if self.text.strip() and (self._results.school or not self._is_shown):
            self._take()

    def _take(self) -> None:
        if self.school is not None:
            return
        if self._is_shown:
            self._take_found()
        else:
            self._ahead.takes = True
            self._catch_up(self.text)

    @task(blocks_input=True)
    async def _catch_up(self, text: str) -> None:
        """Let keys wait for what is looked for, which may be asked for twice, and is shown once."""
        found, total = await in_thread_with_timeout(self._schools.find, self._account, text)
        self._show(text, found, total)

    def _take_found(self) -> None:
        school = self._results.school
        if school is None:
            self._field.problem(_NOTHING_FOUND)
            self._line.focus()
        else:
            self._set(school)

    def _set(self, school: School) -> None:
        self.school, self._of_draft = school, None
        self._found_for = school.title
        self._line.offer(school.title)
        self._line.cursor_position = 0
        self._results.hide()
        numbers = (school.portal_number, school.dfe_number, school.telephone)
        self._field.hint(" · ".join(part for part in numbers if part))
        self._changed()

    @task()
    async def take_by_id(self, school_id: int) -> None:
        """Take a school that is known already, and go on to the next field.

        Args:
            school_id: Its number in the database.
        """
        card = await in_thread_with_timeout(self._schools.card, self._account, school_id)
        self._set(card.school)
        self._go_on()

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put the school of a draft back; it is looked up by its number."""
        self.school = None
        school_id = draft.get("school_id")
        self._of_draft = (school_id, str(draft.get("school", ""))) if school_id else None
        self._results.hide()
        self._line.value = str(draft.get("school", ""))
        if self._of_draft is not None:
            self._take_of_draft(self._of_draft[0])

    @task()
    async def _take_of_draft(self, school_id: int) -> None:
        """Take the school of a draft, unless that has been thrown away before it was found."""
        card = await in_thread_with_timeout(self._schools.card, self._account, school_id)
        if self._of_draft is not None and self._of_draft[0] == school_id:
            self._set(card.school)
