"""The rows of a list that decisions are about, and showing what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from eds_tui.domain.views import IncidentRow
from eds_tui.ui.features.decisions import Outcome
from eds_tui.ui.widgets.incident_list import IncidentList


class RowsInHand:
    """Decisions are about the ticked rows of a list, else about the one under the cursor.

    Args:
        rows: Returns the widget that shows the list.
        decided: Called after a decision has been shown: the list is to be read again.
    """

    def __init__(self, *, rows: Callable[[], IncidentList], decided: Callable[[], object]) -> None:
        self._rows = rows
        self._decided = decided

    @property
    def row(self) -> IncidentRow | None:
        """The row under the cursor."""
        return self._rows().row

    def targets(self) -> Sequence[IncidentRow]:
        """Return the ticked rows, else the one under the cursor."""
        rows = self._rows()
        if rows.ticked:
            return rows.ticked
        return (rows.row,) if rows.row else ()

    def tick(self) -> None:
        """Tick or untick the row under the cursor."""
        self._rows().tick()

    def show_outcomes(self, outcomes: Sequence[Outcome], *, move_on: bool) -> None:
        """Show the rows as they are now, with the cursor on the next one."""
        rows = self._rows()
        if not move_on:
            rows.go_to(outcomes[0].before.number)
        elif len(outcomes) == 1 and outcomes[0].after and not rows.ticked:
            rows.action_move(1)
        for outcome in outcomes:
            if outcome.after is not None:
                rows.put(outcome.after)
        rows.untick({outcome.before.number for outcome in outcomes if outcome.after})
        if outcomes:
            self._decided()

    def put_fresh(self, row: IncidentRow) -> None:
        """Show a row as others have left it."""
        self._rows().put(row)
