"""Builds an e-mail: plain text, and headers that no text can add to."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from email.utils import parseaddr
from typing import Any

from eds_tui.domain.clock import LONDON
from eds_tui.domain.delivery import FailureCause, SendingFailed
from eds_tui.domain.email_address import address_problem, with_ascii_domain
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.notification import MessageText, Notice
from eds_tui.domain.text import visible

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@<>()\[\],;:\\\"]{1,255}")
_LINE = 74
"""Characters of a line; the two below 76 are for what is made of a ``From `` (RFC 2045, 6.7)."""
_PLAIN_SUBJECT = re.compile(r"(?!.*=\?)[!-~](?:[ -~]{0,58}[!-~])?", re.ASCII)
_FROM = re.compile(r"^(>*)From ", re.MULTILINE)
_DOT = re.compile(r"^\.", re.MULTILINE)


class _Subject(UnstructuredHeader, BaseHeader):
    """A subject that is read as it was written, whatever characters it has.

    The library takes a subject that looks like an encoded word for one, and loses blanks where it
    folds: here anything but a short one of plain ASCII goes out in encoded words (RFC 2047).
    """

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        """Take the text as it is."""
        super().parse("", kwds)
        kwds["decoded"] = value

    def fold(self, *, policy: Policy) -> str:
        """Return the header as it goes out."""
        text = str(self)
        if not _PLAIN_SUBJECT.fullmatch(text):
            header = Header(text, "utf-8", _LINE, self.name)
            text = header.encode(linesep=policy.linesep)
        return f"{self.name}: {text}{policy.linesep}"


def _policy() -> EmailPolicy[EmailMessage]:
    registry = HeaderRegistry()
    registry.map_to_type("subject", _Subject)
    return SMTP.clone(header_factory=registry, max_line_length=_LINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """In whose name e-mails are sent."""

    name: str
    address: str
    reply_to: str
    """Where answers go: the service desk, which nobody but people reads."""

    @classmethod
    def of(cls, *, mail_from: str, reply_to: str) -> Sender:
        """Return the sender that the settings name.

        Args:
            mail_from: ``ict@centre.example`` or ``ICT Service Centre <ict@centre.example>``;
                empty is the service desk's own address.
            reply_to: The service desk's own address.

        Raises:
            Unavailable: One of them is no address.
        """
        name, address = parseaddr(mail_from or reply_to)
        for setting, given in (("mail_from", address), ("service_centre_email", reply_to)):
            if problem := address_problem(given, bare_host=True):
                raise Unavailable(f"The setting {setting} is not an e-mail address. {problem}")
        address, reply_to = with_ascii_domain(address), with_ascii_domain(reply_to)
        return cls(name=visible(name) or "ICT Service Centre", address=address, reply_to=reply_to)


def is_address(text: str) -> bool:
    """Return whether a text can be an address in a header and for the mail server."""
    return _ADDRESS.fullmatch(text) is not None and visible(text) == text


def build(notice: Notice, text: MessageText, sender: Sender, now: datetime) -> EmailMessage:
    """Return the e-mail of a notification.

    Args:
        notice: What it is about, and to whom.
        text: Subject and body, filled in.
        sender: In whose name.
        now: When it is sent.

    Raises:
        SendingFailed: The recipient's address is none.
    """
    recipient = envelope_address(notice.recipient)
    message = EmailMessage(policy=_policy())
    message["Date"] = now.astimezone(LONDON)
    message["From"] = _address(sender.address, sender.name)
    message["To"] = _address(recipient)
    message["Reply-To"] = _address(sender.reply_to)
    message["Subject"] = text.subject
    message["Message-ID"] = notice.message_id
    message["References"] = notice.thread_id
    message["In-Reply-To"] = notice.thread_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    # Whatever its lines are like, quoted-printable sends them in short ones of plain ASCII.
    message.set_content(text.body, charset="utf-8", cte="quoted-printable")
    # What stores mailboxes in one file, on the way or at its end, would write >From, and what
    # does not know of the dots of SMTP would drop one: neither finds any at the start of a line.
    encoded = _FROM.sub(r"\1=46rom ", str(message.get_payload()))
    message.set_payload(_DOT.sub("=2E", encoded))
    return message


def envelope_address(address: str) -> str:
    """Return a stored address as the mail server takes it.

    Raises:
        SendingFailed: It can't be one in a header or for a mail server.
    """
    with suppress(ValueError):
        if is_address(address):
            return with_ascii_domain(address)
    raise SendingFailed(FailureCause.RECIPIENT, "That is not an e-mail address.")


def _address(address: str, name: str = "") -> Address:
    user, _, domain = address.rpartition("@")
    return Address(name, user, domain)
