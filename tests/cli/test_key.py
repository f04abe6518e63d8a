"""Commands that are run again: under their key they are done once (rule 8)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from eds_tui import bootstrap
from eds_tui.domain.idempotency import LONGEST_KEY, Request
from eds_tui.domain.priority import Priority
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.cli.running import CommandLine
from tests.factories import START, People, log
from tests.proxies import LosingProxy
from tests.services.triage_steps import contents

LOG = (
    "log", "--category", "N", "--impact", "2", "--school", "00000", "--caller", "Anne",
    "--telephone", "1",
)  # fmt: skip
COMMANDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "log": ((*LOG, "--description", "No internet."), (*LOG, "--description", "No printer.")),
    "comment": (("comment", "1", "Rang them."), ("comment", "2", "Rang them.")),
    "note": (("note", "1", "Rang them."), ("comment", "1", "Rang them.")),
    "priority": (("priority", "1", "2", "--seen", "1"), ("priority", "1", "3", "--seen", "1")),
    "question": (
        ("state", "1", "on_hold_customer", "--question", "Which?"),
        ("state", "1", "on_hold_customer", "--question", "Which one?"),
    ),
    "deferral": (
        ("state", "1", "on_hold_deferral", "--until", "tomorrow 9"),
        ("state", "1", "on_hold_deferral", "--until", "tomorrow 10"),
    ),
    "assign": (("assign", "1", "--to", "lead"), ("assign", "1", "--to", "handler")),
    "hide": (
        ("confidential", "1", "yes", "--reason", "Named."),
        ("confidential", "1", "no", "--reason", "Named."),
    ),
    "link": (("link", "1", "--parent", "2"), ("link", "1", "--no-parent")),
    "duplicate": (("duplicate", "1", "--of", "2"), ("duplicate", "2", "--of", "1")),
}
"""Each command, and the same key for something else."""


@pytest.fixture(autouse=True)
def _two(services: Services, people: People) -> None:
    log(services, people, 2)


def run(cli: CommandLine, *command: str, key: str = "my key", login: str = "lead") -> str:
    """Run a command that must succeed, under a key."""
    return cli.done("incidents", *command, "--as", login, "--key", key)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_run_again_answers_the_same_and_changes_nothing(
    cli: CommandLine, database: Database, name: str
) -> None:
    command, other = COMMANDS[name]
    first = run(cli, *command)
    before = contents(database)
    again = run(cli, *command)
    # How a deferral is told depends on its end, which is not read again.
    assert again == first or name == "deferral"
    refused = cli("incidents", *other, "--as", "lead", "--key", "my key")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith("The key my key was used for something else before")
    assert contents(database) == before


def test_an_undo_and_a_retry_of_mail_run_again_are_done_once(
    cli: CommandLine, services: Services, people: People, database: Database
) -> None:
    for priority in (Priority.LOW, Priority.HIGH):
        services.triage.set_priority(people.lead, 1, None, priority)
    command = ("mail", "retry", "1", "--as", "lead", "--key", "mail")
    for again in (False, True):
        assert run(cli, "undo", "1") == run(cli, "undo", "1")
        assert cli.done(*command) == "1 e-mail is tried again.\n"
        if not again:
            before = contents(database)
    assert contents(database) == before
    assert services.queue.open(people.lead, 1).row.priority is Priority.LOW


def test_a_key_is_its_accounts_own_and_free_again_after_a_refusal(
    cli: CommandLine, services: Services, people: People
) -> None:
    refused = cli("incidents", "priority", "1", "2", "--seen", "9", "--as", "lead", "--key", "k")
    assert refused.exit_code == 1
    run(cli, "priority", "1", "2", "--seen", "1", key="k")
    run(cli, "priority", "1", "2", key="k")
    run(cli, "priority", "1", "3", key="k", login="handler")
    assert services.queue.open(people.lead, 1).row.priority is Priority.MEDIUM
    run(cli, "comment", "1", "Mine", key="k", login="00000EDU")
    run(cli, "comment", "1", "Mine", key="k", login="00000EDU")
    assert [said.body for said in services.queue.open(people.head, 1).comments] == ["Mine"]


@pytest.mark.on_sqlite
@pytest.mark.parametrize("key", ["", "  ", "x" * (LONGEST_KEY + 1), "a\nb", "\x1b[2J", "\u202e"])
def test_a_key_that_will_not_do_is_refused_in_words(
    cli: CommandLine, database: Database, key: str
) -> None:
    before = contents(database)
    refused = cli("incidents", "note", "1", "Words", "--as", "lead", "--key", key)
    assert refused.exit_code == 1
    assert refused.stderr.startswith("key: A key has ")
    assert contents(database) == before


def test_files_that_are_gone_are_not_asked_for_again(cli: CommandLine) -> None:
    file = cli.home / "error.txt"
    file.write_text("Error 5")
    command = (*LOG, "--description", "No internet.", "--attach", str(file))
    first = run(cli, *command)
    file.unlink()
    assert run(cli, *command) == first


def test_two_that_ask_at_once_under_one_key_are_done_once(
    cli: CommandLine, services: Services, people: People, database: Database, database_url: str
) -> None:
    databases = [Database.at(database_url) for _ in range(4)]
    request = Request.of(people.lead.id, "k", "note")

    def note(own: Database) -> None:
        keyed = bootstrap.open_services(own.once(request, START))
        keyed.conversation.work_note(people.lead, 1, "Once.", f"key-{id(own)}")

    with ThreadPoolExecutor(4) as pool:
        errors = [future.exception() for future in [pool.submit(note, d) for d in databases]]
    assert sorted(type(each).__name__ for each in errors) == ["DoneBefore"] * 3 + ["NoneType"]
    assert len(services.queue.open(people.lead, 1).comments) == 1
    for each in databases:
        each.close()


@pytest.fixture
def line(dialect: str, database_url: str) -> Iterator[LosingProxy]:
    """A line to the database that can lose an answer."""
    with LosingProxy(database_url) as line:
        yield line


@pytest.mark.on_postgres
def test_after_a_lost_answer_it_says_that_it_is_not_known_and_the_key_finds_out(
    cli: CommandLine, services: Services, people: People, line: LosingProxy
) -> None:
    command = ("incidents", *LOG, "--description", "No internet.", "--as", "lead")
    line.lose_answer_about(b"INSERT INTO incidents")
    lost = cli(*command, "--database", line.url)
    assert (lost.exit_code, lost.stdout) == (1, "")
    assert "It is not known whether this was done." in lost.stderr
    assert "With --key and a text of your own" in lost.stderr
    line.lose_answer_about(b"INSERT INTO incidents")
    lost = cli(*command, "--key", "call 7", "--database", line.url)
    assert lost.exit_code == 1
    assert "Run the same command with the same --key again" in lost.stderr
    for _ in range(2):
        assert cli.done(*command, "--key", "call 7", "--database", line.url) == "INC0000004\n"
    page = services.queue.page(people.lead, ListQuery(View.ALL), Window())
    assert len(page.rows) == 4
