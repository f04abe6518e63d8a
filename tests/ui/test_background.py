"""Calls in threads: one that hangs keeps no other waiting, and a thread takes call after call."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from threading import Event, current_thread

import pytest

from eds_tui.ui.runtime.background import CallThreads, in_thread

PATIENCE = 20


@pytest.fixture
async def threads() -> AsyncIterator[CallThreads]:
    """What the calls of this test are made by."""
    threads = CallThreads()
    asyncio.get_running_loop().set_default_executor(threads)
    yield threads
    threads.shutdown()


@pytest.mark.usefixtures("threads")
async def test_a_thread_that_has_ended_its_call_takes_the_next() -> None:
    assert len({await in_thread(current_thread) for _ in range(20)}) == 1


@pytest.mark.usefixtures("threads")
async def test_a_call_that_hangs_keeps_no_other_waiting() -> None:
    over = Event()
    hanging = asyncio.ensure_future(in_thread(over.wait, PATIENCE))
    async with asyncio.timeout(PATIENCE):
        others = {await in_thread(current_thread) for _ in range(5)}
    assert not hanging.done()
    over.set()
    assert await hanging
    assert len(others) <= 2


async def test_they_end_with_the_program(threads: CallThreads) -> None:
    thread = await in_thread(current_thread)
    over = Event()
    hanging = asyncio.ensure_future(in_thread(over.wait, PATIENCE))
    busy = await in_thread(current_thread)
    over.set()
    await hanging
    threads.shutdown()
    for each in (thread, busy):
        each.join(PATIENCE)
        assert not each.is_alive()


@pytest.mark.usefixtures("threads")
async def test_an_error_reaches_whoever_waits_and_the_thread_goes_on() -> None:
    thread = await in_thread(current_thread)
    with pytest.raises(ZeroDivisionError):
        await in_thread(lambda: 1 // 0)
    assert await in_thread(current_thread) is thread
