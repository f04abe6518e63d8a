"""A real mail server on loopback that accepts, refuses, hangs or hangs up at any step."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"
USER, PASSWORD = "kiosk", "s3cret word"


@dataclass(frozen=True)
class Received:
    """An e-mail that the server has taken."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        """The e-mail, read as a mail program does."""
        message = message_from_bytes(self.raw, policy=POLICY)
        assert isinstance(message, EmailMessage)
        return message

    @property
    def message_id(self) -> str:
        """Its Message-ID."""
        return str(self.message["Message-ID"])

    @property
    def body(self) -> str:
        """Its text."""
        return str(self.message.get_content()).replace("\r\n", "\n")


@dataclass
class Receiver:
    """What the server does at each step, and what it has received."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    """Step (``MAIL``, ``RCPT``, ``DATA``) to what it answers instead of accepting."""
    refused: dict[str, str] = field(default_factory=dict)
    """Recipient to what it answers to that one."""
    hangs_at: str = ""
    """The step at which it never answers."""
    hangs_up_at: str = ""
    """The step at which it ends the connection."""
    taken: Callable[[], None] = lambda: None
    """Called when an e-mail has come in, before that is answered."""
    meanwhile: dict[str, Callable[[], None]] = field(default_factory=dict)
    """Step to what happens elsewhere before the server answers it, each once."""
    received: list[Received] = field(default_factory=list)
    reached: threading.Event = field(default_factory=threading.Event)
    """Set once it hangs."""

    async def answer_sender(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer the sender."""
        envelope.mail_from = address
        return await self._answer("MAIL", server)

    async def answer_recipient(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer a recipient."""
        envelope.rcpt_tos.append(address)
        return self.refused.get(address) or await self._answer("RCPT", server)

    async def answer_message(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Answer the e-mail itself, and keep it where it is accepted."""
        answer = await self._answer("DATA", server)
        if answer.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            sender = str(envelope.mail_from)
            self.received.append(Received(sender, tuple(envelope.rcpt_tos), content))
        self.taken()
        return answer

    async def answer_goodbye(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Answer the goodbye."""
        return await self._answer("QUIT", server, "221 Bye")

    # The names by which aiosmtpd calls them.
    handle_MAIL = answer_sender
    handle_RCPT = answer_recipient
    handle_DATA = answer_message
    handle_QUIT = answer_goodbye

    async def _answer(self, step: str, server: SMTP, usual: str = "250 OK") -> str:
        self.meanwhile.pop(step, lambda: None)()
        if step == self.hangs_up_at:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        if step == self.hangs_at:
            self.reached.set()
            await asyncio.Event().wait()
        return self.answers.get(step, usual)


def _check_login(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
) -> AuthResult:
    assert isinstance(data, LoginPassword)
    known = data == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=False)


@contextmanager
def receiving(
    tls: ssl.SSLContext | None = None, *, implicit: bool = False, login: bool = False,
    international: bool = False, **behaviour: Any,
) -> Iterator[Receiver]:  # fmt: skip
    """Run a server.

    Args:
        tls: With which certificate.
        implicit: Encrypt from the first byte on, rather than by STARTTLS.
        login: Want a login.
        international: Take addresses with letters beyond ASCII.
        behaviour: Fields of ``Receiver``.
    """
    receiver = Receiver(**behaviour)
    loop = asyncio.new_event_loop()

    def connected() -> SMTP:
        return SMTP(
            receiver, loop=loop, hostname="mail.test", enable_SMTPUTF8=international,
            tls_context=None if implicit else tls, require_starttls=bool(tls and not implicit),
            auth_required=login, authenticator=_check_login,
        )  # fmt: skip

    server = loop.run_until_complete(
        loop.create_server(connected, HOST, 0, ssl=tls if implicit else None)
    )
    receiver.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield receiver
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.run_until_complete(_end_all(server))
        loop.close()


async def _end_all(server: asyncio.AbstractServer) -> None:
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(0)


@contextmanager
def scripted(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """Run a server that does one thing with every connection, and give its port."""
    listener = socket.create_server((HOST, 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                talk(connection)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()
