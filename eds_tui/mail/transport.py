"""How an e-mail gets to the mail server: SMTP, one recipient at a time, never waiting for ever."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import StrEnum
from typing import Any

from eds_tui.domain.delivery import Fault, SendingFailed
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.text import visible
from eds_tui.settings import Settings

ANSWER_SECONDS = 20.0
"""How long the mail server may take for one answer."""
ALL_SECONDS = 120.0
"""How long it may take for one e-mail, however often it says a word; less than the lease."""

_GOODBYE_SECONDS = 2.0
_LONGEST_REASON = 300
_LOGIN_WANTED = frozenset({530, 534, 535, 538})
"""Answers that mean the login, whatever they are given to (RFC 4954)."""
_RELAY = re.compile(r"\brelay", re.IGNORECASE)
_READY = 220
_PERMANENT = 500
_GOES_AWAY = 421


class Security(StrEnum):
    """How the way to the mail server is kept from being read or changed."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


_PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server that takes e-mails on."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""
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
        try:
            security = Security(settings.smtp_security.lower())
        except ValueError:
            known = ", ".join(Security)
            raise Unavailable(f"The setting smtp_security is one of {known}.") from None
        port = settings.smtp_port or str(_PORTS[security])
        if not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536):
            raise Unavailable("The setting smtp_port is a number from 1 to 65535.")
        if settings.smtp_user and security is Security.NONE:
            raise Unavailable(
                "The setting smtp_user needs smtp_security starttls or tls:"
                " a password is not sent where it can be read on the way."
            )
        return cls(
            settings.smtp_host, int(port), security, settings.smtp_user, settings.smtp_password,
            settings.smtp_ca_file,
        )  # fmt: skip

    @property
    def title(self) -> str:
        """Host and port, for people."""
        return f"{self.host}:{self.port}"

    def send(
        self, message: EmailMessage, sender: str, recipient: str, may_go: Callable[[], bool]
    ) -> bool:
        """Hand one e-mail to the mail server for one recipient.

        Args:
            message: The e-mail.
            sender: The address that bounces go to.
            recipient: The address.
            may_go: Asked when the mail server is ready for the e-mail itself, however long that
                took: whether it may still be sent.

        Returns:
            Whether it was sent: not, where it may not be any more.

        Raises:
            SendingFailed: It was not taken, or whether it was is not known.
        """
        with _in_words(self.title), self._connected() as server:
            server.may_go = may_go
            try:
                server.send_message(message, sender, [recipient])
            except _NotAnyMore:
                return False
            return True

    def reach(self) -> None:
        """Connect and log in, and send nothing.

        Raises:
            SendingFailed: It can't be reached, or refuses the login.
        """
        with _in_words(self.title), self._connected():
            pass

    @contextmanager
    def _connected(self) -> Iterator[_AsksAtTheLast]:
        server = self._server()
        watch = threading.Timer(self.all_seconds, _hang_up, [server])
        watch.daemon = True
        watch.start()
        try:
            _expect(server.connect(self.host, self.port), _READY)
            if self.security is Security.STARTTLS:
                server.starttls(context=self._context())
            if self.user:
                server.login(self.user, self.password)
            yield server
            # It has the e-mail: how it says goodbye changes nothing.
            with suppress(smtplib.SMTPException, OSError):
                if server.sock is not None:
                    server.sock.settimeout(_GOODBYE_SECONDS)
                server.quit()
        finally:
            watch.cancel()
            server.close()

    def _server(self) -> _AsksAtTheLast:
        if self.security is Security.TLS:
            return _TlsServer(self.host, self.answer_seconds, self._context())
        return _Server(self.host, self.answer_seconds)

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self.ca_file:
            try:
                context.load_verify_locations(self.ca_file)
            except (OSError, ssl.SSLError) as error:
                raise SendingFailed(
                    Fault.SERVER, f"The file of the setting smtp_ca_file can't be read: {error}."
                ) from error
        return context


class _NotAnyMore(Exception):
    """The e-mail may not be sent any more."""


