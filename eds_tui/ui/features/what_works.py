"""Which commands do something with an incident as it is: those are what the bottom line tells."""

from __future__ import annotations

from collections.abc import Sequence

from eds_tui.domain.lifecycle import State
from eds_tui.domain.same_fault import is_fresh
from eds_tui.domain.views import IncidentRow
from eds_tui.ui.commands.base import Command
from eds_tui.ui.commands.everywhere import FormHelp, Help
from eds_tui.ui.commands.incidents import Comment, FollowUp, OpenIncident, SameFault, SiteIncidents
from eds_tui.ui.commands.triage import (
    Assign,
    AssignToMe,
    Correct,
    Link,
    Rang,
    SetPriority,
    SetState,
    Undo,
)  # fmt: skip

ON_AN_OPEN_ONE = frozenset(
    (Comment, SetPriority, SetState, Assign, AssignToMe, Correct, Link, Rang, SameFault, Undo)
)
"""What a closed incident refuses: it stays as it is from then on (rule 19)."""
ON_AN_INCIDENT = ON_AN_OPEN_ONE | {OpenIncident, SiteIncidents, FollowUp}
"""What needs one at all."""


def while_typing(commands: Sequence[type[Command]]) -> tuple[type[Command], ...]:
    """Return what of some commands works while one types: any plain key is text then."""
    asked = (FormHelp if each is Help else each for each in commands)
    return tuple(each for each in asked if each.needs_button())


def works_on(command: type[Command], row: IncidentRow | None) -> bool:
    """Return whether a command does something.

    Args:
        command: The command.
        row: The incident that it would be about, if there is one.
    """
    if row is None:
        return command not in ON_AN_INCIDENT
    is_closed = row.state is State.CLOSED
    if command is FollowUp:
        return is_closed
    if command is SameFault and row.as_of is not None and not is_fresh(row, row.as_of):
        return False
    return not is_closed or command not in ON_AN_OPEN_ONE
