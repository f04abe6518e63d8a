"""A slow line: a relay on loopback that brings so many bits a second, after a delay."""

from __future__ import annotations

import socket
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic, sleep

BITS_A_SECOND = 64_000
ROUND_TRIP = 0.2
"""Seconds."""
_SLICE = 64
"""Bytes that arrive together, so that a screen comes bit by bit."""
_ON_THE_LINE = 65_536
"""Bytes after which the sender has to wait, as its own socket would make it."""


class _Direction:
    """One way of the line."""

    def __init__(self, source: socket.socket, target: socket.socket) -> None:
        self._source = source
        self._target = target
        self._due: deque[tuple[float, bytes]] = deque()
        self._size = 0
        self._free_at = 0.0
        self._changed = threading.Condition()
        for work in (self._take, self._bring):
            threading.Thread(target=work, daemon=True).start()

    def _take(self) -> None:
        data = b"-"
        while data:
            with suppress(OSError):
                data = self._source.recv(_ON_THE_LINE)
            with self._changed:
                for start in range(0, len(data), _SLICE):
                    self._put(data[start : start + _SLICE])
                if not data:
                    self._due.append((0.0, b""))
                self._changed.notify_all()
                while self._size > _ON_THE_LINE:
                    self._changed.wait()

    def _put(self, part: bytes) -> None:
        self._free_at = max(monotonic(), self._free_at) + len(part) * 8 / BITS_A_SECOND
        self._due.append((self._free_at + ROUND_TRIP / 2, part))
        self._size += len(part)

    def _bring(self) -> None:
        while True:
            with self._changed:
                while not self._due:
                    self._changed.wait()
                at, part = self._due.popleft()
                self._size -= len(part)
                self._changed.notify_all()
            sleep(max(0.0, at - monotonic()))
            with suppress(OSError):
                if not part:
                    self._target.shutdown(socket.SHUT_WR)
                    return
                self._target.sendall(part)


@contextmanager
def slow_line(port: int) -> Iterator[int]:
    """Run a slow line to a port of this machine, and give the port at which it begins."""
    ends: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as door:
        admitting = threading.Thread(target=_admit, args=(door, port, ends), daemon=True)
        admitting.start()
        yield door.getsockname()[1]
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)
        admitting.join()
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


def _admit(door: socket.socket, port: int, ends: list[socket.socket]) -> None:
    with suppress(OSError):
        while True:
            near, _ = door.accept()
            ends.append(near)
            far = socket.create_connection(("127.0.0.1", port))
            ends.append(far)
            for each in (near, far):
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _Direction(near, far)
            _Direction(far, near)
