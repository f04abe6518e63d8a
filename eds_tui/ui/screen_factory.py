"""How a place leads to the others without knowing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from textual.screen import Screen

if TYPE_CHECKING:
    from eds_tui.domain.views import Draft
    from eds_tui.ui.features.session_drafts import SessionDrafts


class ScreenFactory(Protocol):
    """Makes the screens for whoever has signed in."""

    session_drafts: SessionDrafts
    """What is typed in this session and not sent."""

    def home(self) -> Screen[None]:
        """Where one starts: the queue, or a school's own incidents."""

    def call(self, school_id: int | None = None, text: str = "") -> Screen[None]:
        """The form of a call; a school may be chosen and a description begun already."""

    def report(self, text: str = "") -> Screen[None]:
        """The form in which a school reports a fault; a description may be begun already."""

    def incident(
        self,
        number: int,
        comment: str = "",
        caller: str = "",
        *,
        write: bool = False,
    ) -> Screen[bool]:
        """One incident.

        Args:
            number: The incident's.
            comment: What was typed already and belongs here.
            caller: On whose behalf.
            write: Whether to begin in the comment box.

        Returns:
            A screen that answers whether a comment was sent.
        """

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

    def information(self) -> Screen[None]:
        """All there is to read: states, help, support, the school's details."""
