"""Adds events of administration to the log, with who did it at the console (rule 30)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.event import OPERATOR, EventKind
from eds_tui.repository.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class AdministrativeLog:
    """Adds the events of one front end."""

    clock: Clock
    operator: str = ""
    """The Linux user at the console; empty where it is none."""

    def add(self, work: UnitOfWork, kind: EventKind, actor: Account | None, **details: Any) -> None:
        """Add an event.

        Args:
            work: The unit of work that the change is stored in.
            kind: What happened.
            actor: Who did it; ``None`` at the console.
            details: What it was done to; under ``changed`` by field, from and to.
        """
        by = {OPERATOR: self.operator} if self.operator else {}
        work.events.add(kind, self.clock(), actor, details={**details, **by})
