"""The widgets of one incident: its facts, what was said, and where a comment is typed."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Label, Static

from eds_tui.domain.account import Account, Action
from eds_tui.domain.incident import LONGEST_COMMENT
from eds_tui.domain.lifecycle import TAKES_COMMENTS
from eds_tui.domain.presence import Writer, in_words
from eds_tui.domain.text import visible
from eds_tui.domain.views import IncidentDetail
from eds_tui.ui.presentation.incident_text import facts, thread
from eds_tui.ui.widgets.files_field import FilesField
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.text_box import TextBox


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
        self._others = Static("", id="others", markup=False)
        self._caller_line = Horizontal(id="for")
        self.thread = VerticalScroll(id="thread")
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

    def show(self, detail: IncidentDetail, *, keep_box: bool) -> None:
        """Show an incident.

        Args:
            detail: What is known of it.
            keep_box: Whether the box stays though the incident takes no comments any more.
        """
        self._facts.update(facts(detail, internal=self._account.may(Action.TRIAGE)))
        self._said.update(thread(detail))
        takes = detail.row.state in TAKES_COMMENTS
        self._show_box(takes or keep_box)
        self._caller_line.display = takes and self._account.may(Action.LOG_CALLS)

    def show_instead(self, sentence: str) -> None:
        """Show a sentence where the conversation would be."""
        self._said.update(visible(sentence))

    def show_missing(self, sentence: str) -> None:
        """Show nothing but a sentence: there is no such incident for the reader."""
        self.show_writers(())
        self._facts.update("")
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
