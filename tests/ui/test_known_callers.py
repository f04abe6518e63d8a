"""Whom a form offers as the caller, beside what is typed by hand (rules 31 and 42)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from textual.app import App, ComposeResult
from textual.widgets import Static

from eds_tui.domain.known_caller import KnownCaller
from eds_tui.domain.school import Contact, School
from eds_tui.ui.features.known_callers import KnownCallers
from eds_tui.ui.widgets.caller_fields import CallerFields
from eds_tui.ui.widgets.line_input import LineInput
from tests.factories import START

JO = Contact(name="Jo Fox", job="Bursar", telephone="01772 1", email="jo@moor.example", main=True)
MO = Contact(name="Mo Lee", job="", telephone="", email="")
MOOR = School(
    portal_number="1", name="Moor School", town="Moor", telephone="01772 0", contacts=(JO, MO)
)
ASH = School(
    portal_number="2", name="Ash School", town="Ash", telephone="01995 0",
    contacts=(Contact(name="Ann Ash", job="Head", telephone="01995 9", email="ann@ash.example"),),
)  # fmt: skip
NOBODY = School(portal_number="3", name="New School", town="Moor", telephone="01524 0")
RANG = KnownCaller(name="Kit Day", telephone="07700 5", called_at=START)


class Form(App[None]):
    """A form with the lines of a caller alone, which knows no incident and no database."""

    def __init__(self, fields: CallerFields, address: LineInput) -> None:
        super().__init__()
        self._widgets = (*fields.rows, address)

    def compose(self) -> ComposeResult:
        """Put the lines below one another."""
        yield from self._widgets


@dataclass
class Caller:
    """The lines of a caller, and what offers."""

    fields: CallerFields = field(default_factory=CallerFields.new)
    address: LineInput = field(default_factory=lambda: LineInput(id="address"))
    school: School | None = None
    known: KnownCallers = field(init=False)

    def __post_init__(self) -> None:
        self.known = KnownCallers(
            school=lambda: self.school, fields=self.fields, address=self.address
        )

    @property
    def lines(self) -> tuple[str, str, str]:
        """Name, telephone and address."""
        return self.fields.caller.value, self.fields.telephone.value, self.address.value

    @property
    def hint(self) -> str:
        """What is said beside the name."""
        return str(self.fields.row.query_one(".field--note", Static).content)

    def take(self, school: School | None) -> None:
        """Take a school, or let go of it."""
        self.school = school
        self.known.school_changed()

    def type_name(self, name: str) -> None:
        """Type a name."""
        self.fields.caller.value = name
        self.known.name_typed()


@asynccontextmanager
async def form() -> AsyncIterator[Caller]:
    """Show the lines."""
    caller = Caller()
    async with Form(caller.fields, caller.address).run_test():
        yield caller


async def test_the_first_is_offered_with_all_that_is_known_and_goes_with_the_school() -> None:
    async with form() as caller:
        caller.take(MOOR)
        assert caller.lines == ("Jo Fox", "01772 1", "jo@moor.example")
        assert caller.hint == "Bursar · ↓ 1 more known here"
        caller.take(ASH)
        assert (*caller.lines, caller.hint) == ("Ann Ash", "01995 9", "ann@ash.example", "Head")
        caller.take(NOBODY)
        assert (*caller.lines, caller.hint) == ("", "01524 0", "", "")
        caller.take(None)
        assert (*caller.lines, caller.hint) == ("", "", "", "")


async def test_what_was_typed_by_hand_stays_whatever_school_is_taken() -> None:
    async with form() as caller:
        caller.type_name("Kim Hall")
        assert caller.lines == ("Kim Hall", "", "")
        caller.take(MOOR)
        assert caller.lines == ("Kim Hall", "01772 0", "")
        assert caller.hint == "↓ 1 more known here"
        caller.fields.telephone.value = "07700 9"
        caller.address.value = "kim@home.example"
        caller.take(ASH)
        assert caller.lines == ("Kim Hall", "07700 9", "kim@home.example")
        caller.known.know([RANG])
        assert caller.lines == ("Kim Hall", "07700 9", "kim@home.example")


async def test_telephone_and_address_go_with_a_name_that_is_typed_until_they_are_typed() -> None:
    async with form() as caller:
        caller.take(MOOR)
        caller.type_name("Mo Lee")
        assert caller.lines == ("Mo Lee", "01772 0", "")
        caller.type_name("jo fox")
        assert caller.lines == ("jo fox", "01772 1", "")
        caller.type_name("Jo Fox")
        assert caller.lines == ("Jo Fox", "01772 1", "jo@moor.example")
        caller.fields.telephone.value = "07700 9"
        caller.type_name("Mo Lee")
        assert caller.lines == ("Mo Lee", "07700 9", "")


async def test_one_is_offered_after_the_other_and_after_them_who_rang_before() -> None:
    async with form() as caller:
        caller.take(MOOR)
        caller.known.know([RANG])
        assert caller.hint == "Bursar · ↓ 2 more known here"
        offered = []
        for step in (1, 1, 1, -1):
            caller.known.offer(step)
            offered.append((*caller.lines, caller.hint.partition(" · ")[0]))
        assert offered == [
            ("Mo Lee", "01772 0", "", "↓ 2 more known here"),
            ("Kit Day", "07700 5", "", "rang before"),
            ("Jo Fox", "01772 1", "jo@moor.example", "Bursar"),
            ("Kit Day", "07700 5", "", "rang before"),
        ]


async def test_who_rang_before_is_offered_where_the_school_knows_nobody() -> None:
    async with form() as caller:
        caller.known.know([RANG])
        caller.known.offer(1)
        assert caller.lines == ("", "", "")
        caller.take(NOBODY)
        caller.known.know([RANG])
        assert caller.lines == ("Kit Day", "07700 5", "")
        caller.take(MOOR)
        assert caller.lines == ("Jo Fox", "01772 1", "jo@moor.example")
        assert caller.hint == "Bursar · ↓ 1 more known here"


async def test_what_a_form_begins_with_is_offered_where_it_is_the_schools_own_word() -> None:
    """So it goes with the school, and what somebody else gave once does not."""
    async with form() as caller:
        every = (caller.fields.caller, caller.fields.telephone, caller.address)
        caller.known.recognise(every)
        caller.school = MOOR
        caller.fields.caller.value, caller.fields.telephone.value = "Jo Fox", "07700 9"
        caller.address.value = "jo@moor.example"
        caller.known.recognise(every)
        assert [line.is_offered for line in every] == [True, False, True]
        assert caller.hint == "Bursar · ↓ 1 more known here"
        caller.take(ASH)
        assert caller.lines == ("Ann Ash", "07700 9", "ann@ash.example")

        caller.take(None)
        caller.school = MOOR
        caller.fields.caller.value, caller.fields.telephone.value = "Al Green", "01772 0"
        caller.known.recognise(every[1:])
        assert [line.is_offered for line in every] == [False, True, False]
        caller.take(ASH)
        assert caller.lines == ("Al Green", "01995 0", "")
