"""Keeps what is typed in a dialog, puts it back, and asks before it is thrown away (rule 36)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from eds_tui.domain.text import visible
from eds_tui.ui.runtime.background import showing_errors
from eds_tui.ui.textual_ext.typeahead import BLOCKS_INPUT
from eds_tui.ui.widgets.text_box import TextBox

if TYPE_CHECKING:
    from eds_tui.domain.errors import EdsError
    from eds_tui.ui.dialogs.dialog import Dialog

PUT_BACK = "You had typed this before; it was kept. Esc Esc throws it away."
FOR_OTHERS = (
    "You typed this before, for another school than it would go to now. Read it again;"
    " Esc Esc throws it away."
)
_SEND_AGAIN = "It was typed for another school: the same key again sends it."
_AGAIN = "Esc again throws the text away."


class TextKeeper(Protocol):
    """Keeps what is typed in a dialog, until it is sent or thrown away."""

    @property
    def is_for_others(self) -> bool:
        """Whether what was left here was meant for other schools than those that would read it."""

    def watch(self, typed: Callable[[], dict[str, Any]]) -> None:
        """Keep what this returns from now on."""

    def hold(self, values: dict[str, Any]) -> None:
        """Keep these values from now on: the dialog is about to go."""

    async def load(self) -> dict[str, Any]:
        """Return what was left here before, or an empty mapping."""

    async def keep(self) -> str:
        """Save what is typed, and return what the person is to be told, if anything."""


@dataclass(frozen=True, kw_only=True)
class TextFields:
    """What one types in: how its text is read, and put back."""

    written: Callable[[], str]
    """Returns what has been typed."""
    restore: Callable[[Mapping[str, Any]], None]
    """Puts back what ``values`` returned; what has been typed meanwhile stays behind it."""
    choices: Callable[[], dict[str, Any]] = dict
    """Returns what is chosen beside the text, as values that JSON has."""

    def values(self) -> dict[str, Any]:
        """Return what has been typed and chosen; beside a text nothing counts but files."""
        text, choices = self.written(), self.choices()
        return {"text": text, **choices} if text.strip() or choices.get("files") else {}


class DialogText:
    """What is typed in one dialog, which Escape leaves at once only while that is nothing.

    It is kept by the ``keeper`` of the dialog; only what is as quick to type again does without.

    Args:
        dialog: The dialog, which shows what is said of the text.
        fields: What one types in.
        is_quick: Whether it asks for so little that it is not kept.
    """

    def __init__(self, dialog: Dialog[Any], fields: TextFields, *, is_quick: bool = False) -> None:
        self.fields = fields
        self.reply: Callable[[], object] | None = None
        """Puts a canned reply in; put in by who asks for the text, where there are any."""
        self._dialog = dialog
        self._is_quick = is_quick
        self._warned = False
        self._is_held_back = False

    def lines(self) -> ComposeResult:
        """Yield the lines for what is said of what was typed before, and of what is wrong."""
        yield Static("", id="kept", markup=False)
        yield Static("", id="problem", markup=False)

    def begin(self) -> None:
        """Put back what was left here, and keep what is typed from now on."""
        keeper = self._dialog.keeper
        assert keeper is not None or self._is_quick, "What is typed here is kept by nobody."
        if keeper is not None:
            keeper.watch(self.fields.values)
            self._dialog.run_worker(self._put_back(keeper), group=BLOCKS_INPUT)

    async def _put_back(self, keeper: TextKeeper) -> None:
        # Where it can't be read just now it is there the next time.
        async with showing_errors(_to_nobody):
            if values := await keeper.load():
                self.fields.restore(values)
                self._is_held_back = keeper.is_for_others
                self._say_kept(FOR_OTHERS if self._is_held_back else PUT_BACK)

    def tick(self, second: int) -> None:
        """Save what has been typed; called every second."""
        self._dialog.run_worker(self._save(), exclusive=True, group="draft")

    async def _save(self) -> None:
        await self.keep()

    async def keep(self) -> bool:
        """Save what is typed; returns whether nothing of it is lost."""
        keeper = self._dialog.keeper
        kept = keeper is None
        if keeper is not None:
            async with showing_errors(lambda error: self.refuse(error.message)):
                if words := await keeper.keep():
                    self._say_kept(words)
                kept = True
        return kept

    def hold(self) -> None:
        """Keep what is there now: the dialog goes, and that has not led to anything yet."""
        keeper = self._dialog.keeper
        if keeper is not None and self._dialog.is_mounted:
            keeper.hold(self.fields.values())

    def box(self) -> TextBox | None:
        """Return the box of many lines, where there is one."""
        return next(iter(self._dialog.query(TextBox)), None)

    def ask_reply(self) -> None:
        """Ask which canned reply to put in."""
        if self.reply is not None:
            self.reply()

    def _say_kept(self, sentence: str) -> None:
        line = self._dialog.query_one("#kept", Static)
        line.update(Content(visible(sentence)))
        line.display = True

    def say(self, sentence: str) -> None:
        """Say what is understood, or nothing."""
        self._dialog.query_one("#problem", Static).update(Content(visible(sentence)))

    def refuse(self, sentence: str) -> None:
        """Say what is wrong or missing."""
        self.say(f"! {sentence}")

    def changed(self) -> None:
        """Ask again before what is typed now is thrown away."""
        self._warned = False

    def may_send(self) -> bool:
        """Return whether to send; what was typed for another school asks once more (rule 40)."""
        if held_back := self._is_held_back:
            self._is_held_back = False
            self.refuse(_SEND_AGAIN)
        return not held_back

    def may_leave(self) -> bool:
        """Return whether to leave; typed text is thrown away only when that is asked for again."""
        if self._warned or not self.fields.values():
            return True
        self._warned = True
        self.refuse(_AGAIN)
        return False


def in_box(
    box: Callable[[], TextBox],
    *,
    choices: Callable[[], dict[str, Any]] = dict,
    choose: Callable[[Mapping[str, Any]], None] = lambda values: None,
) -> TextFields:
    """Return the fields of a dialog with a box of many lines.

    Args:
        box: Returns the box, once it is there.
        choices: Returns what is chosen beside the text.
        choose: Puts that back.
    """

    def restore(values: Mapping[str, Any]) -> None:
        box().load_text(joined(str(values.get("text", "")), box().text))
        box().move_cursor(box().document.end)
        choose(values)

    return TextFields(written=lambda: box().text, restore=restore, choices=choices)


def joined(left: str, typed: str) -> str:
    """Return what was left with what was typed since behind it."""
    return left if not typed or typed in left else f"{left}\n\n{typed}"


def _to_nobody(error: EdsError) -> None:
    """Show an error to nobody."""
