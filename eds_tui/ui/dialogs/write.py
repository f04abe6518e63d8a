"""Writing a text that a decision asks for."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from eds_tui.domain.incident import LONGEST_COMMENT
from eds_tui.domain.text import LONGEST_LINE, visible
from eds_tui.domain.triage import ResolutionCode
from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.styles import sheets
from eds_tui.ui.widgets.choice_strip import ChoiceStrip, Option
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.text_box import TextBox

Result = TypeVar("Result")


class CarefulDialog(Dialog[Result]):
    """A dialog that Escape leaves at once only while nothing has been typed in it."""

    _warned = False

    def written(self) -> str:
        """Return what has been typed."""
        raise NotImplementedError

    def tell(self, sentence: str) -> None:
        """Say what is wrong or missing."""
        self.query_one("#problem", Static).update(Content(f"! {visible(sentence)}"))

    @on(TextBox.Changed)
    @on(Input.Changed)
    def more_typed(self) -> None:
        """Ask again before what is typed now is thrown away."""
        self._warned = False

    def action_leave(self) -> None:
        """Leave; typed text is thrown away only when Escape is pressed again."""
        if self._warned or not self.written().strip():
            self.dismiss(None)
        else:
            self._warned = True
            self.tell("Esc again throws the text away.")


class WritingDialog(CarefulDialog[Result]):
    """A dialog with a box to write in."""

    CSS_PATH = sheets("dialog", "write")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f10", "send", show=False, priority=True)
    ]

    def box(self) -> TextBox:
        """Return the box."""
        return self.query_one(TextBox)

    def written(self) -> str:
        """Return what is in the box."""
        return self.box().text

    def put(self, text: str) -> None:
        """Put in what was typed before."""
        self.box().load_text(text)
        self.box().move_cursor(self.box().document.end)

    @on(TextBox.Full)
    def full(self, event: TextBox.Full) -> None:
        """Say that not everything fitted."""
        self.tell(event.sentence)

    def action_send(self) -> None:
        """Return what was written."""
        raise NotImplementedError


class TextDialog(WritingDialog[str]):
    """Many lines; Ctrl+S returns them.

    Args:
        title: What is asked for.
        longest: Characters that may be typed.
        text: What stands in the box to begin with.
    """

    def __init__(self, title: str, *, longest: int, text: str = "") -> None:
        super().__init__(title, "Ctrl+S Done   Esc Leave it")
        self._longest = longest
        self._text = text

    def content(self) -> ComposeResult:
        """Draw the box."""
        yield TextBox(longest=self._longest, id="text")
        yield Static("", id="problem", markup=False)

    def on_mount(self) -> None:
        """Put in what there is to begin with."""
        self.put(self._text)

    def action_send(self) -> None:
        """Return the text, if there is one."""
        text = self.box().text
        if text.strip():
            self.dismiss(text)
        else:
            self.tell("Type it first, or press Esc.")


class LineDialog(CarefulDialog[str]):
    """One line; Enter returns it.

    Args:
        title: What is asked for.
        hint: Said in the empty field.
        text: What stands in it to begin with.
    """

    def __init__(self, title: str, *, hint: str = "", text: str = "") -> None:
        super().__init__(title, "Enter Done   Esc Leave it")
        self._hint = hint
        self._text = text

    def content(self) -> ComposeResult:
        """Draw the field."""
        yield LineInput(self._text, placeholder=self._hint, longest=LONGEST_LINE, id="line")
        yield Static("", id="problem", markup=False)

    def written(self) -> str:
        """Return what is in the field."""
        return self.query_one(LineInput).value

    def judge(self, text: str) -> tuple[bool, str]:
        """Return whether the text will do, and what is said about it."""
        return bool(text.strip()), "" if text.strip() else "Type it first, or press Esc."

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Say what is understood."""
        good, words = self.judge(event.value) if event.value.strip() else (True, "")
        self._say(good, words)

    @on(Input.Submitted)
    def done(self, event: Input.Submitted) -> None:
        """Return the text, or say what is wrong with it."""
        good, words = self.judge(event.value)
        if good:
            self.dismiss(event.value)
        else:
            self._say(good, words)

    def _say(self, good: bool, words: str) -> None:
        mark = "" if good else "! "
        self.query_one("#problem", Static).update(
            Content(visible(f"{mark}{words}" if words else ""))
        )


class ResolveDialog(WritingDialog[tuple[ResolutionCode, str]]):
    """How it ended, by a digit, and what was done, which the school reads.

    Args:
        text: What was typed before.
    """

    def __init__(self, text: str = "") -> None:
        super().__init__("Resolved: how did it end?", "Ctrl+S Done   Tab Next   Esc Leave it")
        self._text = text

    def on_mount(self) -> None:
        """Put in what there is to begin with."""
        self.put(self._text)

    def content(self) -> ComposeResult:
        """Draw the choice and the box."""
        codes = [code for code in ResolutionCode if code is not ResolutionCode.DUPLICATE]
        options: list[Option[ResolutionCode]] = [
            Option(code, str(n), f"{n} {code.label}") for n, code in enumerate(codes, 1)
        ]
        box = TextBox(longest=LONGEST_COMMENT, placeholder=_WHAT_WAS_DONE, id="text")
        strip = ChoiceStrip[ResolutionCode](options, id="code")
        strip.next = box
        yield strip
        yield box
        yield Static("", id="problem", markup=False)

    def action_send(self) -> None:
        """Return both, or say what is missing."""
        code: ResolutionCode | None = self.query_one("#code", ChoiceStrip).value
        text = self.box().text
        if code is None:
            self.tell("Choose how it ended.")
            self.query_one("#code").focus()
        elif not text.strip():
            self.tell("Type what was done.")
            self.box().focus()
        else:
            self.dismiss((code, text))


_WHAT_WAS_DONE = "What was done; the school reads it"
