"""Why a database server lets nobody in is told whatever language the server speaks."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from eds_tui import bootstrap
from eds_tui.domain.errors import OutOfReach
from eds_tui.repository.outages import OUT_OF_REACH
from eds_tui.repository.refusals import NO_SUCH_DATABASE, NO_SUCH_USER, WRONG_PASSWORD

_IN_GERMAN = {
    "28P01": ("Passwort-Authentifizierung für Benutzer »x« fehlgeschlagen", WRONG_PASSWORD),
    "3D000": ("Datenbank »eds« existiert nicht", NO_SUCH_DATABASE),
    "28000": ("Rolle »x« existiert nicht", NO_SUCH_USER),
    "57P03": ("das Datenbanksystem startet", OUT_OF_REACH),
}


@contextmanager
def refusing(code: str, words: str) -> Iterator[int]:
    """Listen as a server does that refuses everybody, in words of its own; yields the port.

    No server here has a language but English.
    """
    fields = f"SFATAL\0VFATAL\0C{code}\0M{words}\0\0".encode()
    refusal = b"E" + struct.pack("!I", len(fields) + 4) + fields

    class Refusal(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while len(head := self.rfile.read(8)) == 8:
                size, kind = struct.unpack("!II", head)
                self.rfile.read(size - 8)
                asks_for_encryption = kind >> 16 == 1234
                self.wfile.write(b"N" if asks_for_encryption else refusal)
                if not asks_for_encryption:
                    return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Refusal) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.mark.on_sqlite
@pytest.mark.parametrize("code", _IN_GERMAN)
def test_a_refusal_is_understood_in_every_language(code: str) -> None:
    words, told = _IN_GERMAN[code]
    with refusing(code, words) as port, pytest.raises(OutOfReach) as refused:
        bootstrap.open_database(f"postgresql://x:it's\\@127.0.0.1:{port}/eds")
    assert refused.value.message == told
