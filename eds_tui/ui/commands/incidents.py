"""What can be done with incidents."""

from __future__ import annotations

from eds_tui.ui.commands.base import Command


class NewCall(Command):
    """Take a call: find the caller's school and log the fault."""

    keys = "n"
    label = "New call"


class ReportFault(Command):
    """Report a fault to the ICT Service Centre."""

    keys = "n"
    label = "Report a fault"


class OpenIncident(Command):
    """Open the incident under the cursor."""

    keys = "enter"
    label = "Open"


class Comment(Command):
    """Write a comment, which the school and the service centre read."""

    keys = "c"
    label = "Comment"


class SiteIncidents(Command):
    """See the school of this incident, and all that it has open."""

    keys = "o"
    label = "School"


class NextView(Command):
    """Show the next list: triage, open, on hold, resolved, closed, all."""

    keys = "right_square_bracket,tab"
    label = "Next list"

    @classmethod
    def key(cls) -> str:
        """Return the key that people know."""
        return "Tab"


class PreviousView(Command):
    """Show the list before."""

    keys = "left_square_bracket,shift+tab"
    label = "List before"
    shown = False


class Rate(Command):
    """Rate how a closed incident was handled, once."""

    keys = "f"
    label = "Feedback"


class FollowUp(Command):
    """Log a new incident that names this closed one, when the fault has come back."""

    keys = "n"
    label = "Log again"


class SaveAttachment(Command):
    """Save an attached file to your folder."""

    keys = "d"
    label = "Save file"


class OtherList(Command):
    """Go to the other list: open or closed."""

    keys = "tab"
    label = "Other list"
