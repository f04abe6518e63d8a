"""Forgetting who has rung from a school and is none of its contacts, which leads do (rule 42)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from eds_tui.domain.account import Account
from eds_tui.domain.clock import full_time
from eds_tui.domain.known_caller import KnownCaller
from eds_tui.domain.text import one_line
from eds_tui.services.callers import Callers
from eds_tui.ui import dialogs
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.incidents import ForgetCaller
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import changing, in_thread_with_timeout

NOBODY = "Nobody but its contacts is remembered as a caller of this school."


class CallerList:
    """Shows the callers of a school, and forgets the one that is chosen.

    Args:
        host: The screen.
        callers: The service.
        account: A lead.
        school_id: The school's.
        changed: Called once one is forgotten.
    """

    def __init__(
        self,
        *,
        host: Host,
        callers: Callers,
        account: Account,
        school_id: int,
        changed: Callable[[], object],
    ) -> None:
        self.host = host
        self._callers = callers
        self._account = account
        self._school_id = school_id
        self._changed = changed

    def handlers(self) -> Handlers:
        """Return what is done for the command about callers."""
        return {ForgetCaller: self.ask}

    @task(blocks_input=True)
    async def ask(self) -> None:
        """Ask whom to forget."""
        known = await in_thread_with_timeout(
            self._callers.of_school, self._account, self._school_id
        )
        if known:
            dialog = dialogs.PickDialog("Forget which caller?", [*map(caller_line, known)])
            self.host.app.push_screen(dialog, partial(self._chosen, known))
        else:
            self.host.say(NOBODY)

    def _chosen(self, known: Sequence[KnownCaller], index: int | None) -> None:
        if index is not None:
            self._forget(known[index])

    @task()
    async def _forget(self, caller: KnownCaller) -> None:
        await changing(self._callers.forget, self._account, self._school_id, caller.name)
        self._changed()
        self.host.say(f"{one_line(caller.name)} is offered as a caller no more.")


def caller_line(caller: KnownCaller) -> str:
    """Return a caller in one line: name, number, when they rang last."""
    rang = f"rang {full_time(caller.called_at)[:-3]}"
    return " · ".join(filter(None, (caller.name, caller.telephone, rang)))
