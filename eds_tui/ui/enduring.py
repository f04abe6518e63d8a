"""Going on after an error that nobody foresaw, wherever in the running program it happens.

Textual ends the program, and a part of the screen of which a handler has failed takes no messages
any more. Here a failed handler is told like a failed call. What has not come up is taken away, so
that nobody sits before a screen that is deaf. This uses private parts of Textual, which is pinned;
``tests/ui/test_unforeseen.py`` keeps it honest.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from functools import partial
from typing import Any
from weakref import WeakSet

from textual._context import active_message_pump
from textual.dom import DOMNode, NoScreen
from textual.events import Compose, Mount
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import WorkerFailed

from eds_tui.domain.errors import EdsError
from eds_tui.host.terminals import MODERN, Kind
from eds_tui.ui.background import STILL_HERE, unforeseen
from eds_tui.ui.ending import Ending
from eds_tui.ui.keeping import Keeping
from eds_tui.ui.textual_ext.typeahead import HOLD

_CLOSED = "What was open there has been closed; what you typed is kept."
_CLOSED_AND_LOST = "What was open there has been closed; what you typed there could not be kept."
_SIGNED_OUT = "You were signed out. What was typed is kept and offered at the next sign-in."
_SIGNED_OUT_AND_LOST = "You were signed out. What was typed could not be kept."
_log = logging.getLogger(__name__)


class Enduring(Ending):
    """A program that goes on after an error where that is safe, and else ends.

    Args:
        theme: The name of its theme.
        kind: What the terminal can show.
    """

    def __init__(self, theme: str, kind: Kind = MODERN) -> None:
        super().__init__(theme, kind)
        self._endures = False
        self._failed: WeakSet[Screen[Any]] = WeakSet()

    def endure(self) -> None:
        """Go on after errors from now on: there is something to sit at."""
        self._endures = True
        asyncio.get_running_loop().set_exception_handler(self._failed_unseen)

    async def end_session(self, error: EdsError) -> None:
        """Show the sign-in, and say why there."""
        raise NotImplementedError

    async def give_up_session(self, error: Exception) -> None:
        """End a session that can't go on as it should, because of an error."""
        then = _SIGNED_OUT if await self.keep_all() else _SIGNED_OUT_AND_LOST
        await self.end_session(EdsError(unforeseen(self.faults.refer(error), then)))

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            self._meet(error, message)

    def _register_child(
        self, parent: DOMNode, child: Widget, before: int | None, after: int | None
    ) -> None:
        """Have every part of every screen outlive its handlers, from its first message on."""
        super()._register_child(parent, child, before, after)
        vars(child)["_dispatch_message"] = partial(self._dispatched, child)

    async def _dispatched(self, node: Widget, message: Message) -> None:
        try:
            await type(node)._dispatch_message(node, message)
        except Exception as error:
            self._meet(error, message)

    def _meet(self, error: Exception, message: Message) -> None:
        if not self._endures or isinstance(message, Compose | Mount):
            raise error
        self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        """Tell of an error, wherever it comes from, and go on; end where that is not safe."""
        ends = self._exit or not self.is_running
        if ends and isinstance(error, WorkerFailed):
            # The parts that it was about have gone already.
            self.faults.refer(error)
            return
        if not self._endures or ends or self._stops:
            self.end_with(error)
            return
        screen = _coming_up()
        if screen in self._failed:
            # It follows from what has been told, and the screen is about to go.
            return
        reference = self.faults.refer(error)
        if self.faults.are_too_many:
            self.end_with(error)
        elif screen is not None:
            if not screen.is_mounted:
                self._failed.add(screen)
            self.run_worker(self._take_away(screen, error, reference), group=HOLD)
        else:
            self._tell_or_end(error, unforeseen(reference))

    def _tell_or_end(self, error: Exception, words: str) -> None:
        try:
            self.tell(EdsError(words))
            # Half a paint is made whole; what can't be painted comes back until it is too much.
            self.action_redraw()
        except Exception:  # nobody would know why nothing happens
            self.end_with(error)

    async def _take_away(self, screen: Screen[Any], error: Exception, reference: str) -> None:
        coming_up: asyncio.Event = vars(screen)["_mounted_event"]
        # What else fails while it comes up is known then.
        await coming_up.wait()
        try:
            at_sign_in, in_session = self.session_stack[:1], self.session_stack[1:]
            if screen in in_session[1:]:
                then = await self._close_down_to(screen)
                self._tell_or_end(error, unforeseen(reference, then))
            elif in_session and (screen in in_session or screen is self.screen):
                await self.give_up_session(error)
            elif screen in at_sign_in:
                self.end_with(error)
            else:
                self._tell_or_end(error, unforeseen(reference))
        except Exception:  # nobody is to sit before what is left of it
            self.end_with(error)

    async def _close_down_to(self, screen: Screen[Any]) -> str:
        """Close a screen and all above it; returns what has become of what was typed."""
        then = STILL_HERE
        while screen in self.session_stack:
            front = self.session_stack[-1]
            if isinstance(front, Keeping) and front not in self._failed:
                kept = await self.kept(front) and then != _CLOSED_AND_LOST
                then = _CLOSED if kept else _CLOSED_AND_LOST
            for asked in front._result_callbacks:
                # Nobody has answered it; who waits is told that it was left.
                asked.callback = None
            await front.dismiss(None)
        # Typed for what was to come up, they would mean something else here.
        self.forget_keys()
        return then

    async def _replace_screen(self, screen: Screen[Any]) -> Screen[Any]:
        """End what a screen still does before its parts go, which would fail without them.

        Parts that ended before their first message go as others do, with all in them.
        """
        self.workers.cancel_node(screen)
        for node in reversed([screen, *screen.walk_children(Widget)]):
            if node._task is not None and node._task.done():
                await node._message_loop_exit()
        return await super()._replace_screen(screen)

    def _failed_unseen(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Tell of the failure of a task that nobody waits for; any thread may find it."""
        error = context.get("exception")
        if not isinstance(error, Exception):
            _log.error("the event loop: %s", context.get("message"))
        elif not self.call_later(self._handle_exception, error):
            self.faults.refer(error)


def _coming_up() -> Screen[Any] | None:
    """Return the screen of which a part has just failed before it took any message."""
    node = active_message_pump.get(None)
    if isinstance(node, Widget) and not node.is_mounted:
        with suppress(NoScreen):
            return node.screen
    return None
