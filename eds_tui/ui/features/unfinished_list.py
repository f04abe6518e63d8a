"""All that somebody has typed and not sent, as a list to choose from (rule 36)."""

from __future__ import annotations

from eds_tui.domain.clock import full_time
from eds_tui.domain.drafts import in_words, is_unplaced, number_of, text_of
from eds_tui.domain.text import one_line
from eds_tui.domain.views import Draft
from eds_tui.ui import dialogs
from eds_tui.ui.features.host import Host
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.presentation.draft_text import going_on, is_gone_on_with
from eds_tui.ui.runtime.background import in_thread_with_timeout

NOTHING = "Nothing was left unfinished."
_TITLE = "What you typed and did not send"
_ELSEWHERE = "It is open in another session of yours, and stays there."
_THROWN_AWAY = "Thrown away."


class UnfinishedList:
    """Shows what was left, and lets it be read, gone on with or thrown away.

    Args:
        host: The screen.
        drafts: What was left.
    """

    def __init__(self, *, host: Host, drafts: SessionDrafts) -> None:
        self.host = host
        self._drafts = drafts

    async def choose(self, number: int | None = None) -> Draft | None:
        """Let the person choose, and return what is to be gone on with, if anything.

        Args:
            number: The incident that it is to be about; ``None`` for all there is.

        Raises:
            Unavailable: It can't be read just now.
        """
        drafts = await in_thread_with_timeout(self._drafts.under, "")
        if number is not None:
            drafts = [draft for draft in drafts if number_of(draft.place) == number]
        if not drafts:
            self.host.say(NOTHING)
            return None
        chosen: int | None = 0
        if len(drafts) > 1:
            chosen = await self.host.app.push_screen_wait(
                dialogs.PickDialog(_TITLE, [*map(_line, drafts)])
            )
        return None if chosen is None else await self._shown(drafts[chosen])

    async def _shown(self, draft: Draft) -> Draft | None:
        """Show the words of a draft; returns it where it is to be gone on with."""
        if draft.is_elsewhere:
            self.host.say(_ELSEWHERE)
            return None
        title = "It could not be placed" if is_unplaced(draft.place) else in_words(draft)
        dialog = dialogs.UnsentTextDialog(
            title[:1].upper() + title[1:],
            text_of(draft) or "Nothing but choices and numbers.",
            go_on="Go on with it" if is_gone_on_with(draft) else "",
            said=going_on(draft),
        )
        choice = await self.host.app.push_screen_wait(dialog)
        if choice is dialogs.Choice.THROW_AWAY and await self._sure():
            await in_thread_with_timeout(self._drafts.drop, draft.place)
            self.host.say(_THROWN_AWAY)
        return draft if choice is dialogs.Choice.GO_ON else None

    async def _sure(self) -> bool:
        question = "Throw these words away?"
        dialog = dialogs.ConfirmDialog(question, yes="Throw them away", no="Keep them")
        sure: bool | None = await self.host.app.push_screen_wait(dialog)
        return bool(sure)


def _line(draft: Draft) -> str:
    where = " (open in another session)" if draft.is_elsewhere else ""
    return one_line(f"{full_time(draft.saved_at)}  {in_words(draft)}{where}: {text_of(draft)}")
