"""The top line of a call: what it is, its age, who takes it, and what time it is (rule 52)."""

from __future__ import annotations

from datetime import datetime

from eds_tui.domain.clock import LONDON, Clock, age
from eds_tui.domain.incident import format_number
from eds_tui.ui.features.form_host import FormHost


class CallHeading:
    """Shows the clock and the age of the call; either turns once a minute.

    Args:
        host: The screen.
        name: Of who takes the call.
        clock: The clock.
        began_at: When the call was taken.
    """

    def __init__(self, *, host: FormHost, name: str, clock: Clock, began_at: datetime) -> None:
        self._host = host
        self._name = name
        self._clock = clock
        self._began_at = began_at
        self._parent: int | None = None
        self._left = self._right = ""

    def hung_on(self, parent: int | None) -> None:
        """Name the incident that the call is to hang on, if there is one."""
        self._parent = parent
        self.show()

    def show(self) -> None:
        """Show the time as it is by now; what else is said on the right stays."""
        heading, now = self._host.heading, self._clock()
        name = f"Same fault as {format_number(self._parent)}" if self._parent else "New call"
        left = f"{name} · {age(self._began_at, now)}"
        if left != self._left:
            self._left = left
            heading.title(left)
        if heading.right in {"", self._right}:
            self._right = f"{self._name}  {now.astimezone(LONDON):%H:%M}"
            heading.right = self._right
