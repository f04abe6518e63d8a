"""Keys one after the other: each is done before the next is looked at.

A handler types ahead of the screen. Textual sends a key to whatever has the focus when the key
arrives, not when the keys before it have had their effect, so letters meant for the next field
would land in this one. Here a key waits until the one before it has been worked through, its
screen has come up and the focus has moved.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from weakref import WeakSet

from textual.app import App
from textual.events import Callback, Event
from textual.message_pump import MessagePump
from textual.worker import Worker

from eds_tui.ui.textual_ext.typed import TypedText

BLOCKS_INPUT = "blocks input"
"""How the groups of workers begin that keys wait for: what comes after is for another place."""

_PASSES = 2
"""A key makes a message, the message makes another: both are worked through."""

BLOCKED_SECONDS = 3.0
"""Seconds after which keys go on although what they wait for has not answered."""

_PATIENCE = 2.0
"""Seconds after which a widget that does not answer is not waited for."""


class TypeAhead:
    """Hands events on one at a time.

    Args:
        app: Whose widgets are waited for.
        deliver: Does what the app would have done with the event at once.
        takes_text: Returns whether characters that are typed now go into a text, as they are.
        done: Called with each event that has had its effect, or will have none.
    """

    def __init__(
        self,
        app: App[None],
        deliver: Callable[[Event], Awaitable[None]],
        takes_text: Callable[[], bool],
        done: Callable[[Event], None],
    ) -> None:
        self._app = app
        self._deliver = deliver
        self._takes_text = takes_text
        self._done = done
        self._waiting: deque[Event] = deque()
        self._task: asyncio.Task[None] | None = None
        self._open = False
        self._given_up: WeakSet[Worker[object]] = WeakSet()

    def put(self, event: Event) -> None:
        """Take an event, to be delivered in its turn."""
        self._waiting.append(event)
        self._start()

    def open(self) -> None:
        """Begin: there is something now that takes keys."""
        self._open = True
        self._start()

    def clear(self) -> None:
        """Forget what waits: it was typed by, or for, whoever is no longer in front."""
        while self._waiting:
            self._done(self._waiting.popleft())

    def _start(self) -> None:
        if self._open and self._waiting and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._work())

    async def idle(self) -> None:
        """Wait until every event taken so far has had its effect."""
        while self._task is not None and not self._task.done():
            await asyncio.shield(self._task)

    async def _work(self) -> None:
        while self._waiting:
            event = self._next()
            try:
                await self._deliver(event.as_key() if isinstance(event, TypedText) else event)
                await self._settled()
            finally:
                self._done(event)

    def _next(self) -> Event:
        """Return what is to be delivered next.

        Characters that came at once go into a text at once; elsewhere each may mean something else
        than it did before the one in front of it.
        """
        event = self._waiting.popleft()
        if not isinstance(event, TypedText):
            return event
        if not self._takes_text():
            first, rest = event.parted()
            if rest is not None:
                self._waiting.appendleft(rest)
            return first
        texts = [event.text]
        while self._waiting and isinstance(following := self._waiting[0], TypedText):
            texts.append(following.text)
            self._waiting.popleft()
        return TypedText("".join(texts))

    async def _settled(self) -> None:
        await self._worked_through()
        while held := self._held():
            # Waiting for the worker itself would end it with this wait.
            tasks = {worker._task for worker in held if worker._task is not None}
            done, _ = await asyncio.wait(tasks, timeout=BLOCKED_SECONDS)
            if not done:
                self._given_up.update(held)
            await self._worked_through()

    def _held(self) -> list[Worker[object]]:
        return [
            worker
            for worker in self._app.workers
            if worker.group.startswith(BLOCKS_INPUT)
            and not worker.is_finished
            and worker not in self._given_up
        ]

    async def _worked_through(self) -> None:
        for _ in range(_PASSES):
            for pump in self._chain():
                await _worked_through(pump)

    def _chain(self) -> list[MessagePump]:
        """Return who may have something to do: the focus, all around it, the screen, the app."""
        if not self._app.screen_stack:
            return [self._app]
        screen = self._app.screen
        focused = self._app.focused
        chain: list[MessagePump] = list(focused.ancestors_with_self) if focused else [screen]
        if self._app not in chain:
            chain.append(self._app)
        return chain


async def _worked_through(pump: MessagePump) -> None:
    done = asyncio.Event()
    # Posted as it is: what `call_later` wraps it in is looked through anew each time.
    if not pump.is_running or not pump.post_message(Callback(done.set)):
        return
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            await done.wait()
