"""What can be done in every list of incidents of the service centre (rules 45 and 46)."""

from __future__ import annotations

from eds_tui.ui.commands.base import Command
from eds_tui.ui.commands.everywhere import Refresh
from eds_tui.ui.commands.incidents import Comment, Copy, OpenIncident, SiteIncidents
from eds_tui.ui.commands.triage import DECISIONS, Tick


class NextSorting(Command):
    """Sort the list by something else: newest, due, priority, school, oldest."""

    keys = "greater_than_sign"
    label = "Sort"
    shown = False


class PreviousSorting(Command):
    """Sort the list by what comes before that."""

    keys = "less_than_sign"
    label = "Sort back"
    shown = False


class GoToList(Command):
    """Go to a list by its digit: g and 1 to 9."""

    keys = "g"
    label = "Lists"
    means = "Go to"


IN_EVERY_LIST = (
    OpenIncident, Comment, SiteIncidents, *DECISIONS, Tick, Copy, NextSorting, PreviousSorting,
    Refresh,
)  # fmt: skip
"""All of them."""

LIST_KEYS = (
    ("↑ ↓ PgUp PgDn", "Move in the list; Home and End go to its ends."),
    ("0 to 9", "Start going to an incident by its number."),
)
"""For the help of a place that has such a list."""
