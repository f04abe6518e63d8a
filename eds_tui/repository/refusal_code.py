"""Asks a PostgreSQL server for the code with which it lets nobody in.

The driver gives the words of a refused connection, in the server's own language, and not its code
(SQLSTATE), which is the same in every language. It stands in what libpq traces of the protocol.
"""

from __future__ import annotations

import os
import re
import select
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from typing import Any

SECONDS = 3.0
"""How long a server that has just refused is asked again at most."""
_MOST_TRACED = 65_536
_REFUSED = re.compile(r'\tErrorResponse\t.*? C "([0-9A-Z]{5})"')


def code_of_refusal(options: Sequence[Any]) -> str:
    """Return the SQLSTATE of a refused connection, or nothing where there is none.

    Args:
        options: What the connection was asked for with, as the driver names it.
    """
    given = b" ".join(
        option.keyword + b"='" + re.sub(rb"([\\'])", rb"\\\1", option.val) + b"'"
        for option in options
        if option.val
    )
    reading, writing = os.pipe()
    with closing(os.fdopen(reading, "rb", 0)) as traced:
        try:
            _connect(given, writing)
        finally:
            os.close(writing)
        # What stands there may hold a password, and goes nowhere.
        found = _REFUSED.search(traced.read(_MOST_TRACED).decode("utf-8", "replace"))
    return found[1] if found else ""


def _connect(options: bytes, trace_to: int) -> None:
    """Ask the server again, until it has answered."""
    from psycopg import Error, pq

    os.set_blocking(trace_to, False)
    connection = pq.PGconn.connect_start(options)
    try:
        # Only Linux has traces; elsewhere the words are all there is.
        with suppress(Error):
            connection.trace(trace_to)
            _poll(connection, time.monotonic() + SECONDS)
            connection.untrace()
    finally:
        connection.finish()


def _poll(connection: Any, until: float) -> None:
    from psycopg import pq

    ended = {pq.PollingStatus.OK, pq.PollingStatus.FAILED}
    while (status := connection.connect_poll()) not in ended and time.monotonic() < until:
        waiting = [connection.socket]
        reads = status == pq.PollingStatus.READING
        select.select(waiting if reads else [], [] if reads else waiting, [], SECONDS)
