"""The e-mails that are not sent, at the console (rule 28)."""

from __future__ import annotations

import json

import pytest

from eds_tui.domain.clock import utc_now
from eds_tui.services.container import Services
from tests.cli.mailing import Mailing, mailing
from tests.cli.running import CommandLine
from tests.factories import People, SetClock, new_form

__all__ = ["mailing"]


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands at the moment of the test: a worker goes by the real one."""
    return SetClock(utc_now())


@pytest.fixture
def refused(mailing: Mailing, services: Services, people: People) -> Mailing:
    """One e-mail given up, and one that waits."""
    services.report.log(people.head, new_form())
    mailing.receiver.answers = {"RCPT": "550 5.1.1 \x1b[2JNo such user"}
    assert mailing.once()[0] == 0
    mailing.receiver.answers = {}
    services.report.log(people.neighbour, new_form())
    return mailing


def test_without_any_the_state_says_so(cli: CommandLine, people: People) -> None:
    assert cli.done("mail", "status").splitlines() == [
        "E-mails that wait: 0",
        "Of these failed so far: 0",
        "Given up: 0",
        "Last sent: never",
    ]
    assert cli.done("mail", "list", "--json") == ""


def test_what_is_not_sent_is_counted_and_listed_with_its_reason(refused: Mailing) -> None:
    cli = refused.cli
    waiting, failing, given_up, last, failure = cli.done("mail", "status").splitlines()
    assert waiting.startswith("E-mails that wait: 1, the oldest since ")
    assert (failing, given_up) == ("Of these failed so far: 0", "Given up: 1")
    assert last == "Last sent: never"
    assert failure == (
        "1  INC0000001 incident logged to head@test-school.example, given up:"
        " The mail server refused the recipient: 550 5.1.1 \u241b[2JNo such user"
    )
    listed = cli.done("mail", "list").splitlines()
    assert [line.split()[:2] for line in listed[1:]] == [["2", "INC0000002"], ["1", "INC0000001"]]
    assert len(cli.done("mail", "list", "--failed").splitlines()) == 2


def test_scripts_have_it_as_json(refused: Mailing) -> None:
    new, old = map(json.loads, refused.cli.done("mail", "list", "--json").splitlines())
    assert (new["id"], new["tries"], new["reason"], new["given_up_at"]) == (2, 0, "", None)
    assert (old["incident"], old["about"], old["to"], old["tries"], old["try_at"]) == (
        "INC0000001", "logged", "head@test-school.example", 1, None,
    )  # fmt: skip
    assert "No such user" in old["reason"]
    assert old["given_up_at"] is not None


@pytest.mark.parametrize("which", ["1", "--failed"])
def test_a_lead_has_what_failed_tried_again(refused: Mailing, which: str) -> None:
    said = refused.cli.done("mail", "retry", which, "--as", "lead")
    assert said == "1 e-mail is tried again.\n"
    assert refused.once()[0] == 0
    recipients = sorted(each.recipients[0] for each in refused.receiver.received)
    assert recipients == ["head@test-school.example", "office@st-marys.example"]
    assert refused.cli.done("mail", "retry", "--failed", "--as", "lead") == (
        "0 e-mails are tried again.\n"
    )


@pytest.mark.parametrize(("arguments", "code", "told"), [
    (("1", "--as", "handler"), 1, "Your account may not do this.\n"),
    (("1", "--as", "00000EDU"), 1, "Your account may not do this.\n"),
    (("99", "--as", "lead"), 1, "There is no e-mail 99 that waits to be sent.\n"),
    (("--as", "lead"), 2, "Give one of an ID and --failed."),
    (("1", "--failed", "--as", "lead"), 2, "Give one of an ID and --failed."),
])  # fmt: skip
def test_what_can_not_be_tried_again_is_refused_in_words(
    cli: CommandLine, people: People, arguments: tuple[str, ...], code: int, told: str
) -> None:
    result = cli("mail", "retry", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr


def test_a_schools_comment_by_command_is_told_to_the_service_desk(
    mailing: Mailing, services: Services, people: People
) -> None:
    number = mailing.cli.log("--as", "00000EDU")
    mailing.cli.done("incidents", "comment", number, "Still nothing.", "--as", "00000EDU")
    assert mailing.once()[0] == 0
    recipients = [each.recipients[0] for each in mailing.receiver.received]
    assert recipients == ["head@test-school.example", "ict.servicecentre@example.org"]
