"""Who has what, and handing it over (rule 51)."""

from __future__ import annotations

from eds_tui.ui.commands.base import Command


class WhoHasWhat(Command):
    """See who has how many incidents, what is late, and how old the oldest is."""

    keys = "z"
    label = "Who has what"
    shown = False


class OpenPile(Command):
    """See what the person or team under the cursor has, and hand it over."""

    keys = "enter"
    label = "Open"


class HandOverPile(Command):
    """Hand over all of this pile, or what is ticked, with a note that is read first."""

    keys = "a"
    label = "Hand over"
    means = "Assign"


class ReadNotes(Command):
    """Read hand-over notes again, the latest first."""

    keys = "b"
    label = "Notes"
    shown = False
