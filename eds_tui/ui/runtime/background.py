"""Runs calls in a thread with a timeout, and shows every failure in words."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import asynccontextmanager
from functools import partial
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar
from zlib import crc32

from eds_tui.domain.errors import EdsError, OutcomeUnknown, Superseded
from eds_tui.host.logs import traceback_lines

ANSWER_SECONDS = 8.0
"""How long a call may take before the person is told; lists are read again less often than that."""
LEAVING_SECONDS = 3.0
"""How long the program waits at its end for calls that have not answered."""
NO_ANSWER = "The database does not answer just now."

AWAY = (
    "The database can't be reached. Go on typing: what you type is kept on this machine"
    " and stored as soon as the database answers."
)
BACK = "The database answers again; what you typed is stored in it."
"""What is said when drafts begin to be kept on this machine, and when that is over."""
FIND_OUT = (
    "It is not known whether it was done. Look at it, as soon as the database answers, before you"
    " do it again."
)
"""What is said where the answer to a change was lost, and nothing is tried again by itself."""
STILL_HERE = "What you typed is still here; please try again."

_log = logging.getLogger(__name__)
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
_Call = tuple[Future[Any], Callable[[], object]]


class CallThreads(ThreadPoolExecutor):
    """A thread for each call: one that hangs keeps no other waiting, and does not keep the program.

    The calls of a session are few, and what limits them is the database's own pool. A thread that
    has ended its call takes the next: to begin one takes a key longer than to hand a call on.
    """

    def __init__(self) -> None:
        super().__init__(max_workers=1)
        self._calls: set[Future[Any]] = set()
        self._free: list[SimpleQueue[_Call | None]] = []
        self._ended = False

    def submit(
        self,
        fn: Callable[Parameters, Result],
        /,
        *args: Parameters.args,
        **kwargs: Parameters.kwargs,
    ) -> Future[Result]:
        """Begin a call."""
        future: Future[Result] = Future()
        self._calls.add(future)
        future.add_done_callback(self._calls.discard)
        call: _Call = (future, partial(fn, *args, **kwargs))
        try:
            self._free.pop().put(call)
        except IndexError:
            threading.Thread(target=self._work, args=(call,), name="call", daemon=True).start()
        return future

    def _work(self, call: _Call | None) -> None:
        """Make a call, and those that come then."""
        given: SimpleQueue[_Call | None] = SimpleQueue()

        def be_free() -> None:
            self._free.append(given)

        while call is not None:
            _answer(*call, be_free)
            # Nothing of it is kept while there is nothing to do.
            call = None
            call = None if self._ended else given.get()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait a little for the calls that have not answered."""
        if wait:
            _wait_a_little(set(self._calls))
        self._ended = True
        for each in tuple(self._free):
            each.put(None)
        super().shutdown(wait=False, cancel_futures=cancel_futures)


def _answer(future: Future[Any], call: Callable[[], object], then: Callable[[], None]) -> None:
    """Make a call for whoever waits for the answer; before they have it, do what is done then."""
    if not future.set_running_or_notify_cancel():
        then()
        return
    try:
        answer = call()
    except BaseException as error:  # whoever waits for the answer is to meet it
        then()
        future.set_exception(error)
    else:
        then()
        future.set_result(answer)


def _wait_a_little(calls: set[Future[Any]]) -> None:
    wait(calls, timeout=LEAVING_SECONDS)


async def in_thread_with_timeout(
    call: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs
) -> Result:
    """Run a service's call in a thread, so that the screen stays alive, and return its answer.

    Raises:
        OutcomeUnknown: It did not answer in time. It goes on meanwhile, and what it was to change
            may still be changed: whoever asks again does so with the same submission key.
    """
    answer = asyncio.ensure_future(in_thread(call, *args, **kwargs))
    try:
        done, _ = await asyncio.wait({answer}, timeout=ANSWER_SECONDS)
    except asyncio.CancelledError:
        answer.add_done_callback(_forget)
        raise
    if not done:
        answer.add_done_callback(_forget)
        raise OutcomeUnknown(NO_ANSWER)
    return answer.result()


async def changing(
    call: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs
) -> Result:
    """Run a call that changes something in a thread, with a timeout; it is not retried by itself.

    Raises:
        OutcomeUnknown: It did not answer in time, and says that it may be done all the same.
    """
    try:
        return await in_thread_with_timeout(call, *args, **kwargs)
    except OutcomeUnknown as error:
        raise OutcomeUnknown(f"{error.cause} {FIND_OUT}", error.cause) from error


async def in_thread(
    call: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs
) -> Result:
    """Run a call in a thread, however long it takes, and return its answer."""
    return await asyncio.to_thread(call, *args, **kwargs)


def _forget(answer: asyncio.Future[Any]) -> None:
    """Log what came of a call that nobody waits for any more."""
    if answer.cancelled() or isinstance(answer.exception(), Superseded):
        return
    if (error := answer.exception()) is not None:
        _log.warning("a call that took too long failed: %s", type(error).__name__)


@asynccontextmanager
async def showing_errors(show: Callable[[EdsError], None]) -> AsyncIterator[None]:
    """Put every failure inside to the person, and let none end the program.

    Args:
        show: Shows a refusal or failure. An unexpected error is logged with its traceback under a
            reference, and the person is told the reference.
    """
    try:
        yield
    except Superseded:
        return  # something newer has been asked for, and is shown
    except EdsError as error:
        show(error)
    except Exception as error:  # the last wall: nobody at a terminal is ever shown a traceback
        show(EdsError(unexpected_error_text(log_unexpected(error))))


def log_unexpected(error: BaseException) -> str:
    """Log an unexpected error, and return the reference under which it is found.

    It is the same for what has come the same way, whenever that was.
    """
    places = " ".join(traceback_lines(error))
    reference = f"{crc32(places.encode(errors='replace')) & 0xFFFFFF:06X}"
    _log.error("reference %s", reference, exc_info=error)
    return reference


def unexpected_error_text(reference: str, then: str = STILL_HERE) -> str:
    """Return what a person is told of an unexpected error.

    Args:
        reference: Where it stands in the log.
        then: What has become of their text, and of them.
    """
    return f"Something went wrong that should not have (reference {reference}). {then}"
