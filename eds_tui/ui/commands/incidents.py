"""What can be done with incidents."""

from __future__ import annotations

from eds_tui.ui.commands.base import Command

NEW = "New incident"
"""What n means: a call, a report, one that follows a closed one, the next after a receipt."""
LIST = "Next list"
"""What Tab means where there are lists."""
TAKE_AWAY = "Take away"
"""What - means: something is to be there no more."""
VIEWS = "My views"
"""What v means: lists beside those that are always there."""


class NewCall(Command):
    """Take a call: find the caller's school and log the fault."""

    keys = "n"
    label = "New call"
    means = NEW


class ReportFault(Command):
    """Report a fault to the ICT Service Centre."""

    keys = "n"
    label = "New report"
    means = NEW


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


class ChangeSchool(Command):
    """Change the school: its details, notified address, contacts, connection, or close it."""

    keys = "asterisk"
    label = "Change"


class ForgetCaller(Command):
    """Forget somebody who rang from this school and is none of its contacts."""

    keys = "minus"
    label = "Callers"
    means = TAKE_AWAY
    shown = False


class Copy(Command):
    """Copy the number, or the link that is shown, to the clipboard of this terminal."""

    keys = "number_sign"
    label = "Copy"
    shown = False


class NextView(Command):
    """Show the next list: unread, triage, open, on hold, resolved, closed, all."""

    keys = "tab"
    label = "Next list"
    means = LIST


class PreviousView(Command):
    """Show the list before."""

    keys = "shift+tab"
    label = "List before"
    shown = False


class NextIncident(Command):
    """Go to the next incident of the list that this one was opened from."""

    keys = "right_square_bracket"
    label = "Next"


class PreviousIncident(Command):
    """Go to the incident before in the list that this one was opened from."""

    keys = "left_square_bracket"
    label = "Before"


class Rate(Command):
    """Rate how a closed incident was handled, once."""

    keys = "f"
    label = "Feedback"


class SameFault(Command):
    """Another school rings about the same: log it with these words, hung on this one."""

    keys = "j"
    label = "Next school"


class FollowUp(Command):
    """Log a new incident that names this closed one, when the fault has come back."""

    keys = "n"
    label = "New follow-up"
    means = NEW


class SaveAttachment(Command):
    """Save an attached file to your folder."""

    keys = "d"
    label = "Save file"


class TakeFileBack(Command):
    """Take back a file that was attached by mistake, by whichever side: nobody is offered it."""

    keys = "minus"
    label = "File back"
    means = TAKE_AWAY
    shown = False


class TurnList(Command):
    """Show what was answered and nobody at the school has read yet; again, all that is open."""

    keys = "v"
    label = "Answered"
    means = VIEWS


class OtherList(Command):
    """Go to the other list: open or closed."""

    keys = "tab"
    label = "Other list"
    means = LIST