class _AsksAtTheLast(smtplib.SMTP):
    """A connection that asks, when all but the e-mail itself is said, whether that may be sent."""

    may_go: Callable[[], bool]

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Send the e-mail itself, where it may still be sent."""
        if not self.may_go():
            raise _NotAnyMore
        return super().data(msg)


class _Server(_AsksAtTheLast):
    """A connection that is still to be made, so that it can be hung up on while it is.

    Given its host, smtplib would connect at once; without, it knows no name to check the
    certificate against.
    """

    def __init__(self, host: str, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self._host = host


class _TlsServer(_AsksAtTheLast, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte on."""

    def __init__(self, host: str, timeout: float, context: ssl.SSLContext) -> None:
        super().__init__(timeout=timeout, context=context)
        self._host = host


def _expect(answer: tuple[int, bytes], wanted: int) -> None:
    if answer[0] != wanted:
        raise smtplib.SMTPConnectError(*answer)


def _hang_up(server: smtplib.SMTP) -> None:
    """End a connection from another thread; whoever waits for an answer gets an end of file."""
    if server.sock is not None:
        with suppress(OSError):
            socket.socket.shutdown(server.sock, socket.SHUT_RDWR)


@contextmanager
def _in_words(server: str) -> Iterator[None]:
    """Turn what the mail server refuses, or fails at, into a reason and what was at fault."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        ((code, words),) = error.recipients.values()
        raise _refused(code, words, "the recipient") from error
    except smtplib.SMTPDataError as error:
        raise _refused(error.smtp_code, error.smtp_error, "the e-mail") from error
    except smtplib.SMTPSenderRefused as error:
        raise _server_fault(error.smtp_code, error.smtp_error, "the sender") from error
    except smtplib.SMTPAuthenticationError as error:
        raise _server_fault(error.smtp_code, error.smtp_error, "the login") from error
    except smtplib.SMTPResponseException as error:
        raise _server_fault(error.smtp_code, error.smtp_error, "the connection") from error
    except smtplib.SMTPNotSupportedError as error:
        raise _not_supported(server, error) from error
    except ssl.SSLCertVerificationError as error:
        reason = f"The certificate of {server} can't be trusted: {error.verify_message}."
        raise SendingFailed(Fault.SERVER, reason) from error
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise SendingFailed(Fault.SERVER, _no_answer(server, error)) from error


def _refused(code: int, words: bytes | str, what: str) -> SendingFailed:
    """Return what a refusal of one e-mail comes to."""
    said = _said(words)
    if code == _GOES_AWAY or code in _LOGIN_WANTED or _RELAY.search(said):
        return _server_fault(code, words, what)
    fault = Fault.RECIPIENT if code >= _PERMANENT else Fault.MESSAGE
    return SendingFailed(fault, f"The mail server refused {what}: {code} {said}")


def _server_fault(code: int, words: bytes | str, what: str) -> SendingFailed:
    return SendingFailed(Fault.SERVER, f"The mail server refused {what}: {code} {_said(words)}")


def _not_supported(server: str, error: smtplib.SMTPNotSupportedError) -> SendingFailed:
    if "SMTPUTF8" in str(error):
        reason = "The mail server takes no address with letters beyond ASCII."
        return SendingFailed(Fault.RECIPIENT, reason)
    return SendingFailed(Fault.SERVER, f"{server} lacks what the settings ask for: {error}")


def _no_answer(server: str, error: Exception) -> str:
    # What waits for an answer turns its time-out into a lost connection.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return f"The mail server {server} did not answer in time."
    if isinstance(error, UnicodeError):
        # Its own words would quote the password.
        return "The mail server's name, user and password have letters of ASCII alone."
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return f"The mail server {server} ended the connection."
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return f"The mail server {server} can't be used: {visible(str(reason))}."


def _said(words: bytes | str) -> str:
    text = words.decode("utf-8", errors="replace") if isinstance(words, bytes) else words
    return visible(" ".join(text.split()))[:_LONGEST_REASON]
