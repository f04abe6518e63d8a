"""No more is read of a terminal than there is room for; what waits in the line is not lost."""

from __future__ import annotations

import os
import select
import tty
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from threading import Event, Thread

import pytest
from textual.events import Key
from textual.message import Message

from eds_tui.ui.textual_ext.backlog import MOST_KEYS, Backlog
from eds_tui.ui.textual_ext.key_reader import KeyReader
from tests.terminal import PATIENCE

pytestmark = pytest.mark.on_sqlite

READ_AT_ONCE = 4096
KEYS = 100_000
"""More than the kernel holds of a line, too."""
LONGER_THAN_A_BREATH = 0.3
"""Seconds without a byte, after which what comes is new."""


class Reading:
    """A reader at a pseudo-terminal, and whoever types at its other end."""

    def __init__(self) -> None:
        self.line, self._terminal = os.openpty()
        tty.setraw(self._terminal)
        os.set_blocking(self.line, False)
        self.backlog = Backlog()
        self.said: deque[Message] = deque()
        self._heard, self._ends = Event(), Event()
        self.gone: bool | None = None
        self.reader = KeyReader(self._terminal, "utf-8", 0.1, self.backlog, self._say)
        self._thread = Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        self.gone = self.reader.run(self._ends)

    def _say(self, message: Message) -> None:
        self.said.append(message)
        self._heard.set()

    def keys(self) -> str:
        """Return what keys have been said."""
        return "".join(each.character or "" for each in list(self.said) if isinstance(each, Key))

    def type(self, data: bytes) -> bytes:
        """Type, until the line takes no more for a while; return what it did not take."""
        while data and select.select([], [self.line], [], LONGER_THAN_A_BREATH)[1]:
            with suppress(BlockingIOError):
                data = data[os.write(self.line, data) :]
        return data

    def hears(self) -> bool:
        """Return whether anything is said within a while."""
        self._heard.clear()
        return self._heard.wait(LONGER_THAN_A_BREATH)

    def work_through(self) -> str:
        """Have all that has been said take effect, and return the keys."""
        keys = ""
        while self.said:
            message = self.said.popleft()
            self.backlog.went(message)
            keys += (message.character or "") if isinstance(message, Key) else ""
        return keys

    def ended(self) -> bool | None:
        """Wait for the end of the reading and return whether the terminal was gone."""
        self._thread.join(PATIENCE)
        return self.gone

    def end(self) -> None:
        """End the reading, if it has not ended."""
        self._ends.set()
        self._thread.join(PATIENCE)
        os.close(self._terminal)
        if self.line >= 0:
            os.close(self.line)

    def hang_up(self) -> None:
        """Let the terminal vanish."""
        os.close(self.line)
        self.line = -1


@pytest.fixture
def reading() -> Iterator[Reading]:
    """Begin to read."""
    reading = Reading()
    yield reading
    reading.end()


@pytest.mark.long
def test_reading_stops_while_many_keys_wait_and_goes_on_to_the_last(reading: Reading) -> None:
    typed = bytes(range(1, 27)) * (KEYS // 26)
    left, all_keys = reading.type(typed), ""
    while reading.hears() or not reading.backlog.is_full:
        # What has been read is still being told.
        pass
    assert MOST_KEYS <= len(reading.keys()) <= MOST_KEYS + READ_AT_ONCE
    assert left
    while left:
        all_keys += reading.work_through()
        left = reading.type(left)
    while reading.hears() or reading.said:
        all_keys += reading.work_through()
    assert all_keys.encode() == typed


def test_a_terminal_that_is_gone_is_noticed_while_nothing_is_read(reading: Reading) -> None:
    assert reading.type(b"\t" * KEYS)
    while not reading.backlog.is_full:
        reading.hears()
    reading.hang_up()
    assert reading.ended() is True
    assert reading.backlog.is_full


def test_what_could_not_be_read_is_forgotten_with_what_waits(reading: Reading) -> None:
    left = reading.type(b"\t" * KEYS + b"\x1b[200~half")
    while not reading.backlog.is_full:
        reading.hears()
    reading.reader.forget()
    reading.work_through()
    assert reading.type(left) == b""
    while not reading.hears():
        # After a pause it is somebody who types.
        reading.type(b"n")
    assert reading.keys().strip("n") == ""


def test_nothing_is_forgotten_where_all_could_be_read(reading: Reading) -> None:
    reading.reader.forget()
    reading.type(b"n")
    assert reading.hears() or reading.keys() == "n"
