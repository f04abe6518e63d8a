"""What can be done in forms."""

from __future__ import annotations

from eds_tui.ui.commands.base import Command

SEND = "Send"
"""What Ctrl+S means: be done with what is typed."""


class LogCall(Command):
    """Log the incident and show its number."""

    keys = "ctrl+s,f10"
    label = "Log call"
    means = SEND
    first = True


class Submit(Command):
    """Send the report and show its number."""

    keys = "ctrl+s,f10"
    label = "Submit"
    means = SEND
    first = True


class Send(Command):
    """Send the comment."""

    keys = "ctrl+s,f10"
    label = "Send"
    means = SEND
    first = True


class SaveCorrection(Command):
    """Save what you changed, as one entry of the history."""

    keys = "ctrl+s,f10"
    label = "Save"
    means = "Send"
    first = True


class AsItWas(Command):
    """Throw away what you changed, and show the incident as it is."""

    keys = "ctrl+f,f8"
    label = "As it was"
    means = "Start afresh"
    first = True


class AttachFile(Command):
    """Choose a file to attach; once it is sent, the service centre alone can take it back."""

    keys = "ctrl+t,f3"
    label = "Attach"
    first = True


class DropFile(Command):
    """Take the file that was chosen last away again."""

    keys = "ctrl+r,f4"
    label = "Remove file"
    shown = False
    first = True


class ChaseOpen(Command):
    """The call is about an incident that is open already: go to it with what is typed."""

    keys = "ctrl+o,f6"
    label = "About an open one"
    first = True


class LookElsewhere(Command):
    """Look at what reads alike at another school, and come back with Esc."""

    keys = "ctrl+p,f9"
    label = "Elsewhere"
    shown = False
    first = True


class StartAfresh(Command):
    """Throw away what is typed and start with an empty form."""

    keys = "ctrl+f,f8"
    label = "Start afresh"
    shown = False
    first = True


class EarlierDraft(Command):
    """Go on with a form that was left unfinished; this one is kept as well."""

    keys = "ctrl+e,f7"
    label = "Unfinished"
    shown = False
    first = True
