"""How a place leads to the others without knowing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from textual.screen import Screen

if TYPE_CHECKING:
    from eds_tui.domain.same_fault import SameFault
    from eds_tui.domain.triage import Assignee
    from eds_tui.domain.views import Draft, IncidentRow
    from eds_tui.ui.features.appearance import AppearanceChoice
    from eds_tui.ui.features.bell import Bell
    from eds_tui.ui.features.host import Host
    from eds_tui.ui.features.session_drafts import SessionDrafts
    from eds_tui.ui.widgets.incident_list import IncidentList


class ScreenFactory(Protocol):
    """Makes the screens for whoever has signed in."""

    session_drafts: SessionDrafts
    """What is typed in this session and not sent."""
    bell: Bell
    """Whether the terminal rings for what is new."""

    def appearance(self, host: Host) -> AppearanceChoice:
        """What a screen offers other colours with."""

    def home(self) -> Screen[None]:
        """Where one starts: the queue, or a school's own incidents."""

    def call(
        self, school_id: int | None = None, text: str = "", *, same: SameFault | None = None
    ) -> Screen[None]:
        """The form of a call; a school may be chosen and a description begun already.

        Args:
            school_id: The school, where it is known already.
            text: What the description begins with.
            same: The fault that another school has rung about before.
        """

    def report(self, text: str = "") -> Screen[None]:
        """The form in which a school reports a fault; a description may be begun already."""

    def incident(
        self,
        number: int,
        comment: str = "",
        caller: str = "",
        *,
        write: bool = False,
        among: IncidentList | None = None,
    ) -> Screen[bool]:
        """One incident.

        Args:
            number: The incident's.
            comment: What was typed already and belongs here.
            caller: On whose behalf.
            write: Whether to begin in the comment box.
            among: The list that it is opened from, to go along it.

        Returns:
            A screen that answers whether a comment was sent.
        """

    def correction(self, number: int) -> Screen[IncidentRow | None]:
        """The form that puts an incident right; it answers the incident as it then is."""

    def unfinished(self, draft: Draft) -> Screen[Any]:
        """Where a draft is gone on with: its form or its incident."""

    def search(self, text: str = "", name: str = "") -> Screen[None]:
        """Search all incidents.

        Args:
            text: What to begin with.
            name: What the list that it finds is called, with the cursor in it: a saved view.
        """

    def site(self, school_id: int) -> Screen[None]:
        """A school's card, with what it has open and what was closed."""

    def people(self) -> Screen[None]:
        """Who has what: every person and team, with counts."""

    def pile(self, holder: Assignee) -> Screen[None]:
        """What a person, a team or nobody has to do."""

    def information(self) -> Screen[None]:
        """All there is to read: states, help, support, the school's details."""
