"""The way to the mail server: every refusal at its step, every way of being kept waiting."""

from __future__ import annotations

import re
import socket
import threading
import tracemalloc
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from eds_tui.domain.delivery import FailureCause, SendingFailed
from eds_tui.domain.notification import MessageText, NotificationKind, sample
from eds_tui.mail.message import Sender, build, envelope_address
from eds_tui.mail.transport import Smtp
from eds_tui.settings import Security
from tests.factories import START
from tests.mail.conftest import Certificate
from tests.mail.receiver import HOST, PASSWORD, USER, Receiver, receiving, scripted

HEAD = "head@test-school.example"
DESK = "desk@service-centre.example"


def to(port: int, security: Security = Security.NONE, **more: Any) -> Smtp:
    """Return the way to a server on loopback."""
    return Smtp(host=HOST, port=port, security=security, **more)


def send(smtp: Smtp, recipient: str = HEAD) -> None:
    """Send a small e-mail."""
    message = EmailMessage()
    message["To"] = recipient
    message.set_content("Words.\n")
    with smtp.connected() as line:
        assert line.send(message, DESK, recipient, lambda: True)


def failed(smtp: Smtp, recipient: str = HEAD) -> SendingFailed:
    """Try to, and return how it failed."""
    with pytest.raises(SendingFailed) as failure:
        send(smtp, recipient)
    return failure.value


def test_an_email_gets_there_with_its_envelope(receiver: Receiver) -> None:
    send(to(receiver.port))
    (one,) = receiver.received
    assert (one.sender, one.recipients, one.body) == (DESK, (HEAD,), "Words.\n")


@pytest.mark.parametrize(("answers", "cause", "reason"), [
    ({"RCPT": "550 5.1.1 Unknown"}, FailureCause.RECIPIENT, "recipient: 550 5.1.1 Unknown"),
    ({"RCPT": "450 4.2.0 Greylisted"}, FailureCause.MESSAGE, "recipient: 450 4.2.0 Greylisted"),
    ({"RCPT": "452 4.2.2 Mailbox full"}, FailureCause.MESSAGE, "recipient: 452 4.2.2 Mailbox full"),
    ({"DATA": "554 5.6.0 Not wanted"}, FailureCause.MESSAGE, "e-mail: 554 5.6.0 Not wanted"),
    ({"DATA": "451 4.3.0 Try later"}, FailureCause.MESSAGE, "e-mail: 451 4.3.0 Try later"),
    ({"MAIL": "550 5.7.1 Not yours"}, FailureCause.SERVER, "sender: 550 5.7.1 Not yours"),
    ({"MAIL": "451 4.3.2 Too busy"}, FailureCause.SERVER, "sender: 451 4.3.2 Too busy"),
    ({"RCPT": "421 4.3.2 Going down"}, FailureCause.SERVER, "recipient: 421 4.3.2 Going down"),
    ({"DATA": "421 4.3.2 Going down"}, FailureCause.SERVER, "e-mail: 421 4.3.2 Going down"),
    ({"RCPT": "530 5.7.0 Log in first"}, FailureCause.SERVER, "recipient: 530 5.7.0 Log in first"),
    ({"RCPT": "554 5.7.1 Relay access denied"}, FailureCause.SERVER, "Relay access denied"),
])  # fmt: skip
def test_a_refusal_is_reported_in_the_servers_words_with_its_cause(
    receiver: Receiver, answers: dict[str, str], cause: FailureCause, reason: str
) -> None:
    receiver.answers = answers
    failure = failed(to(receiver.port))
    assert failure.cause is cause
    assert reason in failure.reason
    assert receiver.received == []


def test_what_a_server_says_steers_no_terminal(receiver: Receiver) -> None:
    receiver.answers = {"RCPT": "550 \x1b[2JNo\u202e " + "x" * 400}
    failure = failed(to(receiver.port))
    assert "\x1b" not in failure.reason
    assert len(failure.reason) < 400


