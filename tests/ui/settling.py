"""Whether the parts of a screen have anything left to do, seen from outside."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.message_pump import MessagePump

from eds_tui.ui.app import Kiosk

_TURNS = 200
"""Turns of the event loop that are waited for without a rest."""
_REST = 0.002
"""Seconds."""


def is_alive(app: Kiosk) -> bool:
    """Return whether the program runs and shows something."""
    return app.is_running and app._exception is None and bool(app.screen_stack)


async def worked_through(app: Kiosk, patience: float) -> None:
    """Wait until no part of the screen has a message left or is in the middle of one.

    Textual's pilot sends each part a message and waits until all have it: a tenth of what a test
    does.

    Args:
        app: Whose parts they are.
        patience: Seconds that are waited at the most.

    Raises:
        TimeoutError: One still has something to do.
    """
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    turns = 0
    async with asyncio.timeout(patience):
        while is_alive(app) and (ready or not all(map(_waits, _parts(app)))):
            turns += 1
            await asyncio.sleep(0 if turns < _TURNS else _REST)


def _parts(app: Kiosk) -> list[MessagePump]:
    return [app, *app.screen.walk_children(with_self=True)]


def _waits(part: MessagePump) -> bool:
    """Return whether a part waits for its next message, or takes none."""
    if not part._running:
        return part._task is None or part._task.done()
    queue: Any = part._message_queue
    if not queue.empty() or part._next_callbacks:
        return False
    return part._closed or any(not waiter.done() for waiter in queue.ready_event._waiters)
