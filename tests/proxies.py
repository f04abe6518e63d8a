"""A line to PostgreSQL that drops between a commit and its answer."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType

from sqlalchemy import URL, make_url

_COMMIT = b"COMMIT\0"
_SIZE = 65536


class LosingProxy:
    """Passes everything on over loopback, and loses the answer to one commit; use it in a ``with``.

    Args:
        database_url: Where it leads to.
    """

    def __init__(self, database_url: str) -> None:
        self._to = make_url(database_url)
        self._door = socket.create_server(("127.0.0.1", 0))
        self._about: bytes | None = None
        self._lines: list[_Line] = []
        self.lost = threading.Event()
        """Set when an answer has been lost."""

    def __enter__(self) -> LosingProxy:
        """Begin to take connections."""
        threading.Thread(target=self._take, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take no more."""
        self.shut()

    def shut(self) -> None:
        """Take no more connections, and drop those there are."""
        # A thread that waits for a connection is not woken by a mere close.
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for line in self._lines:
            line.close()

    @property
    def url(self) -> str:
        """The URL of the database by way of this line."""
        host, port = self._door.getsockname()[:2]
        query = {"sslmode": "disable", "gssencmode": "disable"}
        url = URL.create(
            self._to.drivername, self._to.username, self._to.password, host, port,
            self._to.database, query,
        )  # fmt: skip
        return url.render_as_string(hide_password=False)

    def lose_answer_about(self, words: bytes) -> None:
        """Lose the answer to the next commit on a line on which some words have been sent."""
        self._about = words

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                self._lines.append(_Line(self, near, self._reach()))
                self._lines[-1].start()

    def _reach(self) -> socket.socket:
        host = str(self._to.query.get("host") or self._to.host or "127.0.0.1")
        port = int(str(self._to.query.get("port") or self._to.port or 5432))
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        far = socket.socket(socket.AF_UNIX)
        far.connect(f"{host}/.s.PGSQL.{port}")
        return far

    def is_about(self, data: bytes) -> bool:
        """Return whether what a client sends makes this the line that is to drop."""
        return self._about is not None and self._about in data

    def dropped(self) -> None:
        """Let all other lines be."""
        self._about = None
        self.lost.set()


class _Line:
    """One connection, both ways."""

    def __init__(self, proxy: LosingProxy, near: socket.socket, far: socket.socket) -> None:
        self._proxy = proxy
        self._near = near
        self._far = far
        self._is_about = False
        self._loses = False

    def start(self) -> None:
        """Pass on whatever comes."""
        for run in (self._out, self._back):
            threading.Thread(target=run, daemon=True).start()

    def _out(self) -> None:
        with suppress(OSError):
            while data := self._near.recv(_SIZE):
                self._is_about = self._is_about or self._proxy.is_about(data)
                self._loses = self._is_about and _COMMIT in data
                self._far.sendall(data)
        self.close()

    def _back(self) -> None:
        with suppress(OSError):
            while data := self._far.recv(_SIZE):
                if self._loses:
                    self._proxy.dropped()
                    break
                self._near.sendall(data)
        self.close()

    def close(self) -> None:
        """Drop it at both ends."""
        for end in (self._near, self._far):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
