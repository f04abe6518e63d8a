"""Dialogs that ask for the text of a decision: many lines, one line, or how it was resolved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from eds_tui.domain.incident import LONGEST_COMMENT
from eds_tui.domain.text import LONGEST_LINE, one_line
from eds_tui.domain.triage import ResolutionCode
from eds_tui.ui.dialogs.dialog import LEAVE_IT, Dialog
from eds_tui.ui.dialogs.dialog_text import DialogText, TextFields, in_box, joined
from eds_tui.ui.styles import sheets
from eds_tui.ui.widgets.buttons import Button
from eds_tui.ui.widgets.choice_strip import ChoiceStrip, Option
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.text_box import TextBox

SENDS: list[BindingType] = [Binding("ctrl+s,f10", "send", show=False, priority=True)]
"""The keys that are done with a dialog whose Enter starts a new line."""
REPLIES: list[BindingType] = [
    Binding("ctrl+y,f2", "reply", show=False, priority=True),
]
"""The keys that put a canned reply into a box."""
DONE = (Button("Done", "send"), Button("Reply", "reply"), LEAVE_IT)
"""The buttons that are."""
_KEYS = "Ctrl+S Done   Ctrl+Y Reply"
LINE_DONE = (Button("Done", "submit"), LEAVE_IT)
"""Those of a dialog with one line."""
TYPE_FIRST = "Type it first, or press Esc."
_WHAT_WAS_DONE = "What was done; the school reads it"


class TextDialog(Dialog[str]):
    """Many lines; Ctrl+S returns them.

    Args:
        title: What is asked for.
        longest: Characters that may be typed.
    """

    CSS_PATH = sheets("dialog", "write")
    BINDINGS: ClassVar[list[BindingType]] = [*SENDS, *REPLIES]
    BUTTONS = DONE

    def __init__(self, title: str, *, longest: int) -> None:
        super().__init__(title, f"{_KEYS}   Esc Leave it")
        self._longest = longest
        self.text: DialogText = DialogText(self, in_box(lambda: self.query_one(TextBox)))

    def content(self) -> ComposeResult:
        """Draw the box."""
        yield TextBox(longest=self._longest, id="text")
        yield from self.text.lines()

    @on(TextBox.Full)
    def full(self, event: TextBox.Full) -> None:
        """Say that not everything fitted."""
        self.text.refuse(event.sentence)

    def action_send(self) -> None:
        """Return the text, if there is one."""
        text = self.text.fields.written()
        if not text.strip():
            self.text.refuse(TYPE_FIRST)
        elif self.text.may_send():
            self.dismiss(text)

    def action_reply(self) -> None:
        """Put a canned reply in."""
        self.text.ask_reply()


Judge = Callable[[str], tuple[bool, str]]
"""Returns whether a text will do, and what is said about it."""


def _anything(text: str) -> tuple[bool, str]:
    return bool(text.strip()), "" if text.strip() else TYPE_FIRST


class LineQuestion:
    """A field of one line: what is typed in it is judged while one types, and when one is done.

    Args:
        dialog: Asks for it.
        hint: Said in the empty field.
        quick: Whether it asks for a number or a name, which is not kept.
        judge: Judges what is typed.
        value: What stands in the field at first; while it does, nothing has been typed.
    """

    def __init__(
        self,
        dialog: Dialog[str],
        *,
        hint: str,
        quick: bool = False,
        judge: Judge = _anything,
        value: str = "",
    ) -> None:
        self._dialog = dialog
        self._hint = hint
        self._judge = judge
        self._value = one_line(value)
        fields = TextFields(written=self._written, restore=self._restore)
        self.text = DialogText(dialog, fields, is_quick=quick)

    @property
    def _field(self) -> LineInput:
        return self._dialog.query_one(LineInput)

    def content(self) -> ComposeResult:
        """Draw the field, and the lines below it."""
        yield LineInput(self._value, placeholder=self._hint, longest=LONGEST_LINE, id="line")
        yield from self.text.lines()

    def _written(self) -> str:
        typed = self._field.value
        return "" if typed == self._value else typed

    def _restore(self, values: Mapping[str, Any]) -> None:
        field = self._field
        field.value = one_line(joined(str(values.get("text", "")), self._written()))
        field.cursor_position = len(field.value)

    def changed(self, text: str) -> None:
        """Say what is understood of what is typed so far."""
        self._say(*(self._judge(text) if text.strip() else (True, "")))

    def done(self, text: str) -> None:
        """Return the text, or say what is wrong with it."""
        good, words = self._judge(text)
        if good:
            self._dialog.dismiss(text)
        else:
            self._say(good, words)

    def _say(self, good: bool, words: str) -> None:
        if good or not words:
            self.text.say(words)
        else:
            self.text.refuse(words)


class LineDialog(Dialog[str]):
    """One line; Enter returns it.

    Args:
        title: What is asked for.
        hint: Said in the empty field.
        quick: Whether it asks for a number or a name, which is not kept.
        judge: Says what is wrong with what is typed, while one types; it has to be something.
        value: What is typed anew: the line holds it at first.
    """

    BUTTONS = LINE_DONE

    def __init__(
        self,
        title: str,
        *,
        hint: str = "",
        quick: bool = False,
        judge: Judge = _anything,
        value: str = "",
    ) -> None:
        super().__init__(title, "Enter Done   Esc Leave it")
        self._question = LineQuestion(self, hint=hint, quick=quick, judge=judge, value=value)
        self.text = self._question.text

    def content(self) -> ComposeResult:
        """Draw the field."""
        return self._question.content()

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Say what is understood."""
        self._question.changed(event.value)

    @on(Input.Submitted)
    def done(self, event: Input.Submitted) -> None:
        """Return the text, or say what is wrong with it."""
        self._question.done(event.value)


