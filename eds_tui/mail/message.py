"""An e-mail as it goes to the mail server: plain text, and headers that nobody can add to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from eds_tui.domain.clock import LONDON
from eds_tui.domain.delivery import Fault, SendingFailed
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.notification import MessageText, Notice
from eds_tui.domain.text import visible

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@<>()\[\],;:\\\"]{1,255}")


@dataclass(frozen=True, slots=True)
class Sender:
    """In whose name e-mails are sent."""

    name: str
    address: str
    reply_to: str
    """Where answers go: the service desk, which nobody but people reads."""

    @classmethod
    def of(cls, mail_from: str, reply_to: str) -> Sender:
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
            if not is_address(given):
                raise Unavailable(f"The setting {setting} is not an e-mail address.")
        return cls(visible(name) or "ICT Service Centre", address, reply_to)


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
    if not is_address(notice.recipient):
        raise SendingFailed(Fault.RECIPIENT, "That is not an e-mail address.")
    message = EmailMessage(policy=SMTP)
    message["Date"] = now.astimezone(LONDON)
    message["From"] = _address(sender.address, sender.name)
    message["To"] = _address(notice.recipient)
    message["Reply-To"] = _address(sender.reply_to)
    message["Subject"] = text.subject
    message["Message-ID"] = notice.message_id
    message["References"] = notice.thread_id
    message["In-Reply-To"] = notice.thread_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    # Whatever its lines are like, quoted-printable sends them in short ones of plain ASCII.
    message.set_content(text.body, charset="utf-8", cte="quoted-printable")
    return message


def _address(address: str, name: str = "") -> Address:
    user, _, domain = address.rpartition("@")
    return Address(name, user, domain)
