"""The widgets of one incident: its facts, what was said, and where a comment is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Label, Static

from eds_tui.domain.account import Account, Action
from eds_tui.domain.incident import LONGEST_COMMENT
from eds_tui.domain.incident_detail import IncidentDetail
from eds_tui.domain.lifecycle import TAKES_COMMENTS
from eds_tui.domain.presence import Writer, in_words
from eds_tui.domain.text import visible
from eds_tui.domain.unread import News
from eds_tui.domain.when import new_since
from eds_tui.ui.presentation.incident_text import facts, thread
from eds_tui.ui.widgets.files_field import FilesField
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.text_box import TextBox

_SCROLLING = frozenset({"up", "down", "pageup", "pagedown", "home", "end"})


class Thread(VerticalScroll):
    """What was said, which is scrolled; whoever wants to know of that is told."""

    moved: Callable[[], object] | None = None
    """Called whenever another part of it has come into sight."""
    eye_on: Widget | None = None
    """What stays in sight whatever size it gets, until somebody scrolls."""

    def look_at(self, part: Widget) -> None:
        """Put the eye on a part, its first line at the top where there is so much below it."""
        self.eye_on = part
        self.scroll_to_widget(part, animate=False, top=True, force=True)

    def on_key(self, event: Key) -> None:
        """Leave the eye to whoever scrolls."""
        if event.key in _SCROLLING:
            self.eye_on = None

    def on_resize(self) -> None:
        """Keep in sight what the eye is on."""
        if self.eye_on is not None:
            self.call_after_refresh(self.look_at, self.eye_on)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell that another part is in sight."""
        super().watch_scroll_y(old_value, new_value)
        if self.moved is not None:
            self.moved()

    @property
    def is_at_end(self) -> bool:
        """Whether its last line is in sight."""
        return self.scroll_offset.y >= self.max_scroll_y


class IncidentView:
    """Shows one incident in widgets that its screen mounts.

    Args:
        account: Who reads: a school sees less, and types no caller.
        caller: For whom a comment is typed, to begin with.
    """

    def __init__(self, *, account: Account, caller: str) -> None:
        self._account = account
        self._facts = Static("", id="facts", markup=False)
        self._said = Static("", id="said", markup=False)
        self._new = Static("", id="new", markup=False)
        self._others = Static("", id="others", markup=False)
        self._caller_line = Horizontal(id="for")
        self.thread = Thread(id="thread")
        """The description and the comments, which are scrolled."""
        self.caller = LineInput(caller, placeholder="empty: your own", id="caller")
        """For whom a comment is, when it is taken on the telephone (rule 29)."""
        self.chosen = FilesField()
        """The files that are chosen to go with a comment (rule 50)."""
        self.box = TextBox(longest=LONGEST_COMMENT, placeholder="c Write a comment", id="box")
        """Where a comment is typed."""

    def compose(self) -> ComposeResult:
        """Lay out the facts, the conversation and the box."""
        yield self._facts
        with self.thread:
            yield self._said
            yield self._new
        with self._caller_line:
            yield Label("Comment for caller ", markup=False)
            yield self.caller
        yield self._others
        yield self.chosen
        yield self.box

    def begin(self, *, write: bool) -> None:
        """Focus the conversation, or the box; nothing is known of the incident yet."""
        self._caller_line.display = self._account.may(Action.LOG_CALLS)
        self.show_writers(())
        (self.box if write else self.thread).focus()

    def show(self, detail: IncidentDetail, *, keep_box: bool, news: News | None = None) -> None:
        """Show an incident.

        Args:
            detail: What is known of it.
            keep_box: Whether the box stays though the incident takes no comments any more.
            news: What is or was new when the screen came up; a line stands before it (rule 48).
        """
        self._facts.update(facts(detail, internal=self._account.may(Action.TRIAGE)))
        said, new = thread(detail, news.first if news else None)
        self._said.update(said)
        self._new.display = bool(new) and news is not None
        if news is not None:
            line = Content.styled(new_since(news.since, detail.row.as_of), "bold")
            self._new.update(Content("\n").join([line, new]))
        takes = detail.row.state in TAKES_COMMENTS
        self._show_box(takes or keep_box)
        self._caller_line.display = takes and self._account.may(Action.LOG_CALLS)

    @property
    def is_new_in_sight(self) -> bool:
        """Whether the line before what is new is seen, or nothing that was said is new."""
        if not self._new.display:
            return True
        top = self._new.virtual_region.y - self.thread.scroll_offset.y
        return 0 <= top < self.thread.scrollable_content_region.height

    def go_to_new(self) -> None:
        """Put the eye on what is new: its line at the top, where there is so much below it."""
        if self._new.display:
            self.thread.look_at(self._new)

    def show_instead(self, sentence: str) -> None:
        """Show a sentence where the conversation would be."""
        self._said.update(visible(sentence))

    def show_missing(self, sentence: str) -> None:
        """Show nothing but a sentence: there is no such incident for the reader."""
        self.show_writers(())
        self._facts.update("")
        self._new.display = False
        self.show_instead(sentence)
        self._caller_line.display = False
        self._show_box(False)

    def _show_box(self, is_there: bool) -> None:
        self.box.display = is_there
        self.chosen.set_class(not is_there, "-closed")

    def show_writers(self, writers: Sequence[Writer]) -> None:
        """Show who else is writing, over the box; without anybody that line is not there."""
        words = in_words(writers, at_service_centre=self._account.role.is_service_centre)
        if words != str(self._others.content) or self._others.display != bool(words):
            self._others.update(words)
            self._others.display = bool(words)
