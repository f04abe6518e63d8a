"""Decisions on an incident: single keys, the same in a list and on the open incident."""

from __future__ import annotations

from eds_tui.ui.commands.base import Command


class SetPriority(Command):
    """Give a priority: p and a digit. One that waits for triage is in progress from then on."""

    keys = "p"
    label = "Priority"


class SetState(Command):
    """Move it to another state: s and a letter; what the state needs is asked for."""

    keys = "s"
    label = "State"


class AssignToMe(Command):
    """Assign it to yourself."""

    keys = "m"
    label = "Mine"


class Assign(Command):
    """Assign it to a person or a team, or take it from everybody."""

    keys = "a"
    label = "Assign"


class WorkNote(Command):
    """Write a work note, which no school ever sees."""

    keys = "w"
    label = "Work note"
    shown = False


class Rang(Command):
    """Somebody rang about it: count that, with who it was; the school is not told."""

    keys = "h"
    label = "Rang"
    shown = False


class FlipConfidential(Command):
    """Hide it from its school, or show it again, with a reason."""

    keys = "x"
    label = "Confidential"
    shown = False


class Link(Command):
    """Hang it on a major incident, or close it as a duplicate."""

    keys = "k"
    label = "Link"
    shown = False


class ShowHistory(Command):
    """Read what happened to it: who, when, what, from and to."""

    keys = "y"
    label = "History"
    shown = False


class Correct(Command):
    """Put right what was logged: category, impact, school, caller, description."""

    keys = "e"
    label = "Put right"
    shown = False


class ExplainDue(Command):
    """Read why it is due when it is, stretch by stretch."""

    keys = "equals_sign"
    label = "Why due"
    shown = False


class Undo(Command):
    """Take your own last decision back, while nobody else has touched the incident."""

    keys = "u"
    label = "Undo"
    shown = False


class Refused(Command):
    """See what others changed, field by field, where they were quicker, and decide again."""

    keys = "exclamation_mark"
    label = "Refused"
    shown = False


class Tick(Command):
    """Tick or untick the row; decisions are then about all that are ticked."""

    keys = "space"
    label = "Tick"
    shown = False


class CannedReplies(Command):
    """Put a canned reply into the text, to be edited; keep what is typed as one of your own."""

    keys = "ctrl+y,f2"
    label = "Reply"
    shown = False
    first = True


class WatchLog(Command):
    """Read which e-mails wait and why, who changed accounts, schools or texts, who signed in."""

    keys = "l"
    label = "Log"
    shown = False


class ReadFeedback(Command):
    """Read what schools said of closed incidents."""

    keys = "plus"
    label = "Said by schools"
    shown = False


class Search(Command):
    """Search all incidents."""

    keys = "slash"
    label = "Search"


class SavedViews(Command):
    """Show a saved view: its digit; r renames, m moves, d drops."""

    keys = "v"
    label = "My views"
    shown = False


class KeepView(Command):
    """Keep this search as a view: v and its digit show it."""

    keys = "ctrl+k"
    label = "Keep as view"
    first = True


DECISIONS = (
    SetPriority, SetState, AssignToMe, Assign, Rang, WorkNote, Correct, FlipConfidential, Link,
    ShowHistory, ExplainDue, Undo, Refused,
)  # fmt: skip
"""All of them, in the order of the help."""
