"""An e-mail as it goes out: its headers, and that nobody can add to them (rules 27 and 28)."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eds_tui.domain.delivery import FailureCause, SendingFailed
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.notification import (
    Centre,
    MessageText,
    Notice,
    NotificationKind,
    new_message_id,
    sample,
    thread_id,
    values,
)
from eds_tui.mail.message import Sender, build
from eds_tui.mail.texts import built_in, render
from tests import nasty
from tests.cases import each_case
from tests.factories import START

CENTRE = Centre(telephone="01772 123456", email="desk@service-centre.example")
SENDER = Sender.of(
    mail_from="ICT Service Centre <ict@service-centre.example>", reply_to=CENTRE.email
)
COMMENT = sample(NotificationKind.COMMENT, START)
HEADERS = [
    "Date", "From", "To", "Reply-To", "Subject", "Message-ID", "References", "In-Reply-To",
    "Auto-Submitted", "X-Auto-Response-Suppress", "Content-Type", "Content-Transfer-Encoding",
    "MIME-Version",
]  # fmt: skip
IN_THE_SUBJECT = MessageText("{{ school }} {{ author }} {{ comment }}", "{{ comment }}\n")


def built(notice: Notice, text: MessageText | None = None, sender: Sender = SENDER) -> EmailMessage:
    """Return the e-mail of a notification as its reader has it: through bytes and back."""
    filled = render(notice.kind, text or built_in(notice.kind), values(notice, CENTRE))
    raw = build(notice, filled, sender, START).as_bytes()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.isascii()
    assert b"\0" not in raw
    assert b"\x1b" not in raw
    message = message_from_bytes(raw, policy=SMTP)
    assert isinstance(message, EmailMessage)
    assert str(message["Subject"]) == filled.subject
    assert sorted(message.keys()) == sorted(HEADERS)
    return message


def test_an_email_says_what_it_is_and_that_a_program_sent_it() -> None:
    message = built(COMMENT)
    assert message["From"] == "ICT Service Centre <ict@service-centre.example>"
    assert message["To"] == "head@test-school.example"
    assert message["Reply-To"] == "desk@service-centre.example"
    assert message["Subject"] == "INC0123456: new comment"
    assert message["Date"] == "Wed, 10 Jun 2026 11:52:00 +0100"
    assert message["Message-ID"] == COMMENT.message_id
    assert message["References"] == message["In-Reply-To"] == COMMENT.thread_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message.get_content_type() == "text/plain"
    assert "An engineer comes on Friday morning." in message.get_content()


def test_identifiers_are_never_two_emails_and_are_one_a_thread() -> None:
    assert len({new_message_id() for _ in range(1_000)}) == 1_000
    assert thread_id("form-1") == thread_id("form-1") != thread_id("form-2")
    assert len(new_message_id()) <= 64


@each_case("text", nasty.ALL)
def test_no_text_of_anybody_adds_a_header_or_steers_what_reads_it(text: str) -> None:
    notice = replace(COMMENT, school=text, author=text, comment=text)
    message = built(notice, IN_THE_SUBJECT)
    assert len(str(message["Subject"])) <= 200
    assert message["Bcc"] is None
    assert message["To"] == COMMENT.recipient


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_any_text_at_all_makes_an_email(text: str) -> None:
    message = built(replace(COMMENT, author=text, comment=f"x{text}"), IN_THE_SUBJECT)
    assert message["To"] == COMMENT.recipient


def test_words_arrive_as_they_were_written() -> None:
    words = "Café – 5 €, “quoted”, \N{SNOWMAN}\n.\nA dot alone, and = signs.\n" + "long " * 1_000
    content = built(replace(COMMENT, comment=words)).get_content().replace("\r\n", "\n")
    assert words in content


@each_case("address", [
    "", "head", "head@", "@school.example", "a@b@c.example", "head@school.example\r\nBcc: x@y.z",
    "head@school.example\n", "head@school.example, other@school.example", "a b@school.example",
    "<head@school.example>", "head@sch\0ool.example", "head@school.example\x1b[2J",
    "head@\ud800.example", "head;x@school.example", "x" * 65 + "@school.example", "\u202ea@b.c",
])  # fmt: skip
def test_what_is_no_address_is_given_up(address: str) -> None:
    with pytest.raises(SendingFailed) as failure:
        build(replace(COMMENT, recipient=address), MessageText("x", "y"), SENDER, START)
    assert failure.value.cause is FailureCause.RECIPIENT


@each_case("subject", [
    "=?utf-8?q?not_encoded?=", "x =?utf-8?b?eA==?= y", "a  b", "a: b, <c> \"d\"", "é", "x" * 200,
    "long " * 39 + "long", "é" * 200, "\N{GRINNING FACE}" * 200, "?=", "=?", "a" * 59 + " b",
    "e\N{COMBINING ACUTE ACCENT}" * 100, "ü " * 99 + "ü", "100 % _under_ =3D=",
])  # fmt: skip
def test_a_subject_arrives_as_it_was_written(subject: str) -> None:
    raw = build(COMMENT, MessageText(subject, "Words.\n"), SENDER, START).as_bytes()
    assert str(message_from_bytes(raw, policy=SMTP)["Subject"]) == subject
    assert max(map(len, raw.split(b"\r\n"))) <= 78


def test_a_name_with_anything_in_it_is_one_name() -> None:
    sender = Sender.of(mail_from='"Desk, ICT" <ict@service-centre.example>', reply_to=CENTRE.email)
    message = built(COMMENT, sender=sender)
    assert message["From"].addresses[0].display_name == "Desk, ICT"
    assert len(message["From"].addresses) == 1


@pytest.mark.parametrize(("mail_from", "reply_to", "setting"), [
    ("nobody", CENTRE.email, "mail_from"),
    ("", "nobody", "mail_from"),
    ("ict@service-centre.example", "nobody", "service_centre_email"),
    ("a@b.example\r\nBcc: x@y.example", "nobody", "service_centre_email|mail_from"),
])  # fmt: skip
def test_a_sender_that_is_no_address_is_refused_in_words(
    mail_from: str, reply_to: str, setting: str
) -> None:
    with pytest.raises(Unavailable, match=setting):
        Sender.of(mail_from=mail_from, reply_to=reply_to)


def test_without_a_setting_emails_are_from_the_service_desk() -> None:
    assert Sender.of(mail_from="", reply_to=CENTRE.email) == Sender(
        name="ICT Service Centre", address=CENTRE.email, reply_to=CENTRE.email
    )