def test_nobody_listening_is_a_failure_of_the_server() -> None:
    with socket.create_server((HOST, 0)) as listener:
        port = listener.getsockname()[1]
    failure = failed(to(port))
    assert failure.cause is FailureCause.SERVER
    assert f"{HOST}:{port}" in failure.reason
    assert "refused" in failure.reason


def test_a_host_without_an_address_is_a_failure_of_the_server() -> None:
    failure = failed(Smtp(host="mail.invalid", port=25, security=Security.NONE, answer_seconds=5))
    assert failure.cause is FailureCause.SERVER
    assert "mail.invalid:25" in failure.reason


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_stops_answering_is_given_up(step: str) -> None:
    with receiving(hangs_at=step) as receiver:
        failure = failed(to(receiver.port, answer_seconds=0.2))
    assert failure.cause is FailureCause.SERVER
    assert "did not answer in time" in failure.reason


def test_a_server_that_never_greets_is_given_up() -> None:
    def say_nothing(connection: socket.socket) -> None:
        connection.recv(1)

    with scripted(say_nothing) as port:
        failure = failed(to(port, answer_seconds=0.2))
        assert failure.cause is FailureCause.SERVER
        assert "did not answer in time" in failure.reason
        failure = failed(to(port, answer_seconds=60, all_seconds=0.2))
    assert failure.cause is FailureCause.SERVER


def test_a_server_that_always_says_a_word_more_is_hung_up_on() -> None:
    """A tarpit: each word comes in time, and the answer never ends."""
    pause = threading.Event()

    def drip(connection: socket.socket) -> None:
        try:
            while not pause.wait(0.01):
                connection.sendall(b"220-Wait\r\n")
        except OSError:
            return

    with scripted(drip) as port:
        failure = failed(to(port, all_seconds=0.3))
    assert failure.cause is FailureCause.SERVER


@pytest.mark.parametrize("greeting", [b"", b"220 mail.test\r\n"])
@pytest.mark.parametrize(("words", "told"), [
    (b"250-More\r\n" * 1_000, "gave an answer without end"),
    (b"x" * 10_000, "Line too long"),
])  # fmt: skip
def test_an_answer_without_end_costs_no_memory(greeting: bytes, words: bytes, told: str) -> None:
    """Whether the greeting has none or what follows it, in lines or in one."""

    def flood(connection: socket.socket) -> None:
        try:
            connection.sendall(greeting)
            while True:
                connection.sendall(words)
        except OSError:
            return

    with scripted(flood) as port:
        tracemalloc.start()
        failure = failed(to(port, all_seconds=60))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert failure.cause is FailureCause.SERVER
    assert told in failure.reason
    assert peak < 4 * 1024 * 1024


def test_lines_arrive_as_they_are_and_the_domain_in_ascii(receiver: Receiver) -> None:
    """Nothing on the way takes a line for the start of an e-mail or for its end."""
    notice = replace(sample(NotificationKind.COMMENT, START), recipient="head@schüle.example")
    words = "From here on.\n.\n..\n>From there.\n" + "x" * 2_000 + "\nFrom the end.\n"
    message = build(
        notice, MessageText("From me", words), Sender(name="", address=DESK, reply_to=DESK), START
    )
    with to(receiver.port).connected() as line:
        assert line.send(message, DESK, envelope_address(notice.recipient), lambda: True)
    (one,) = receiver.received
    assert one.body == words
    assert one.recipients == ("head@xn--schle-mva.example",)
    assert one.message["To"] == "head@xn--schle-mva.example"
    assert not re.search(rb"^(?:>*From |\.)", one.raw, re.MULTILINE)
    assert max(map(len, one.raw.split(b"\r\n"))) <= 76


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_hangs_up_is_a_failure_of_the_server(step: str) -> None:
    with receiving(hangs_up_at=step) as receiver:
        failure = failed(to(receiver.port))
    assert failure.cause is FailureCause.SERVER


