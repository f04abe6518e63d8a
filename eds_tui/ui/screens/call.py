"""Taking a call: find the school, see what it has open, log the fault (rules 29 to 34)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Label

from eds_tui.domain.incident import IncidentForm
from eds_tui.domain.text import one_line
from eds_tui.domain.views import Page
from eds_tui.services.schools import Schools
from eds_tui.services.search import Search
from eds_tui.ui.commands.base import bindings
from eds_tui.ui.commands.everywhere import Back, FormHelp, Redraw
from eds_tui.ui.commands.forms import (
    AttachFile,
    ChaseOpen,
    DropFile,
    EarlierDraft,
    LogCall,
    LookElsewhere,
    StartAfresh,
)
from eds_tui.ui.screens.finding import SchoolForm
from eds_tui.ui.styles import sheets
from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.incident_fields import FORM_KEYS, IncidentFields
from eds_tui.ui.widgets.incident_list import IncidentList
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.school_picker import CallerInput, SchoolInput, SchoolResults
from eds_tui.ui.wording import CONFIDENTIAL_CALL, site_columns


class CallScreen(SchoolForm):
    """The form of a call. The caller is offered from the people known at the school."""

    CSS_PATH: ClassVar[list[str | PurePath]] = sheets("form", "elsewhere")
    NAME = "New call"
    DRAFT = "call"
    KEYS_OF_WIDGETS = (
        ("↑ ↓", "Move in the schools that were found, or offer the people known there."),
        *FORM_KEYS,
    )
    COMMANDS_HERE = (
        LogCall, ChaseOpen, AttachFile, LookElsewhere, DropFile, EarlierDraft, StartAfresh, Back,
        Redraw, FormHelp,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(
        self, schools: Schools, search: Search, *args: Any, school_id: int | None = None
    ) -> None:
        super().__init__(schools, *args)
        self._search = search
        self._wanted_id = school_id
        self._caller_email = ""

    def body(self) -> ComposeResult:
        """Draw the form; the lists below it are there when they have something to show."""
        yield Field(
            "school", "School", SchoolInput(placeholder="name, town or number", id="school")
        )
        yield SchoolResults()
        yield Field(
            "caller",
            "Caller",
            CallerInput(id="caller"),
            Label("Telephone ", markup=False),
            LineInput(id="telephone"),
        )
        yield IncidentFields(CONFIDENTIAL_CALL)
        columns = site_columns(self._began_at, "Open here")
        yield IncidentList(columns, empty="Nothing open at this school.", id="open-here")
        yield from self.elsewhere()

    def on_mount(self) -> None:
        """Begin with the school; one that is known already is taken at once."""
        self.heading.right = self._account.name
        self.query_one("#open-here").display = False
        self.query_one("#school").focus()
        if self._wanted_id is not None:
            self._take_by_id(self._wanted_id, move_on=True)

    @on(CallerInput.Offered)
    def offer_next(self, event: CallerInput.Offered) -> None:
        """Offer the next or the last of the people known at the school."""
        self._offer(event.step)

    def school_taken(self) -> None:
        """Offer the first of the people known there."""
        self._offer(0)

    def _offer(self, step: int) -> None:
        people = self._school.contacts if self._school else ()
        if not people:
            return
        names = [person.name for person in people]
        caller = self._line("caller")
        if step == 0 and caller.value:
            return
        place = (names.index(caller.value) + step) % len(names) if caller.value in names else 0
        caller.value = people[place].name
        self._line("telephone").value = people[place].telephone or self._telephone_of_school()
        self._caller_email = people[place].email
        others = len(people) - 1
        if others:
            job = one_line(people[place].job)
            self.query_one("#field-caller", Field).hint(f"{job} · ↓ {others} more known here")

    def _telephone_of_school(self) -> str:
        return self._school.telephone if self._school else ""

    @on(Input.Submitted, "#caller")
    @on(Input.Submitted, "#telephone")
    def go_on(self) -> None:
        """Enter goes on to the next field; it never logs the call."""
        self.focus_next()

    @on(IncidentList.Selected)
    def chase(self, event: IncidentList.Selected) -> None:
        """Go to an open incident with what is typed; the form stays as it is (rule 32)."""
        text = self.fields.description.text
        caller = self._line("caller").value
        self.app.push_screen(self._screens.incident(event.row.number, text, caller), self._chased)

    def _chased(self, sent: bool | None) -> None:
        """Be done with the call when its words went to the incident it was about."""
        if sent:
            self._be_done()

    @work
    async def _be_done(self) -> None:
        async with self.showing_errors():
            await self._keeper.finish()
            self.dismiss(None)

    def action_chase_open(self) -> None:
        """Go to the one open incident, or to the list of them."""
        rows = self.query_one("#open-here", IncidentList)
        if not rows.display or not rows.rows:
            self.say(
                "This school has nothing open." if self._school else "Choose the school first."
            )
        elif len(rows.rows) == 1:
            rows.action_select()
        else:
            rows.focus()

    def action_log_call(self) -> None:
        """Log the call."""
        self.submit()

    def form(self) -> IncidentForm:
        """Return what was typed."""
        fields = self.fields
        return IncidentForm(
            submission=self._submission,
            category=fields.category.value,
            impact=fields.impact.value,
            description=fields.description.text,
            confidential=fields.confidential.value,
            telephone=self._line("telephone").value,
            school_id=self.school_id,
            caller=self._line("caller").value,
            caller_email=self._email_of_caller(),
            files=fields.files,
            began_at=self._began_at,
        )

    def _email_of_caller(self) -> str:
        people = self._school.contacts if self._school else ()
        name = self._line("caller").value
        return next((person.email for person in people if person.name == name), "")

    def snapshot(self) -> dict[str, Any]:
        """Return what is typed."""
        values = super().snapshot()
        lines = {name: self._line(name).value for name in ("school", "caller", "telephone")}
        lines = {name: value for name, value in lines.items() if value}
        if self.school_id is not None:
            values["school_id"] = self.school_id
        return values | lines

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put a draft back."""
        super().restore(draft)
        self._school = None
        school_id = draft.get("school_id")
        self._of_draft = (school_id, str(draft.get("school", ""))) if school_id else None
        self.query_one(SchoolResults).hide()
        self.query_one("#open-here", IncidentList).show(Page(()), fresh=True)
        for name in ("school", "caller", "telephone"):
            self._line(name).value = str(draft.get(name, ""))
        if self._of_draft is not None:
            self._take_by_id(self._of_draft[0])

    def outer_problems(self, problems: Mapping[str, str]) -> Widget | None:
        """Name what is wrong with the school, the caller or the telephone."""
        school = self.query_one("#field-school", Field)
        caller = self.query_one("#field-caller", Field)
        school.problem(problems.get("school", ""))
        caller.problem(problems.get("caller", "") or problems.get("telephone", ""))
        if "school" in problems:
            return school.control
        if "caller" in problems:
            return caller.control
        return self._line("telephone") if "telephone" in problems else None

    def another(self) -> Screen[None]:
        """Return the form of the next call."""
        return self._screens.call()
