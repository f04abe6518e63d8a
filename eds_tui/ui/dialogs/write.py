"""Writing a text that a decision asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Protocol, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from eds_tui.domain.incident import LONGEST_COMMENT
from eds_tui.domain.text import LONGEST_LINE, one_line, visible
from eds_tui.domain.triage import ResolutionCode
from eds_tui.ui.background import showing_errors
from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.styles import sheets
from eds_tui.ui.textual_ext.typeahead import BLOCKS_INPUT
from eds_tui.ui.widgets.choice_strip import ChoiceStrip, Option
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.text_box import TextBox

Result = TypeVar("Result")


class TextKeeper(Protocol):
    """Keeps what is typed in a dialog, until it is sent or thrown away (rule 36)."""

    def watch(self, typed: Callable[[], dict[str, Any]]) -> None:
        """Keep what this returns from now on."""

    def hold(self, values: dict[str, Any]) -> None:
        """Keep these values from now on: the dialog is about to go."""

    async def load(self) -> dict[str, Any]:
        """Return what was left here before, or an empty mapping."""

    async def keep(self) -> str:
        """Save what is typed, and return what the person is to be told, if anything."""


class CarefulDialog(Dialog[Result]):
    """A dialog that Escape leaves at once only while nothing has been typed in it.

    What is typed is kept by whoever is put into ``keeper``; only what is as quick to type again
    does without.
    """

    keeper: TextKeeper | None = None
    is_quick = False
    """Whether it asks for so little that it is not kept."""
    _warned = False

    def on_mount(self) -> None:
        """Put back what was left here, and keep what is typed from now on."""
        assert self.keeper is not None or self.is_quick, "What is typed here is kept by nobody."
        if self.keeper is not None:
            self.keeper.watch(self._values)
            self._put_back(self.keeper)

    def frame(self) -> ComposeResult:
        """Draw what is said of what was typed before, and of what is wrong."""
        yield Static("", id="kept", markup=False)
        yield Static("", id="problem", markup=False)

    def written(self) -> str:
        """Return what has been typed."""
        raise NotImplementedError

    def values(self) -> dict[str, Any]:
        """Return what has been typed and chosen, as values that JSON has."""
        return {"text": self.written()}

    def restore(self, values: Mapping[str, Any]) -> None:
        """Put back what ``values`` returned; what has been typed meanwhile stays behind it."""
        raise NotImplementedError

    def _values(self) -> dict[str, Any]:
        return self.values() if self.written().strip() else {}

    @work(group=BLOCKS_INPUT)
    async def _put_back(self, keeper: TextKeeper) -> None:
        # Where it can't be read just now it is there the next time.
        async with showing_errors(lambda error: None):
            if values := await keeper.load():
                self.restore(values)
                self._say_kept(PUT_BACK)

    def tick(self, second: int) -> None:
        """Keep what has been typed."""
        self._keep()

    @work(exclusive=True, group="draft")
    async def _keep(self) -> None:
        await self.keep()

    async def keep(self) -> bool:
        """Save what is typed; returns whether nothing of it is lost."""
        kept = self.keeper is None
        if self.keeper is not None:
            async with showing_errors(lambda error: self.tell(error.message)):
                if words := await self.keeper.keep():
                    self._say_kept(words)
                kept = True
        return kept

    def _say_kept(self, sentence: str) -> None:
        line = self.query_one("#kept", Static)
        line.update(Content(visible(sentence)))
        line.display = True

    def tell(self, sentence: str) -> None:
        """Say what is wrong or missing."""
        self.query_one("#problem", Static).update(Content(f"! {visible(sentence)}"))

    @on(TextBox.Changed)
    @on(Input.Changed)
    def more_typed(self) -> None:
        """Ask again before what is typed now is thrown away."""
        self._warned = False

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Go with a result; what was typed stays kept until that has led to something."""
        if self.keeper is not None and self.is_mounted:
            self.keeper.hold(self._values())
        return super().dismiss(result)

    def action_leave(self) -> None:
        """Leave; typed text is thrown away only when Escape is pressed again."""
        if self._warned or not self.written().strip():
            self.dismiss(None)
        else:
            self._warned = True
            self.tell("Esc again throws the text away.")


def joined(left: str, typed: str) -> str:
    """Return what was left with what was typed since behind it."""
    return left if not typed or typed in left else f"{left}\n\n{typed}"


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

    def restore(self, values: Mapping[str, Any]) -> None:
        """Put in what was typed before."""
        self.box().load_text(joined(str(values.get("text", "")), self.box().text))
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
    """

    def __init__(self, title: str, *, longest: int) -> None:
        super().__init__(title, "Ctrl+S Done   Esc Leave it")
        self._longest = longest

    def content(self) -> ComposeResult:
        """Draw the box."""
        yield TextBox(longest=self._longest, id="text")
        yield from self.frame()

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
        quick: Whether it asks for a number or a name, which is not kept.
    """

    def __init__(self, title: str, *, hint: str = "", quick: bool = False) -> None:
        super().__init__(title, "Enter Done   Esc Leave it")
        self._hint = hint
        self.is_quick = quick

    def content(self) -> ComposeResult:
        """Draw the field."""
        yield LineInput(placeholder=self._hint, longest=LONGEST_LINE, id="line")
        yield from self.frame()

    def restore(self, values: Mapping[str, Any]) -> None:
        """Put in what was typed before."""
        field = self.query_one(LineInput)
        field.value = one_line(joined(str(values.get("text", "")), field.value))
        field.cursor_position = len(field.value)

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
    """How it ended, by a digit, and what was done, which the school reads."""

    def __init__(self) -> None:
        super().__init__("Resolved: how did it end?", "Ctrl+S Done   Tab Next   Esc Leave it")

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
        yield from self.frame()

    def values(self) -> dict[str, Any]:
        """Return what was typed, and how it ended where that is chosen."""
        code: ResolutionCode | None = self.query_one("#code", ChoiceStrip).value
        return super().values() | ({"code": code.value} if code else {})

    def restore(self, values: Mapping[str, Any]) -> None:
        """Put in what was typed and chosen before."""
        super().restore(values)
        if values.get("code") in set(ResolutionCode):
            self.query_one("#code", ChoiceStrip).value = ResolutionCode(values["code"])

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


PUT_BACK = "You had typed this before; it was kept. Esc Esc throws it away."
_WHAT_WAS_DONE = "What was done; the school reads it"