class ResolveDialog(Dialog[tuple[ResolutionCode, str]]):
    """How it ended, by a digit, and what was done, which the school reads."""

    CSS_PATH = sheets("dialog", "write")
    BINDINGS: ClassVar[list[BindingType]] = [*SENDS, *REPLIES]
    BUTTONS = DONE

    def __init__(self) -> None:
        super().__init__("Resolved: how did it end?", f"{_KEYS}   Tab Next   Esc Leave it")
        codes = [code for code in ResolutionCode if code is not ResolutionCode.DUPLICATE]
        options: list[Option[ResolutionCode]] = [
            Option(code, str(n), f"{n} {code.label}") for n, code in enumerate(codes, 1)
        ]
        self._code = ChoiceStrip[ResolutionCode](options, id="code")
        self._box = TextBox(longest=LONGEST_COMMENT, placeholder=_WHAT_WAS_DONE, id="text")
        self._code.next = self._box
        self._sentence = ""
        fields = in_box(lambda: self._box, choices=self._chosen, choose=self._choose)
        self.text: DialogText = DialogText(self, fields)

    def content(self) -> ComposeResult:
        """Draw the choice and the box."""
        yield self._code
        yield self._box
        yield from self.text.lines()

    def _chosen(self) -> dict[str, Any]:
        return {"code": self._code.value.value} if self._code.value else {}

    def _choose(self, values: Mapping[str, Any]) -> None:
        if values.get("code") in set(ResolutionCode):
            self._code.value = ResolutionCode(values["code"])

    @on(TextBox.Full)
    def full(self, event: TextBox.Full) -> None:
        """Say that not everything fitted."""
        self.text.refuse(event.sentence)

    @on(ChoiceStrip.Changed)
    def chosen(self) -> None:
        """Say what the school reads where nothing is typed."""
        sentence = self._code.value.sentence if self._code.value else ""
        if sentence != self._sentence:
            self._sentence = sentence
            self.text.say(f"With nothing typed it reads: {sentence}" if sentence else "")

    def action_send(self) -> None:
        """Return both, or say what is missing."""
        code, text = self._code.value, self._box.text
        if code is None:
            self.text.refuse("Choose how it ended.")
            self._code.focus()
        elif not text.strip() and code.sentence:
            self.dismiss((code, code.sentence))
        elif not text.strip():
            self.text.refuse("Type what was done.")
            self._box.focus()
        elif self.text.may_send():
            self.dismiss((code, text))

    def action_reply(self) -> None:
        """Put a canned reply in."""
        self.text.ask_reply()