def test_a_server_that_hangs_up_at_once_or_greets_badly_is_one_too() -> None:
    with scripted(lambda connection: None) as port:
        assert failed(to(port)).cause is FailureCause.SERVER
    with scripted(lambda connection: connection.sendall(b"554 5.3.2 Not now\r\n")) as port:
        failure = failed(to(port))
    assert failure.cause is FailureCause.SERVER
    assert "554 5.3.2 Not now" in failure.reason


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_an_email_gets_there_encrypted(certificate: Certificate, security: Security) -> None:
    with receiving(certificate.server, implicit=security is Security.TLS) as receiver:
        send(to(receiver.port, security, ca_file=certificate.ca_file))
        assert len(receiver.received) == 1


def test_an_email_gets_there_after_a_login(certificate: Certificate) -> None:
    with receiving(certificate.server, login=True) as receiver:
        send(to(receiver.port, Security.STARTTLS, ca_file=certificate.ca_file,
                user=USER, password=PASSWORD))  # fmt: skip
        assert len(receiver.received) == 1


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    certificate: Certificate, security: Security
) -> None:
    with receiving(certificate.server, implicit=security is Security.TLS) as receiver:
        failure = failed(to(receiver.port, security))
        assert receiver.received == []
    assert failure.cause is FailureCause.SERVER
    assert "certificate" in failure.reason


def test_a_certificate_for_another_name_is_refused(certificate: Certificate) -> None:
    with receiving(certificate.server) as receiver:
        smtp = Smtp(
            host="localhost",
            port=receiver.port,
            security=Security.STARTTLS,
            ca_file=certificate.ca_file,
        )
        failure = failed(smtp)
    assert failure.cause is FailureCause.SERVER
    assert "certificate of localhost" in failure.reason


def test_a_server_without_starttls_gets_nothing(receiver: Receiver) -> None:
    failure = failed(to(receiver.port, Security.STARTTLS))
    assert (failure.cause, receiver.received) == (FailureCause.SERVER, [])
    assert "STARTTLS" in failure.reason


def test_a_wrong_password_is_a_failure_of_the_set_up_and_is_never_shown(
    certificate: Certificate,
) -> None:
    with receiving(certificate.server, login=True) as receiver:
        smtp = to(receiver.port, Security.STARTTLS, ca_file=certificate.ca_file,
                  user=USER, password="not the word")  # fmt: skip
        failure = failed(smtp)
        assert receiver.received == []
    assert failure.cause is FailureCause.SERVER
    assert "the login: 535" in failure.reason
    assert "not the word" not in failure.reason + repr(smtp)


def test_a_login_that_is_wanted_and_not_set_is_a_failure_of_the_set_up(
    certificate: Certificate,
) -> None:
    with receiving(certificate.server, login=True) as receiver:
        failure = failed(to(receiver.port, Security.STARTTLS, ca_file=certificate.ca_file))
    assert failure.cause is FailureCause.SERVER
    assert "530" in failure.reason


def test_a_password_beyond_ascii_is_refused_without_quoting_it(certificate: Certificate) -> None:
    with receiving(certificate.server, login=True) as receiver:
        failure = failed(to(receiver.port, Security.STARTTLS, ca_file=certificate.ca_file,
                            user=USER, password="pässword"))  # fmt: skip
    assert failure.cause is FailureCause.SERVER
    assert "ä" not in failure.reason


def test_a_missing_file_of_certificates_is_named() -> None:
    failure = failed(to(1, Security.TLS, ca_file=Path("/nowhere/ca.pem")))
    assert failure.cause is FailureCause.SERVER
    assert "smtp_ca_file" in failure.reason


def test_an_address_that_the_server_has_no_letters_for_is_given_up(receiver: Receiver) -> None:
    failure = failed(to(receiver.port), "hëad@test-school.example")
    assert failure.cause is FailureCause.RECIPIENT


def test_an_address_that_the_server_has_letters_for_gets_its_email() -> None:
    with receiving(international=True) as receiver:
        send(to(receiver.port), "hëad@test-school.example")
    (one,) = receiver.received
    assert one.recipients == ("hëad@test-school.example",)
    assert "To: hëad@test-school.example\r\n".encode() in one.raw


def test_a_goodbye_that_goes_wrong_changes_nothing() -> None:
    with receiving(hangs_up_at="QUIT") as receiver:
        send(to(receiver.port))
        assert len(receiver.received) == 1
