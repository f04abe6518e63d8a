"""Putting right what an incident was logged with, in the form that it was (rule 40)."""

from __future__ import annotations

from pathlib import PurePath
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static

from eds_tui.domain.correction import who_is_told
from eds_tui.domain.errors import EdsError, InvalidInput
from eds_tui.domain.presence import Writing
from eds_tui.domain.text import one_line
from eds_tui.domain.views import Draft, IncidentRow
from eds_tui.services.schools import Schools
from eds_tui.ui.commands.base import Handlers, bindings
from eds_tui.ui.commands.everywhere import Back, FormHelp, Redraw
from eds_tui.ui.commands.forms import AsItWas, SaveCorrection
from eds_tui.ui.features.correction_contents import CorrectionContents, CorrectionWidgets
from eds_tui.ui.features.correction_saving import CorrectionSaving, CorrectionServices
from eds_tui.ui.features.known_callers import KnownCallers
from eds_tui.ui.features.school_finder import SchoolFinder
from eds_tui.ui.features.shared_incident import SharedIncident
from eds_tui.ui.screen_factory import ScreenFactory
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.styles import sheets
from eds_tui.ui.widgets.bars import BUTTON_KEYS
from eds_tui.ui.widgets.caller_fields import CallerFields
from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.incident_fields import IncidentFields
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.school_picker import CallerInput, SchoolInput


class CorrectionScreen(BaseScreen[IncidentRow | None]):
    """The form of an incident as it was logged. Returns the incident once it is put right.

    Args:
        services: What the form is given.
        schools: Where another school is found.
        screens: Where else one can go.
        number: The incident's.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = sheets("correction")
    NAME = "Put right"
    IS_TYPED_IN = True
    KEYS_OF_WIDGETS = (
        ("Tab  Shift+Tab", "Go to the next field, or to the one before."),
        ("D H N P S", "Choose the category, on its line, and go on."),
        ("1 2 3 4", "Choose the impact, on its line, and go on."),
        ("↑ ↓", "Move in the schools that were found, or offer the people known there."),
        ("Enter", "Take the school; go to the next field; in the description, a new line."),
        BUTTON_KEYS,
        ("Ctrl+Z", "Bring back what was deleted."),
    )
    COMMANDS_HERE = (SaveCorrection, Back, AsItWas, Redraw, FormHelp)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*COMMANDS_HERE)]

    def __init__(
        self,
        *,
        services: CorrectionServices,
        schools: Schools,
        screens: ScreenFactory,
        number: int,
    ) -> None:
        super().__init__()
        self._account = services.account
        self._screens = screens
        self._number = number
        self._told = Static("", id="told", markup=False)
        self._widgets = widgets = self._make_widgets()
        self.finder = SchoolFinder(
            host=self, schools=schools, account=services.account, widgets=widgets.who.school,
            go_on=widgets.who.caller.focus,
        )  # fmt: skip
        self.callers = KnownCallers(
            school=lambda: self.finder.school, fields=widgets.who, address=widgets.email
        )
        self.contents = CorrectionContents(
            widgets=widgets, finder=self.finder, callers=self.callers
        )
        self.finder.notify(self.contents.school_changed, self._show_told)
        self.form = CorrectionSaving(
            host=self, services=services, number=number, contents=self.contents
        )

    @staticmethod
    def _make_widgets() -> CorrectionWidgets:
        """Return what the form is made of, from its top down."""
        email = LineInput(id="email")
        return CorrectionWidgets(
            who=CallerFields.new(),
            email=email,
            email_field=Field("email", "E-mail", email),
            fields=IncidentFields(""),
        )

    def handlers(self) -> Handlers:
        """Return what the commands do here that only this screen has."""
        return {
            SaveCorrection: self.form.save,
            AsItWas: self.form.as_it_was,
            Back: self.form.leave,
        }

    def body(self) -> ComposeResult:
        """Draw the form, and who is told below it."""
        widgets = self._widgets
        yield from widgets.who.rows
        yield widgets.email_field
        yield widgets.fields
        yield self._told

    def begin_with(self, draft: Draft) -> None:
        """Go on with what was left unfinished, as soon as the form is there."""
        self.form.begin_with(draft)

    def on_mount(self) -> None:
        """Read the incident, and begin with what is put right most: its category."""
        self.heading.right = self._account.name
        self._widgets.fields.category.focus()
        self.form.begin()

    def on_unmount(self) -> None:
        """Leave what is typed for the next visit."""
        self.form.close()

    def tick(self, second: int) -> None:
        """Keep what has been typed."""
        self.form.tick()

    async def keep(self) -> bool:
        """Save what is typed; returns whether nothing of it is lost."""
        return await self.form.keep()

    def shown(self, row: IncidentRow) -> None:
        """Show which incident it is, and who will be told of what."""
        self.heading.title(f"{self.NAME} {row.reference}  {row.school}")
        self._show_told()

    def _show_told(self) -> None:
        telling = self.contents.telling()
        self._told.update(Content(one_line(who_is_told(telling)) if telling else ""))

    def open_incident(self, number: int) -> None:
        """Show an incident over the form."""
        self.app.push_screen(self._screens.incident(number))

    def refuse(self, error: EdsError) -> None:
        """Name what is wrong beside each field and put the cursor on the first (rule 9)."""
        first = None
        if isinstance(error, InvalidInput):
            first = self.contents.show_problems(error.problems)
        if first is not None:
            first.focus()
        else:
            super().refuse(error)

    @property
    def shared_incident(self) -> SharedIncident:
        """The incident; others see that somebody is changing it."""
        return SharedIncident(writing=self._writing)

    def _writing(self) -> Writing | None:
        return Writing(self._number, internal=True) if self.form.is_typed_in else None

    @on(Input.Changed, "#school")
    def look_up(self, event: Input.Changed) -> None:
        """Find schools as one types."""
        self.finder.look_up(event.value)

    @on(SchoolInput.Picked)
    def pick(self, event: SchoolInput.Picked) -> None:
        """Move the cursor in what was found."""
        self.finder.move(event.step)

    @on(Input.Submitted, "#school")
    def take_school(self) -> None:
        """Take the school under the cursor and go on to the caller."""
        self.finder.take()

    @on(SchoolInput.Left)
    def take_school_on_the_way(self) -> None:
        """Take the school under the cursor, if any, and go on to the caller."""
        self.focus_next()
        self.finder.take_on_the_way()

    @on(Input.Changed, "#caller")
    def caller_typed(self) -> None:
        """Offer the telephone and address of whoever is typed."""
        self.callers.name_typed()

    @on(CallerInput.Offered)
    def offer_next(self, event: CallerInput.Offered) -> None:
        """Offer the next or the last of the people known at the school."""
        self.callers.offer(event.step)

    @on(Input.Submitted, "#caller")
    @on(Input.Submitted, "#telephone")
    @on(Input.Submitted, "#email")
    def go_on(self) -> None:
        """Enter goes on to the next field; it never saves."""
        self.focus_next()
