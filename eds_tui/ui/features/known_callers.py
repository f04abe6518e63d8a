"""The people known at a school, offered as the caller (rules 31 and 42)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from eds_tui.domain.folding import fold
from eds_tui.domain.known_caller import KnownCaller, callers_of, next_caller
from eds_tui.domain.school import Contact, School
from eds_tui.domain.text import one_line
from eds_tui.ui.widgets.caller_fields import CallerFields
from eds_tui.ui.widgets.line_input import LineInput


class KnownCallers:
    """Offers the people known at the school that was taken, one after the other.

    What is only offered goes with its school; what was chosen or typed by hand stays.

    Args:
        school: Returns the school that was taken.
        fields: The caller's name and telephone.
        address: The caller's e-mail address, where that is typed as well.
    """

    def __init__(
        self,
        *,
        school: Callable[[], School | None],
        fields: CallerFields,
        address: LineInput | None = None,
    ) -> None:
        self._school = school
        self._field = fields.row
        self._name = fields.caller
        self._telephone = fields.telephone
        self._address = address
        self._named = ""
        """The name for which the rest was offered last."""
        self._rang: tuple[KnownCaller, ...] = ()

    @property
    def _people(self) -> tuple[Contact, ...]:
        school = self._school()
        return callers_of(school.contacts, self._rang) if school else ()

    def school_changed(self) -> None:
        """Take away what the former school offered, and offer the first of this one."""
        self._rang = ()
        self._name.take_back()
        self._telephone.take_back()
        if self._address is not None:
            self._address.take_back()
        self._field.hint("")
        self._offer_first()

    def recognise(self, lines: Collection[LineInput]) -> None:
        """Count as offered what a form began with, where it is the school's own word of somebody.

        Args:
            lines: Those of which that may be so; in the others it was typed or offered here.
        """
        school, typed = self._school(), fold(self._name.value)
        if school is None:
            return
        person = next((each for each in school.contacts if fold(each.name) == typed), None)
        own: dict[LineInput | None, tuple[str, ...]] = {
            self._name: (person.name if person else "",),
            self._telephone: (person.telephone if person else "", school.telephone),
            self._address: (person.email if person else "",),
        }
        for line in lines:
            if line.value in own.get(line, ()):
                line.offer(line.value)
        self._named = self._name.value
        self._tell()

    def know(self, callers: Iterable[KnownCaller]) -> None:
        """Offer those, too, who have rung from there before."""
        self._rang = tuple(callers)
        self._offer_first()

    def _offer_first(self) -> None:
        if self._school() is None:
            return
        if (people := self._people) and not self._name.value:
            self._name.offer(people[0].name)
        if not self._telephone.value or self._telephone.is_offered:
            self._offer_telephone()
        self._offer_address()
        self._tell()

    def offer(self, step: int) -> None:
        """Choose another of them.

        Args:
            step: How many further on in their list.
        """
        if person := next_caller(self._people, self._name.value, step):
            self._name.value = person.name
            self._telephone.value = person.telephone or self._number_of_school
            self._offer_address()
            self._tell()

    def name_typed(self) -> None:
        """Offer the telephone of whoever was typed, in the place of one that was offered."""
        self._tell()
        if self._name.value == self._named:
            return
        self._named = self._name.value
        if self._school() is not None:
            if self._telephone.is_offered:
                self._offer_telephone()
            self._offer_address()

    def _offer_address(self) -> None:
        """Offer the e-mail address of the caller, where none was typed."""
        line = self._address
        if line is not None and (not line.value or line.is_offered) and line.value != self.email:
            line.offer(self.email)

    def _offer_telephone(self) -> None:
        typed = fold(self._name.value)
        numbers = (person.telephone for person in self._people if fold(person.name) == typed)
        number = next(numbers, "") or self._number_of_school
        if number != self._telephone.value:
            self._telephone.offer(number)

    @property
    def _number_of_school(self) -> str:
        school = self._school()
        return school.telephone if school else ""

    def _tell(self) -> None:
        """Say how many more are known there, beside what the one who is offered does."""
        people = self._people
        job = next((each.job for each in people if each.name == self._name.value), "")
        more = f"↓ {len(people) - 1} more known here" if len(people) > 1 else ""
        self._field.hint(" · ".join(filter(None, (one_line(job), more))))

    @property
    def email(self) -> str:
        """The e-mail address of the caller, where it is one of them."""
        name = self._name.value
        return next((person.email for person in self._people if person.name == name), "")
