"""The draft of a form: kept while one types, offered again, gone on with, thrown away (rule 36)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from eds_tui.domain.clock import full_time
from eds_tui.domain.text import one_line
from eds_tui.domain.views import Draft
from eds_tui.ui import dialogs
from eds_tui.ui.commands.base import Handlers
from eds_tui.ui.commands.forms import EarlierDraft, StartAfresh
from eds_tui.ui.features.cursor_place import cursor_place, go_back_to
from eds_tui.ui.features.draft_keeper import DraftKeeper
from eds_tui.ui.features.form_contents import FormContents
from eds_tui.ui.features.form_host import FormHost
from eds_tui.ui.features.host import task
from eds_tui.ui.features.leaving import Leaving
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.features.submission import Submission
from eds_tui.ui.runtime.background import AWAY, showing_errors

EMPTY = "Started afresh; the form is empty."


class FormDraft:
    """Keeps what is typed in a form, and offers what was left in earlier ones.

    Args:
        host: The screen.
        drafts: Keeps it.
        kind: What the places of such drafts start with: ``call``, ``report``.
        submission: The key under which the form is logged; a new one where another session goes on
            with the same draft.
        contents: What stands in the form.
        is_waiting: Returns whether the form waits for the database, which has been said already.
    """

    def __init__(
        self,
        *,
        host: FormHost,
        drafts: SessionDrafts,
        kind: str,
        submission: Submission,
        contents: FormContents,
        is_waiting: Callable[[], bool],
    ) -> None:
        self.host = host
        self._kind = kind
        self._contents = contents
        self._is_waiting = is_waiting
        self._leaving = Leaving(host=host)
        self._is_kept = True
        self._is_thrown_away = False
        self._begun: Draft | None = None
        place = f"{kind}:{submission.key}"
        self._keeper = DraftKeeper(
            drafts=drafts, box=place, snapshot=self._snapshot, renewed=submission.renew,
            place=place,
        )  # fmt: skip

    def handlers(self) -> Handlers:
        """Return what is done for each command about drafts."""
        return {EarlierDraft: self.choose, StartAfresh: self.start_afresh}

    def _snapshot(self) -> dict[str, Any]:
        # What is being thrown away stands there until the database has forgotten it: it is not to
        # be kept anew meanwhile.
        values = {} if self._is_thrown_away else self._contents.snapshot()
        cursor = cursor_place(self.host)
        return values | {"cursor": cursor} if values and cursor else values

    def begin_with(self, draft: Draft) -> None:
        """Go on with what was left unfinished, as soon as the form is there."""
        self._begun = draft

    def begin(self) -> None:
        """Say when an earlier form was left unfinished, or go on with it."""
        if self._begun is not None:
            self._go_on_with(self._begun)
        else:
            self._offer()

    def close(self) -> None:
        """Leave what is typed for the next visit."""
        self._keeper.close()

    @task()
    async def _offer(self) -> None:
        drafts = await self._keeper.others(self._kind)
        if drafts:
            self.host.say(f"{len(drafts)} unfinished before this one: Ctrl+E goes on with it.")

    @task(blocks_input=True)
    async def choose(self) -> None:
        """Go on with what was left unfinished; what stands here now is kept as well."""
        drafts = await self._keeper.others(self._kind)
        if len(drafts) == 1:
            self._go_on_with(drafts[0])
        elif drafts:
            dialog = dialogs.PickDialog("Go on with which?", [*map(_line, drafts)])
            self.host.app.push_screen(dialog, partial(self._chosen, drafts))
        else:
            self.host.say("Nothing was left unfinished.")

    def _chosen(self, drafts: Sequence[Draft], index: int | None) -> None:
        if index is not None:
            self._go_on_with(drafts[index])

    @task(blocks_input=True)
    async def _go_on_with(self, draft: Draft) -> None:
        await self._keeper.move_to(draft)
        self._contents.restore(draft.body)
        go_back_to(self.host, draft.body.get("cursor"))

    def keep_soon(self) -> None:
        """Keep what has been typed, beside what else goes on, also below the lock screen.

        What ``keep`` does not show itself is left to the error boundary, which shows it in front.
        """
        self.host.run_worker(self._keep, group="draft", exclusive=True)

    async def _keep(self) -> None:
        await self.keep()

    async def keep(self) -> bool:
        """Save what is typed; returns whether nothing of it is lost."""
        self._is_kept = False
        async with showing_errors(self.host.show_error):
            words = await self._keeper.keep()
            if words and not self._is_waiting():
                self.host.say(words, bad=words is AWAY)
            self._is_kept = True
        return self._is_kept

    @task(blocks_input=True, exclusive=True, group="leave")
    async def leave(self) -> None:
        """Keep what is typed, and leave the form."""
        if self._leaving.may_leave(kept=await self.keep()):
            self.host.dismiss(None)

    def start_afresh(self) -> None:
        """Ask, then throw away what is typed."""
        if self._contents.snapshot():
            question = "Throw away all that is typed here?"
            dialog = dialogs.ConfirmDialog(question, yes="Throw it away", no="Keep it")
            self.host.app.push_screen(dialog, self._answered)

    def _answered(self, sure: bool | None) -> None:
        if sure:
            self._throw_away()

    @task()
    async def _throw_away(self) -> None:
        self._is_thrown_away = True
        try:
            await self._keeper.drop()
            self._contents.restore({})
        finally:
            self._is_thrown_away = False
        self._contents.show_problems({})
        self.host.say(EMPTY)

    async def finish(self) -> None:
        """Forget the draft for good: the form is logged."""
        await self._keeper.finish()

    @task()
    async def finish_and_leave(self) -> None:
        """Be done with the form: what was typed has gone elsewhere."""
        await self._keeper.finish()
        self.host.dismiss(None)

    async def hand_on(self, place: str, body: dict[str, Any]) -> None:
        """Leave a draft in another place."""
        await self._keeper.hand_on(place, body)


def _line(draft: Draft) -> str:
    """Return a draft as one line to choose from."""
    about = draft.body.get("school") or draft.body.get("description") or ""
    return one_line(f"{full_time(draft.saved_at)}  {about}")
