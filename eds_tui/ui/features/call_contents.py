"""What stands in the form of a call: as a draft, as a form to be logged, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from textual.widget import Widget

from eds_tui.domain.incident import IncidentForm
from eds_tui.domain.same_fault import SameFault
from eds_tui.ui.features.form_contents import IncidentContents
from eds_tui.ui.features.known_callers import KnownCallers
from eds_tui.ui.features.open_at_school import OpenAtSchool
from eds_tui.ui.features.school_finder import SchoolFinder
from eds_tui.ui.widgets.caller_fields import CallerFields, offered_in, put_back
from eds_tui.ui.widgets.elsewhere import ElsewhereLine
from eds_tui.ui.widgets.incident_fields import IncidentFields
from eds_tui.ui.widgets.incident_list import IncidentList


@dataclass(frozen=True, kw_only=True)
class CallWidgets:
    """What the form of a call is made of."""

    who: CallerFields
    """Which school, and who rings from there."""
    fields: IncidentFields
    """What every form has."""
    open_here: IncidentList
    """What the school has open."""
    elsewhere: ElsewhereLine
    """What reads alike at other schools."""


class CallContents:
    """The school, the caller, a telephone, and the fields that every form has.

    Args:
        incident: The fields that every form has.
        widgets: What the call is typed in.
        finder: Has the school.
        callers: Know the caller's e-mail address.
        open_here: What the school has open.
        began_at: When the call was taken.
        headed: Is told on which incident it is to hang, if any.
        same: The fault that another school has rung about before: by itself it is nothing typed.
    """

    def __init__(
        self,
        *,
        incident: IncidentContents,
        widgets: CallWidgets,
        finder: SchoolFinder,
        callers: KnownCallers,
        open_here: OpenAtSchool,
        began_at: datetime,
        headed: Callable[[int | None], object],
        same: SameFault | None = None,
    ) -> None:
        self._incident = incident
        self._who = widgets.who
        self._finder = finder
        self._callers = callers
        self._open_here = open_here
        self._began_at = began_at
        self._headed = headed
        self._prefilled = same.values() if same else {}
        self._parent = same.first if same else None

    def snapshot(self) -> dict[str, Any]:
        """Return what is typed, as values that JSON has; empty when nothing is."""
        values = self._incident.snapshot()
        if self._finder.school_id is not None:
            values["school_id"] = self._finder.school_id
        lines = {"school": self._finder.text}
        lines |= {name: each.value for name, each in self._who.lines.items()}
        values |= offered_in(self._who.lines)
        values |= {name: value for name, value in lines.items() if value}
        if self._parent is not None and values:
            values["parent"] = self._parent
        typed = {name: value for name, value in values.items() if name != "submission"}
        return {} if self._prefilled and typed == self._was_prefilled else values

    @property
    def _was_prefilled(self) -> dict[str, Any]:
        """What the form began with, as a snapshot has it."""
        return {name: value for name, value in self._prefilled.items() if value}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Put back what ``snapshot`` returned; an empty one empties the form."""
        parent = draft.get("parent")
        self._parent = parent if isinstance(parent, int) else None
        self._headed(self._parent)
        self._incident.restore(draft)
        self._open_here.empty()
        put_back(self._who.lines, draft)
        self._finder.restore(draft)

    def form(self) -> IncidentForm:
        """Return what was typed, ready to be logged."""
        return replace(
            self._incident.form(telephone=self._who.telephone.value),
            school_id=self._finder.school_id,
            caller=self._who.caller.value,
            caller_email=self._callers.email,
            parent=self._parent,
            began_at=self._began_at,
        )

    def show_problems(self, problems: Mapping[str, str]) -> Widget | None:
        """Name what is wrong beside each field, and return the first of these controls."""
        first = self._who.problems(problems)
        inner = self._incident.fields.problems(problems)
        return first or inner
