"""What a list of incidents tells its screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from eds_tui.domain.views import IncidentRow

if TYPE_CHECKING:
    from eds_tui.ui.widgets.incident_list import IncidentList


@dataclass
class OfList(Message):
    """Something that happened in a list."""

    rows: IncidentList

    @property
    def control(self) -> IncidentList:
        """The list."""
        return self.rows


@dataclass
class Selected(OfList):
    """Enter was pressed on a row."""

    row: IncidentRow


@dataclass
class EdgeNear(OfList):
    """The cursor nears an end of the window beyond which there are more rows."""

    newer: bool
    to_end: bool = False
    """Whether it is to go to the very end of the list on that side."""
