"""What can be done in every place."""

from __future__ import annotations

from eds_tui.ui.commands.base import Command

LEAVE = "Leave"
"""What Esc means of a place, and Ctrl+Q of the session."""


class Help(Command):
    """Show what every key does here."""

    keys = "f1,question_mark,ctrl+g"
    label = "Help"

    @classmethod
    def key(cls) -> str:
        """Return the key that every terminal has."""
        return "?"


class FormHelp(Command):
    """Show what every key does here."""

    keys = "f1,ctrl+g"
    label = "Help"

    @classmethod
    def command_name(cls) -> str:
        """Do what the other help does; a question mark is text here."""
        return Help.command_name()


class ListHelp(FormHelp):
    """Show what every key does here, in the field and in its list."""

    keys = "f1,ctrl+g,question_mark"


class Back(Command):
    """Go back. What is typed is kept as a draft."""

    keys = "escape,ctrl+b"
    label = "Back"
    means = LEAVE
    first = True


class Unfinished(Command):
    """Show what you typed and did not send: to go on with it, or to throw it away."""

    keys = "ctrl+e,f7"
    label = "Unfinished"
    shown = False
    first = True


class SignOut(Command):
    """Log out."""

    keys = "q"
    label = "Log out"
    owner = "app."


class HandOver(Command):
    """Log out whoever sat here; what is typed is kept for them."""

    keys = "ctrl+q"
    label = "Log out"
    means = LEAVE
    owner = "app."
    first = True

    @classmethod
    def command_name(cls) -> str:
        """Do what logging out does elsewhere."""
        return SignOut.command_name()


class NextCall(Command):
    """Take the next call, whatever is open; Esc comes back to it."""

    keys = "ctrl+n"
    label = "Next call"
    owner = "app."
    shown = False
    first = True


class Refresh(Command):
    """Read the list again now."""

    keys = "r,f5"
    label = "Refresh"
    shown = False


class Redraw(Command):
    """Paint the screen again, after a disturbance on the line; twice: without colours."""

    keys = "ctrl+l"
    label = "Repaint"
    owner = "app."
    shown = False

    @classmethod
    def command_name(cls) -> str:
        """Do what counts how often it is asked for; the program itself paints again as well."""
        return "repaint"


class Appearance(Command):
    """Change the colours, and whether the terminal rings when an incident becomes unread."""

    keys = "t"
    label = "Colours"
    shown = False


class Information(Command):
    """Read about states, support, the service targets and the school."""

    keys = "i"
    label = "Information"


class Leave(Command):
    """Leave the kiosk."""

    keys = "ctrl+q,escape"
    label = "Leave"
    means = LEAVE
    first = True
