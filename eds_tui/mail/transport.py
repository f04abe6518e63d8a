"""Sends e-mails over SMTP to the mail server of the settings, one recipient at a time."""

from __future__ import annotations

import smtplib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from eds_tui.domain.delivery import FailureCause, SendingFailed, Stage
from eds_tui.domain.errors import Unavailable
from eds_tui.mail.connection import Line, PlainServer, TlsServer, expect, hang_up, in_words
from eds_tui.settings import Security, Settings, valid

ANSWER_SECONDS = 20.0
"""How long the mail server may take for one answer."""
ALL_SECONDS = 120.0
"""How long it may take for one e-mail, however often it says a word; less than the lease."""

_GOODBYE_SECONDS = 2.0
_READY = 220


_PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """A mail server that takes e-mails on."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None
    """A file of certificates to trust beside the system's own."""
    answer_seconds: float = ANSWER_SECONDS
    all_seconds: float = ALL_SECONDS

    @classmethod
    def of(cls, settings: Settings) -> Smtp | None:
        """Return the mail server that the settings name, or ``None`` where they name none.

        Raises:
            Unavailable: A setting can't be used.
        """
        if not settings.smtp_host:
            return None
        security = valid(settings.smtp_security)
        port = valid(settings.smtp_port)
        if settings.smtp_user and security is Security.NONE:
            raise Unavailable(
                "The setting smtp_user needs smtp_security starttls or tls:"
                " a password is not sent where it can be read on the way."
            )
        return cls(
            host=settings.smtp_host,
            port=_PORTS[security] if port is None else port,
            security=security,
            user=settings.smtp_user,
            password=settings.smtp_password,
            ca_file=settings.smtp_ca_file,
        )

    @property
    def title(self) -> str:
        """Host and port, for people."""
        return f"{self.host}:{self.port}"

    @contextmanager
    def connected(self) -> Iterator[Line]:
        """Connect and log in, and give what an e-mail can be handed to.

        Raises:
            SendingFailed: It can't be reached, or refuses the login.
        """
        with self._watched() as server:
            with in_words(self.title):
                self._open(server)
            yield Line(server, self.title)
            # It has the e-mail: how it says goodbye changes nothing.
            with suppress(smtplib.SMTPException, OSError):
                if server.sock is not None:
                    server.sock.settimeout(_GOODBYE_SECONDS)
                server.quit()

    def reach(self) -> None:
        """Connect and log in, and send nothing.

        Raises:
            SendingFailed: It can't be reached, or refuses the login.
        """
        with self.connected():
            pass

    @contextmanager
    def _watched(self) -> Iterator[smtplib.SMTP]:
        """Give a connection that is still to be made, and hang up on it when its time is over."""
        with in_words(self.title):
            server = self._server()
        watch = threading.Timer(self.all_seconds, hang_up, [server])
        watch.daemon = True
        watch.start()
        try:
            yield server
        finally:
            watch.cancel()
            server.close()

    def _open(self, server: smtplib.SMTP) -> None:
        expect(Stage.CONNECTION, server.connect(self.host, self.port), _READY)
        if self.security is Security.STARTTLS:
            server.starttls(context=self._context())
        server.ehlo_or_helo_if_needed()
        if self.user:
            server.login(self.user, self.password)

    def _server(self) -> smtplib.SMTP:
        until = monotonic() + self.all_seconds
        if self.security is Security.TLS:
            return TlsServer(self.host, self.answer_seconds, until, self._context())
        return PlainServer(self.host, self.answer_seconds, until)

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self.ca_file:
            try:
                context.load_verify_locations(self.ca_file)
            except (OSError, ssl.SSLError) as error:
                raise SendingFailed(
                    FailureCause.SERVER,
                    f"The file of the setting smtp_ca_file can't be read: {error}.",
                ) from error
        return context
