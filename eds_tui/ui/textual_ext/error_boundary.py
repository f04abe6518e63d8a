"""Going on after an unexpected error, wherever in the running program it is raised.

Textual ends the program, and a part of the screen of which a handler has failed takes no messages
any more. Here the error is handed to whoever can show it, and a screen that has not come up is
handed over to be taken away. ``tests/ui/test_unforeseen.py`` and ``test_unforeseen_opening.py``
keep this honest.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
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

from eds_tui.host.terminals import MODERN, Kind
from eds_tui.ui.textual_ext.terminal_app import TerminalApp
from eds_tui.ui.textual_ext.typeahead import BLOCKS_INPUT

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Recovery:
    """What is done after an error; each is given the error and its reference in the log."""

    show: Callable[[Exception, str], None]
    """Says that something failed, where nothing else is to be done."""
    take_away: Callable[[Screen[Any], Exception, str], Awaitable[None]]
    """Closes a screen that did not come up, of which all that comes up has done so."""


class ErrorBoundary(TerminalApp):
    """A program that goes on after an error where that is safe, and else ends.

    Args:
        theme: The name of its theme.
        kind: What the terminal can show.
    """

    def __init__(self, theme: str, kind: Kind = MODERN) -> None:
        super().__init__(theme, kind)
        self._recovery: Recovery | None = None
        self._failed: WeakSet[Screen[Any]] = WeakSet()

    def recover_by(self, recovery: Recovery) -> None:
        """Go on after errors from now on; until then each ends the program."""
        self._recovery = recovery
        asyncio.get_running_loop().set_exception_handler(self._failed_unseen)

    def has_failed(self, screen: Screen[Any]) -> bool:
        """Return whether a screen did not come up, and is about to be taken away."""
        return screen in self._failed

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:
            self._handle_or_raise(error, message)

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
            self._handle_or_raise(error, message)

    def _handle_or_raise(self, error: Exception, message: Message) -> None:
        if self._recovery is None or isinstance(message, Compose | Mount):
            raise error
        self._handle_exception(error)

    def _handle_exception(self, error: Exception) -> None:
        """Recover from an error, wherever it comes from; end where that is not safe."""
        ends = self._exit or not self.is_running
        if ends and isinstance(error, WorkerFailed):
            # The parts that it was about have gone already.
            self.errors.log(error)
            return
        if self._recovery is None or ends or self._stops:
            self.end_with(error)
            return
        screen = _coming_up()
        if screen in self._failed:
            # It follows from what has been shown, and the screen is about to go.
            return
        reference = self.errors.log(error)
        if self.errors.are_too_many:
            self.end_with(error)
        elif screen is not None:
            if not screen.is_mounted:
                self._failed.add(screen)
            taking_away = _take_away(self._recovery, screen, error, reference)
            self.run_worker(taking_away, group=BLOCKS_INPUT)
        else:
            self._recovery.show(error, reference)

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
        """Handle the failure of a task that nobody waits for; any thread may find it."""
        error = context.get("exception")
        if not isinstance(error, Exception):
            _log.error("the event loop: %s", context.get("message"))
        elif not self.call_later(self._handle_exception, error):
            self.errors.log(error)


async def close_unanswered(screen: Screen[Any]) -> None:
    """Close a screen; who waits for what it was to return is told that it was left."""
    for asked in screen._result_callbacks:
        asked.callback = None
    await screen.dismiss(None)


async def _take_away(
    recovery: Recovery, screen: Screen[Any], error: Exception, reference: str
) -> None:
    coming_up: asyncio.Event = vars(screen)["_mounted_event"]
    # What else fails while it comes up is known then.
    await coming_up.wait()
    await recovery.take_away(screen, error, reference)


def _coming_up() -> Screen[Any] | None:
    """Return the screen of which a part has just failed before it took any message."""
    node = active_message_pump.get(None)
    if isinstance(node, Widget) and not node.is_mounted:
        with suppress(NoScreen):
            return node.screen
    return None
