"""The people known at a school, offered as the caller (rule 31)."""

from __future__ import annotations

from collections.abc import Callable

from eds_tui.domain.school import School
from eds_tui.domain.text import one_line
from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.school_picker import CallerInput


class KnownCallers:
    """Offers the people known at the school that was taken, one after the other.

    Args:
        school: Returns the school that was taken.
        field: Has the caller's name, and a place for what is said of others.
        name: The caller's name.
        telephone: Under which the caller is reached.
    """

    def __init__(
        self,
        *,
        school: Callable[[], School | None],
        field: Field,
        name: CallerInput,
        telephone: LineInput,
    ) -> None:
        self._school = school
        self._field = field
        self._name = name
        self._telephone = telephone

    def offer_first(self) -> None:
        """Offer the first of them, where no caller has been typed."""
        self.offer(0)

    def offer(self, step: int) -> None:
        """Offer another of them.

        Args:
            step: How many further on in their list; 0 for the first, where none has been typed.
        """
        school = self._school()
        if school is None or not school.contacts:
            return
        people = school.contacts
        names = [person.name for person in people]
        typed = self._name.value
        if step == 0 and typed:
            return
        index = (names.index(typed) + step) % len(names) if typed in names else 0
        self._name.value = people[index].name
        self._telephone.value = people[index].telephone or school.telephone
        others = len(people) - 1
        if others:
            job = one_line(people[index].job)
            self._field.hint(f"{job} · ↓ {others} more known here")

    @property
    def email(self) -> str:
        """The e-mail address of the caller, where it is one of them."""
        school = self._school()
        people = school.contacts if school else ()
        name = self._name.value
        return next((person.email for person in people if person.name == name), "")
