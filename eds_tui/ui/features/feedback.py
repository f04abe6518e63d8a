"""Rating how a closed incident was handled, once (rule 14)."""

from __future__ import annotations

from eds_tui.domain.account import Account, Action
from eds_tui.domain.drafts import FEEDBACK
from eds_tui.domain.errors import Conflict
from eds_tui.domain.lifecycle import State
from eds_tui.domain.views import IncidentRow
from eds_tui.services.conversation import Conversation
from eds_tui.ui import dialogs
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.everywhere import Unfinished
from eds_tui.ui.commands.incidents import Rate
from eds_tui.ui.features.decision_text import DecisionTexts
from eds_tui.ui.features.dialog_draft import DialogDraft, settling
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.features.incident_detail import OpenedIncident
from eds_tui.ui.runtime.background import changing

_WORDS_ARE_KEPT = f"Your words were not added; they are kept: {Unfinished.key()} shows them."


class FeedbackForm:
    """Asks for a rating of one incident, and stores it.

    Args:
        host: The screen.
        conversation: Takes the rating.
        account: Who rates.
        incident: What is rated.
        texts: Asks for the rating, and keeps its words meanwhile.
    """

    def __init__(
        self,
        *,
        host: Host,
        conversation: Conversation,
        account: Account,
        incident: OpenedIncident,
        texts: DecisionTexts,
    ) -> None:
        self.host = host
        self._conversation = conversation
        self._account = account
        self._incident = incident
        self._texts = texts

    def handlers(self) -> Handlers:
        """Return what is done for the command."""
        return {Rate: self.ask}

    def ask(self) -> None:
        """Ask for a rating, where one can be given."""
        detail = self._incident.detail
        if detail is None or not self._account.may(Action.RATE_INCIDENTS):
            return
        if detail.row.state is not State.CLOSED:
            self.host.say("Feedback can be given when the incident is closed.")
        elif detail.feedback is not None:
            self.host.say("This incident has been rated already; thank you.")
        else:
            row = detail.row
            self._texts.ask(
                dialogs.RateDialog(),
                FEEDBACK,
                (row,),
                lambda rating, text: self._rate(row, rating, text),
            )

    @task()
    async def _rate(self, row: IncidentRow, rating: dialogs.Rating, text: DialogDraft) -> None:
        async with settling(text, self.host) as settled:
            try:
                await changing(
                    self._conversation.rate, self._account, row.number, rating.stars, rating.words
                )
            except Conflict as error:
                self._incident.read_again()
                settled.made = not rating.words.strip()
                if settled.made:
                    raise
                raise Conflict(f"{error.message} {_WORDS_ARE_KEPT}") from error
            settled.made = True
            self.host.say("Thank you for your feedback.")
            self._incident.read_again()
