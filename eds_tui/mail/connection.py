"""Connects to a mail server, with limits of time and size, and reports its refusals in words."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import EmailPolicy
from io import BufferedIOBase
from time import monotonic

from eds_tui.domain.delivery import FailureCause, SendingFailed, Stage, cause_of
from eds_tui.domain.text import visible

_LONGEST_ANSWER = 64 * 1024
"""Bytes that one answer may have, in however many lines; real ones have a few hundred."""
_LONGEST_REASON = 300
_DONE, _FORWARDS = 250, 251


class Line:
    """A connection to a mail server that is ready for an e-mail.

    Args:
        server: Greeted, and logged in to where that is wanted.
        title: Its name, for people.
    """

    def __init__(self, server: smtplib.SMTP, title: str) -> None:
        self._server = server
        self._title = title

    def send(
        self, message: EmailMessage, sender: str, recipient: str, may_go: Callable[[], bool]
    ) -> bool:
        """Hand one e-mail on for one recipient.

        Args:
            message: The e-mail.
            sender: The address that bounces go to.
            recipient: The address, its domain in ASCII.
            may_go: Asked when the mail server is ready for the e-mail itself, however long that
                took: whether it may still be sent.

        Returns:
            Whether it was sent: not, where it may not be any more.

        Raises:
            SendingFailed: It was not taken, or whether it was is not known.
        """
        server, international = self._server, not f"{sender}{recipient}".isascii()
        if international and not server.has_extn("smtputf8"):
            reason = "The mail server takes no address with letters beyond ASCII."
            raise SendingFailed(FailureCause.RECIPIENT, reason)
        # Made by the policy of the e-mail itself: smtplib's own way writes >From.
        assert isinstance(message.policy, EmailPolicy)
        raw = message.as_bytes(policy=message.policy.clone(linesep="\r\n", utf8=international))
        options = [f"SIZE={len(raw)}"] if server.has_extn("size") else []
        if international:
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        with in_words(self._title):
            expect(Stage.SENDER, server.mail(sender, options), _DONE)
            expect(Stage.RECIPIENT, server.rcpt(recipient), _DONE, _FORWARDS)
        if not may_go():
            return False
        with in_words(self._title):
            expect(Stage.MESSAGE, server.data(raw), _DONE)
        return True


class PlainServer(smtplib.SMTP):
    """A connection that is still to be made, so that it can be hung up on while it is.

    Given its host, smtplib would connect at once; without, it knows no name to check the
    certificate against.

    Args:
        host: Where.
        timeout: Seconds that one answer may take.
        until: When the last one has to be there, in seconds of ``time.monotonic``.
    """

    def __init__(self, host: str, timeout: float, until: float) -> None:
        super().__init__(timeout=timeout)
        self._host = host
        self._until = until

    def getreply(self) -> tuple[int, bytes]:
        """Return an answer, unless it has no end."""
        return _bounded(self, self._until, super().getreply)


class TlsServer(smtplib.SMTP_SSL):
    """The same, encrypted from the first byte on."""

    def __init__(self, host: str, timeout: float, until: float, context: ssl.SSLContext) -> None:
        super().__init__(timeout=timeout, context=context)
        self._host = host
        self._until = until

    def getreply(self) -> tuple[int, bytes]:
        """Return an answer, unless it has no end."""
        return _bounded(self, self._until, super().getreply)


class _EndlessAnswer(OSError):
    """A mail server says more than any answer has, or goes on for longer than it may."""


class _Answer:
    """Reads the lines of one answer, up to a size and a moment; smtplib collects any number."""

    def __init__(self, file: BufferedIOBase, until: float) -> None:
        self._file = file
        self._until = until
        self._left = _LONGEST_ANSWER

    def readline(self, size: int) -> bytes:
        """Return the next line."""
        line = self._file.readline(min(size, self._left + 1))
        self._left -= len(line)
        if self._left < 0 or monotonic() > self._until:
            raise _EndlessAnswer
        return line

    def close(self) -> None:
        """Close what is read from."""
        self._file.close()


def _bounded(
    server: smtplib.SMTP, until: float, getreply: Callable[[], tuple[int, bytes]]
) -> tuple[int, bytes]:
    """Return the answer that ``getreply`` reads, while what it reads from has bounds."""
    if server.file is None:
        assert server.sock is not None
        server.file = server.sock.makefile("rb")
    file = server.file
    server.file = _Answer(file, until)
    try:
        return getreply()
    finally:
        if server.file is not None:
            server.file = file


class _Refused(Exception):
    """The mail server said no.

    Args:
        stage: To what.
        code: Its three digits, or -1.
        words: What it said behind them.
    """

    def __init__(self, stage: Stage, code: int, words: bytes) -> None:
        super().__init__(code, words)
        self.stage, self.code, self.words = stage, code, words


def expect(stage: Stage, answer: tuple[int, bytes], *wanted: int) -> None:
    if answer[0] not in wanted:
        raise _Refused(stage, *answer)


def hang_up(server: smtplib.SMTP) -> None:
    """End a connection from another thread; whoever waits for an answer gets an end of file."""
    if server.sock is not None:
        with suppress(OSError):
            socket.socket.shutdown(server.sock, socket.SHUT_RDWR)


@contextmanager
def in_words(server: str) -> Iterator[None]:
    """Turn what the mail server refuses, or fails at, into a reason and what caused it."""
    try:
        yield
    except _Refused as error:
        raise _refused(error.stage, error.code, error.words) from error
    except smtplib.SMTPDataError as error:
        raise _refused(Stage.MESSAGE, error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPAuthenticationError as error:
        raise _refused(Stage.LOGIN, error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPResponseException as error:
        raise _refused(Stage.CONNECTION, error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        reason = f"{server} lacks what the settings ask for: {error}"
        raise SendingFailed(FailureCause.SERVER, reason) from error
    except ssl.SSLCertVerificationError as error:
        reason = f"The certificate of {server} can't be trusted: {error.verify_message}."
        raise SendingFailed(FailureCause.SERVER, reason) from error
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise SendingFailed(FailureCause.SERVER, _no_answer(server, error)) from error


_ASKED = {
    Stage.CONNECTION: "the connection",
    Stage.LOGIN: "the login",
    Stage.SENDER: "the sender",
    Stage.RECIPIENT: "the recipient",
    Stage.MESSAGE: "the e-mail",
}


def _refused(stage: Stage, code: int, words: bytes | str) -> SendingFailed:
    """Return what a refusal comes to."""
    said = _said(words)
    reason = f"The mail server refused {_ASKED[stage]}: {code} {said}"
    return SendingFailed(cause_of(stage, code, said), reason)


def _no_answer(server: str, error: Exception) -> str:
    if isinstance(error.__context__, _EndlessAnswer):
        return f"The mail server {server} gave an answer without end."
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
