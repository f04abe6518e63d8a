"""Reading an incident into the form that puts it right, keeping what is typed, saving it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from eds_tui.domain.account import Account
from eds_tui.domain.clock import Clock
from eds_tui.domain.correction import NOTHING_CHANGED
from eds_tui.domain.drafts import CORRECTION, box_of
from eds_tui.domain.version_conflict import VersionConflict
from eds_tui.domain.views import Draft, IncidentRow
from eds_tui.services.corrections import Corrections
from eds_tui.services.queue import Queue
from eds_tui.ui import dialogs
from eds_tui.ui.commands.forms import AsItWas
from eds_tui.ui.features.correction_contents import FIELD_NAMES, CorrectionContents
from eds_tui.ui.features.draft_keeper import DraftKeeper
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.features.leaving import Leaving
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.runtime.background import (
    AWAY,
    changing,
    in_thread_with_timeout,
    showing_errors,
)  # fmt: skip

_SCHOOL_FIRST = (
    f"Choose the school: type part of its name, then Enter; or {AsItWas.key()} for all as it was."
)
_PUT_BACK = "What you changed here before is put back."


class CorrectionHost(Host, Protocol):
    """The screen of the form."""

    def dismiss(self, result: IncidentRow | None = None) -> object:
        """Leave the screen, with the incident as it then is."""

    def open_incident(self, number: int) -> None:
        """Show an incident over the form."""

    def shown(self, row: IncidentRow) -> None:
        """Show which incident it is, and who will be told of what."""


@dataclass(frozen=True, kw_only=True)
class CorrectionServices:
    """What the form is given."""

    queue: Queue
    """Reads the incident."""
    corrections: Corrections
    """Puts it right."""
    drafts: SessionDrafts
    """Keeps what is typed."""
    account: Account
    """Who puts it right."""
    clock: Clock


class CorrectionSaving:
    """Saves what was changed over what was seen, and asks where others changed the same.

    Args:
        host: The screen.
        services: What the form is given.
        number: The incident's.
        contents: What stands in the form.
    """

    def __init__(
        self,
        *,
        host: CorrectionHost,
        services: CorrectionServices,
        number: int,
        contents: CorrectionContents,
    ) -> None:
        self.host = host
        self._form: CorrectionHost = host
        self._services = services
        self._number = number
        self._contents = contents
        self._seen = 0
        """The version that was seen when what is typed was begun."""
        self._first = ""
        self._leaving = Leaving(host=host)
        self._keeper = DraftKeeper(
            drafts=services.drafts, box=box_of(CORRECTION, [number]), snapshot=self._snapshot,
            renewed=lambda: None,
        )  # fmt: skip

    def _snapshot(self) -> dict[str, Any]:
        made = self._contents.typed()
        return made | {"seen": self._seen} if made else {}

    @property
    def is_typed_in(self) -> bool:
        """Whether anything reads otherwise than it was read."""
        return bool(self._contents.changed())

    def begin_with(self, draft: Draft) -> None:
        """Put this draft into the form before any other that was left."""
        self._first = draft.place

    @task(blocks_input=True)
    async def begin(self) -> None:
        """Read the incident, and put back what was typed here before."""
        await self._read({}, again=False)
        typed = await self._keeper.load(self._first)
        if typed:
            seen = int(typed.pop("seen", self._seen))
            await self._read(typed, again=True)
            self._seen = seen
            self.host.say(_PUT_BACK)

    async def _read(self, typed: Mapping[str, Any], *, again: bool) -> None:
        services = self._services
        detail = await in_thread_with_timeout(
            services.queue.open, services.account, self._number, again=again
        )
        self._contents.begin(detail, typed)
        self._seen = detail.row.version
        self._form.shown(detail.row)

    @task(blocks_input=True)
    async def as_it_was(self) -> None:
        """Show the incident as it is by now, and forget what was typed."""
        await self._read({}, again=True)
        self._contents.show_problems({})
        await self._keeper.drop()

    def save(self) -> None:
        """Save what was changed."""
        if self._contents.lacks_school:
            self._contents.show_problems({"school": _SCHOOL_FIRST})
        elif self._contents.correction():
            self._save()
        else:
            self.host.say(NOTHING_CHANGED)

    @task(blocks_input=True)
    async def _save(self) -> None:
        services = self._services
        try:
            row = await changing(
                services.corrections.correct,
                services.account, self._number, self._seen, self._contents.correction(),
            )  # fmt: skip
        except VersionConflict as error:
            self._look(error)
            return
        await self._keeper.finish()
        self._form.dismiss(row)

    @task()
    async def _look(self, error: VersionConflict) -> None:
        """Show what others have changed, field by field, and do what is wanted (rule 37)."""
        dialog = dialogs.ConflictDialog(error.message, error.conflict, self._services.clock())
        answer = await self.host.app.push_screen_wait(dialog)
        if answer is dialogs.Answer.MINE:
            self._seen = error.conflict.row.version
            self._save()
        elif answer is dialogs.Answer.THEIRS:
            names = {FIELD_NAMES.get(each.name, "") for each in error.conflict.fields if each.by}
            typed = self._contents.without(self._contents.typed(), names)
            await self._read(typed, again=True)
        elif answer is dialogs.Answer.OPEN:
            self._form.open_incident(self._number)

    def tick(self) -> None:
        """Keep what has been typed."""
        self.host.run_worker(self._keep, group="draft", exclusive=True)

    async def _keep(self) -> None:
        await self.keep()

    async def keep(self) -> bool:
        """Save what is typed as a draft; returns whether nothing of it is lost."""
        kept = []
        async with showing_errors(self.host.show_error):
            words = await self._keeper.keep()
            kept.append(words)
            if words:
                self.host.say(words, bad=words is AWAY)
        return bool(kept)

    @task(exclusive=True, group="leave")
    async def leave(self) -> None:
        """Keep what is typed, and leave the form."""
        if self._leaving.may_leave(kept=await self.keep()):
            self._form.dismiss(None)

    def close(self) -> None:
        """Leave what is typed for the next visit."""
        self._keeper.close()
