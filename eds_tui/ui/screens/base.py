"""What every screen has: a heading, something to say, a row of keys, and help."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.events import Key, Paste
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker

from eds_tui.domain.errors import EdsError, ShutOut, is_of_outage
from eds_tui.ui.commands.base import Command, Handlers
from eds_tui.ui.commands.everywhere import Back, Help, NextCall
from eds_tui.ui.features.help_palette import Helped, HelpPalette
from eds_tui.ui.features.host import Host
from eds_tui.ui.runtime.background import AWAY
from eds_tui.ui.textual_ext.compositor import draw_by_rows, forget_drawn_widgets
from eds_tui.ui.widgets.bars import Heading, KeyBar
from eds_tui.ui.widgets.line_input import NOT_PASTED, LineInput

if TYPE_CHECKING:
    from eds_tui.domain.remote_changes import RemoteChanges
    from eds_tui.ui.commands.chord import Chord
    from eds_tui.ui.features.shared_incident import SharedIncident

Result = TypeVar("Result")


class BaseScreen(Screen[Result]):
    """A screen one lives in, with its frame. The body is what each screen adds."""

    COMMANDS_HERE: ClassVar[tuple[type[Command], ...]] = ()
    """What can be done here, the most wanted first and the help last."""
    IS_TYPED_IN: ClassVar[bool] = False
    """Whether it has a field for text, in which a letter is no command."""
    NAME: ClassVar[str] = ""
    """What the help calls the screen."""
    KEYS_OF_WIDGETS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Keys that the parts of the screen answer by themselves, and what they do, for the help."""
    ESCAPE_TO_MINIMIZE = False
    chord: Chord | None = None
    """What has been asked and the next key answers."""
    _question = ""

    def __init__(self) -> None:
        super().__init__()
        self.host: Host = self
        self.help = HelpPalette(
            host=self,
            helped=Helped(
                name=self.NAME,
                commands=self.commands,
                works_now=self.works_now,
                keys_of_widgets=self.keys_of_widgets,
                do=self.run_action,
            ),
        )
        """Shows what the keys do here."""
        self._handlers: dict[str, Callable[[], object]] | None = None
        draw_by_rows(self)

    def compose(self) -> ComposeResult:
        """Put the frame around the body."""
        yield Heading(self.NAME)
        yield from self.body()
        bar = KeyBar()
        bar.offer(self.offered(), self.buttons())
        yield bar

    def commands(self) -> tuple[type[Command], ...]:
        """Return what this person can do here."""
        return self.COMMANDS_HERE

    def keys_of_widgets(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that the parts of the screen answer for this person."""
        return self.KEYS_OF_WIDGETS

    def works_now(self, command: type[Command]) -> bool:
        """Return whether a command does something with what is shown just now."""
        return True

    def offered(self) -> tuple[type[Command], ...]:
        """Return what the row of keys tells: what works just now."""
        return tuple(each for each in self.commands() if each.shown and self.works_now(each))

    def buttons(self) -> tuple[type[Command], ...]:
        """Return what is done by buttons: where one types, all that no plain key does."""
        if not self.IS_TYPED_IN:
            return ()
        return tuple(
            each for each in self.commands() if each.needs_button() and self.works_now(each)
        )

    def offer_commands(self) -> None:
        """Show the keys of what works by now."""
        self.notice.offer(self.offered(), self.buttons())

    def on_unmount(self) -> None:
        """Let go of the widgets that were drawn here."""
        forget_drawn_widgets()

    def handlers(self) -> Handlers:
        """Return what the commands do here that only this screen has."""
        return {}

    def all_handlers(self) -> Handlers:
        """Return what each command does; ``COMMANDS_HERE`` says which there are."""
        return {Help: self.help.show, Back: self.go_back, **self.handlers()}

    async def action_perform(self, name: str) -> None:
        """Do what a command of this screen stands for."""
        if self._handlers is None:
            self._handlers = {each.command_name(): do for each, do in self.all_handlers().items()}
        done = self._handlers[name]()
        if isawaitable(done):
            await done

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keep keys of this screen without effect for whoever has no such command."""
        missing = set(self.COMMANDS_HERE) - set(self.commands())
        return action != "perform" or parameters[0] not in {
            command.command_name() for command in missing
        }

    def body(self) -> ComposeResult:
        """Yield what the screen is for."""
        return ()

    @property
    def heading(self) -> Heading:
        """The top line."""
        return self.query_one(Heading)

    @property
    def notice(self) -> KeyBar:
        """What the screen has to say."""
        return self.query_one(KeyBar)

    def ask(self, chord: Chord) -> None:
        """Ask something that the next key answers."""
        self.chord = chord
        self.notice.say(chord.prompt)
        self._question = self.notice.text

    def take_key(self, event: Key) -> bool:
        """Let a key answer what has been asked; returns whether it was meant for that."""
        chord, self.chord = self.chord, None
        if chord is None:
            return False
        if event.key == NextCall.keys:
            self.notice.hush()
            return False
        if answer := chord.answer(event.character):
            answer()
        else:
            self.notice.hush()
        return True

    def on_screen_suspend(self) -> None:
        """Take the question off when its answer has brought up a dialog."""
        if self._question and self.notice.text == self._question:
            self.notice.hush()

    def say(self, text: str, *, bad: bool = False) -> None:
        """Show a sentence until the next key, marked where it says that something failed."""
        self.notice.say(text, bad=bad, of_outage=text == AWAY)

    @property
    def is_in_front(self) -> bool:
        """Whether nothing lies over the screen, as a dialog does (``is_current`` ignores that)."""
        return self.app.screen is self

    @property
    def is_last(self) -> bool:
        """Whether it is looked at, though a dialog may lie over it: no other screen does.

        A list below an open incident stays as it is, to be gone along (rule 48).
        """
        stack = self.app.screen_stack
        above = stack[stack.index(self) + 1 :] if self in stack else stack
        return self.is_current and not any(isinstance(each, BaseScreen) for each in above)

    def on_paste(self, event: Paste) -> None:
        """Say that a paste went nowhere: no field has taken it."""
        self.say(NOT_PASTED, bad=True)

    def on_line_input_full(self, event: LineInput.Full) -> None:
        """Say what a line did not take."""
        self.say(event.sentence, bad=True)

    def refuse(self, error: EdsError) -> None:
        """Tell the person what was not done, and why."""
        self.notice.say(error.message, bad=True, of_outage=is_of_outage(error))

    class ShownOut(Message):
        """The account that is signed in has been disabled.

        Args:
            error: Says so.
        """

        def __init__(self, error: ShutOut) -> None:
            super().__init__()
            self.error = error

    def show_error(self, error: EdsError) -> None:
        """Show why something was not done; a disabled account is shown out."""
        if isinstance(error, ShutOut):
            self.post_message(self.ShownOut(error))
        else:
            self.refuse(error)

    def tick(self, second: int) -> None:
        """Do what is to be done as time goes by (``KeepsText``)."""

    async def keep(self) -> bool:
        """Return whether nothing that is typed here is lost (``KeepsText``)."""
        return True

    def refresh_after(self, changes: RemoteChanges) -> Worker[None] | None:
        """Read again what is shown here, where others may have changed it; a dialog may be open.

        Returns:
            What reads, if anything does: nothing more is told before it is done, so that a slow
            reading is never given up for the next.
        """
        return None

    @property
    def shared_incident(self) -> SharedIncident | None:
        """The incident that is shown or decided about here, on which others may be writing."""
        return None

    def go_back(self) -> None:
        """Leave the screen."""
        self.dismiss(None)
