"""Counting that somebody rang about an incident: one key, and Enter for the usual caller."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from eds_tui.domain.account import Account
from eds_tui.domain.row_in_words import rang_in_words
from eds_tui.domain.text import one_line
from eds_tui.domain.views import IncidentRow
from eds_tui.services.callers import Callers
from eds_tui.ui import dialogs
from eds_tui.ui.features.decision_text import DecisionTexts
from eds_tui.ui.features.decisions import IncidentsInHand
from eds_tui.ui.features.dialog_draft import DialogDraft
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import changing, in_thread_with_timeout


class ChaseCounting:
    """Asks who rang and counts it on the incidents in hand (rule 43).

    Args:
        host: The screen.
        texts: Ask for the name.
        callers: The service.
        account: Who took the call.
        in_hand: Is shown the incident as it is then, and told who rang.
    """

    def __init__(
        self,
        *,
        host: Host,
        texts: DecisionTexts,
        callers: Callers,
        account: Account,
        in_hand: IncidentsInHand,
    ) -> None:
        self.host = host
        self._texts = texts
        self._callers = callers
        self._account = account
        self._in_hand = in_hand

    @task(blocks_input=True)
    async def ask(self, rows: Sequence[IncidentRow]) -> None:
        """Ask who rang; keys that are typed ahead wait for the question."""
        if not rows:
            return
        people = await in_thread_with_timeout(self._callers.about, self._account, rows[0].number)
        others = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
        title = f"Who rang about {rows[0].reference}{others}?"
        self._texts.ask(
            dialogs.WhoRangDialog(title, people), "rang", rows, partial(self._count, rows)
        )

    @task(blocks_input=True)
    async def _count(self, rows: Sequence[IncidentRow], caller: str, text: DialogDraft) -> None:
        async with self._texts.settling(text) as settled:
            for row in rows:
                after = await changing(self._callers.chase, self._account, row.number, caller)
                self._in_hand.put_fresh(after)
            self._in_hand.rang(caller)
            settled.made = True
            said = rang_in_words(after) if len(rows) == 1 else f"noted on {len(rows)} incidents"
            self.host.say(f"{one_line(caller)} · {said}. c writes what was said.")
