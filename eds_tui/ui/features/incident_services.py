"""The services that the screen of one incident is given."""

from __future__ import annotations

from dataclasses import dataclass

from eds_tui.services.attachments import Attachments
from eds_tui.services.files import FileShelf
from eds_tui.services.queue import Queue
from eds_tui.ui.features.comment_box import CommentServices
from eds_tui.ui.features.decisions import DecisionServices


@dataclass(frozen=True, kw_only=True)
class IncidentServices:
    """The services with which one incident is read, answered and decided about."""

    queue: Queue
    """Reads it."""
    attachments: Attachments
    shelf: FileShelf
    """Where files are chosen from, and where attached ones are saved."""
    decisions: DecisionServices

    @property
    def for_comments(self) -> CommentServices:
        """What a comment is sent with."""
        return CommentServices(
            conversation=self.decisions.conversation,
            triage=self.decisions.triage,
            drafts=self.decisions.drafts,
            shelf=self.shelf,
        )
