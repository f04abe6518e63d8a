"""Handing a pile, or the ticked incidents of it, to another with a note (rule 51)."""

from __future__ import annotations

from collections.abc import Sequence

from eds_tui.domain.account import Account
from eds_tui.domain.hand_over import HandOver
from eds_tui.domain.triage import Assignee
from eds_tui.domain.views import IncidentRow
from eds_tui.services.hand_overs import HandOvers
from eds_tui.services.triage import Triage
from eds_tui.ui import dialogs
from eds_tui.ui.features.decision_text import DecisionTexts
from eds_tui.ui.features.decisions import Decision, Decisions
from eds_tui.ui.features.dialog_draft import DialogDraft
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import in_thread_with_timeout

DRAFT = "handover"
"""What drafts call a note."""


class HandingOver:
    """Asks who gets what is handed over and for the note, and gives one incident after the other.

    Args:
        host: The screen.
        hand_overs: The service.
        triage: Knows who it can be given to.
        account: Who hands over.
        decisions: Carry it out, and say what came of it.
        texts: Ask for the note, and keep it.
    """

    def __init__(
        self,
        *,
        host: Host,
        hand_overs: HandOvers,
        triage: Triage,
        account: Account,
        decisions: Decisions,
        texts: DecisionTexts,
    ) -> None:
        self.host = host
        self._hand_overs = hand_overs
        self._triage = triage
        self._account = account
        self._decisions = decisions
        self._texts = texts

    @task(blocks_input=True)
    async def ask(self, holder: Assignee, ticked: Sequence[IncidentRow]) -> None:
        """Ask who gets the ticked incidents of a pile, or all of it where none is.

        Args:
            holder: Whose pile it is.
            ticked: What is ticked of it.
        """
        rows = tuple(ticked)
        if not rows:
            rows = await in_thread_with_timeout(self._hand_overs.pile, self._account, holder)
        if not rows:
            self.host.say("There is nothing to hand over here.")
            return
        offered = await in_thread_with_timeout(self._triage.assignees, self._account)
        targets = _in_order(offered, holder)
        title = _title(holder, len(rows), is_all=not ticked)

        def answered(answer: tuple[int, str], text: DialogDraft) -> None:
            place, note = answer
            self._give(rows, text, HandOver(
                submission=text.submission.key, source=holder, target=targets[place], note=note,
            ))  # fmt: skip

        names = [each.label for each in targets]
        self._texts.ask(dialogs.HandOverDialog(title, names), DRAFT, (), answered)

    @task()
    async def _give(self, rows: Sequence[IncidentRow], text: DialogDraft, given: HandOver) -> None:
        done: list[bool] = []
        decision = Decision(
            what="Hand over",
            rows=rows,
            decide=lambda row: self._hand_overs.give(self._account, row.number, row.version, given),
            done=f"handed over to {given.target.label}",
            then=lambda: done.append(True),
        )
        # The note is kept with what was given; of what was refused it is asked for again.
        async with self._texts.settling(text) as settled:
            await self._decisions.carry_out(decision).wait()
            settled.made = bool(done)


def _in_order(offered: Sequence[Assignee], holder: Assignee) -> list[Assignee]:
    """Return who may get it, the holder's own team first, and nobody last."""
    others = [each for each in offered if each != holder and each != _NOBODY]
    team = [each for each in others if each.account_id is None and each.team == holder.team]
    rest = [each for each in others if each not in team]
    return [*team, *rest, *([] if holder == _NOBODY else [_NOBODY])]


_NOBODY = Assignee()


def _title(holder: Assignee, count: int, *, is_all: bool) -> str:
    noun = "incident" if count == 1 else "incidents"
    of = "that nobody has" if holder == _NOBODY else f"of {holder.label}"
    return f"Hand over {'all ' if is_all and count > 1 else ''}{count} {noun} {of}: to whom?"
