"""The comment that is being typed: kept while one types, put back at the next visit (rule 36)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eds_tui.domain.clock import Clock
from eds_tui.domain.drafts import MEANT_FOR, box_of, given_back, is_at, unplaced
from eds_tui.domain.file_names import said_with
from eds_tui.domain.incident import ChosenFile
from eds_tui.domain.views import Draft
from eds_tui.ui.commands.everywhere import Unfinished
from eds_tui.ui.features.draft_keeper import DraftKeeper
from eds_tui.ui.features.file_attachments import FileAttachments
from eds_tui.ui.features.host import Host, retrying, task
from eds_tui.ui.features.incident_detail import OpenedIncident
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.features.submission import Submission
from eds_tui.ui.runtime.background import AWAY, showing_errors

if TYPE_CHECKING:
    from eds_tui.ui.widgets.incident_view import IncidentView


@dataclass(frozen=True, slots=True)
class Typed:
    """A comment as it is typed, with what is chosen to go with it."""

    text: str
    caller: str
    """For whom it is."""
    files: tuple[ChosenFile, ...] = ()
    meant_for: int | None = None
    """The row id of the school that it was typed for; ``None`` while that is not known."""

    @property
    def content(self) -> str:
        """What it says, the files by their names: what one key stands for."""
        return said_with(self.text, (file.name for file in self.files))


class CommentDraft:
    """What stands in the box for a comment, for whom it is, and its files.

    Args:
        host: The screen.
        drafts: Where the drafts of the session are kept.
        clock: When something was typed.
        incident: What is commented on.
        view: Has the box.
        attachments: The files that are chosen.
        given: What was typed elsewhere already and belongs into the box.
    """

    def __init__(
        self,
        *,
        host: Host,
        drafts: SessionDrafts,
        clock: Clock,
        incident: OpenedIncident,
        view: IncidentView,
        attachments: FileAttachments,
        given: str,
    ) -> None:
        self.host = host
        self._clock = clock
        self._view = view
        self._attachments = attachments
        self._given = given
        self._first = ""
        self._incident = incident
        self._meant_for: int | None = None
        self._place = box_of("comment", [incident.number])
        self.submission = Submission()
        """Under which it is sent."""
        self.is_loaded = False
        """Whether what was left here is put back, or there was nothing."""
        self._keeper = DraftKeeper(
            drafts=drafts, box=self._place, snapshot=self.snapshot, renewed=self.submission.renew
        )

    def is_of(self, draft: Draft) -> bool:
        """Return whether a draft was typed in this box."""
        return is_at(draft.place, self._place)

    def begin_with(self, draft: Draft) -> None:
        """Put this draft into the box, if it is of this box, before any other that was left."""
        if self.is_of(draft):
            self._first = draft.place

    def typed(self) -> Typed:
        """Return what is typed and chosen."""
        self.note_school()
        view = self._view
        return Typed(view.box.text, view.caller.value, self._attachments.files, self._meant_for)

    def note_school(self) -> None:
        """Take note of whose incident it is while the first of it is typed or chosen (rule 40)."""
        row = self._incident.row
        if not self._view.box.text.strip() and not self._attachments.values():
            self._meant_for = None
        elif self._meant_for is None and row is not None:
            self._meant_for = row.school_id

    def mean_for(self, school_id: int) -> None:
        """Mean what stands here for another school: whoever types has been told which it is."""
        self._meant_for = school_id

    def snapshot(self) -> dict[str, Any]:
        """Return what is typed and under what it is sent, as a draft keeps it."""
        typed, files = self.typed(), self._attachments.values()
        if not typed.text and not files:
            return {}
        values = {"text": typed.text} | files | self.submission.values()
        meant_for = {} if typed.meant_for is None else {MEANT_FOR: typed.meant_for}
        return values | meant_for | ({"caller": typed.caller} if typed.caller else {})

    @task(exclusive=True, group="load draft")
    async def load(self) -> None:
        """Put back what was left here, beside what is typed already."""
        # That the database is away has been told; what is tried again does not say so every time.
        async with retrying(self.host) if self._keeper.is_away else nullcontext():
            draft = await self._keeper.load(self._first)
            left = str(draft.get("text", ""))
            parts = [
                left, *(each for each in (self._given, self._view.box.text) if each not in left)
            ]  # fmt: skip
            self._given = ""
            self._put("\n\n".join(dict.fromkeys(part for part in parts if part)))
            if not self._view.caller.value:
                self._view.caller.value = str(draft.get("caller", ""))
            if draft:
                self.submission.restore(draft)
                self._meant_for = draft.get(MEANT_FOR) or self._meant_for
            if draft.get("files"):
                self._attachments.restore(_paths(draft))
            self.is_loaded = True
            if more := self._keeper.more:
                verb = "waits" if more == 1 else "wait"
                self.host.say(
                    f"{more} more that you typed here {verb}: {Unfinished.key()} shows it."
                )

    @task(blocks_input=True)
    async def go_on_with(self, draft: Draft) -> None:
        """Go on with another comment that was left here; what stands in the box is kept as well."""
        await self._keeper.move_to(draft)
        self.submission.restore(draft.body)
        self._put(str(draft.body.get("text", "")))
        self._view.caller.value = str(draft.body.get("caller", ""))
        self._attachments.restore(_paths(draft.body))
        self._meant_for = draft.body.get(MEANT_FOR)

    def _put(self, text: str) -> None:
        box = self._view.box
        if text != box.text:
            box.load_text(text)
            box.move_cursor(box.document.end)
            box.focus()

    async def keep(self, *, is_sending: Callable[[], bool]) -> bool:
        """Save what is typed; what was left here before is kept beside it until both are joined.

        Args:
            is_sending: Returns whether it waits to be sent: then more has been told already than
                that the database is away.

        Returns:
            Whether nothing of it is lost.
        """
        kept = []
        async with showing_errors(self.host.show_error):
            words = await self._keeper.keep()
            kept.append(words)
            if words and not is_sending():
                self.host.say(words, bad=words is AWAY)
        return bool(kept)

    async def drop(self, sent: Typed) -> None:
        """Forget the draft: it was sent; the box is emptied, unless it was typed on."""
        if self._view.box.text == sent.text:
            self._view.box.clear()
            self._view.thread.focus()
        self._attachments.forget(sent.files)
        await self._keeper.drop()

    def give_back(self) -> bool:
        """Give what is typed back to whoever typed it, where it can't be placed any more.

        Returns:
            Whether there was anything.
        """
        text = self._view.box.text.strip()
        if text:
            draft = unplaced(Draft(place=self._place, body={"text": text}, saved_at=self._clock()))
            self.host.say(given_back(draft), bad=True)
        return bool(text)

    def close(self) -> None:
        """Leave what is typed for the next visit."""
        self._keeper.close()


def _paths(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return where the files of a draft were chosen."""
    return tuple(map(str, body.get("files", ())))
