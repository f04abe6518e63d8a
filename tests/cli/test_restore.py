"""``eds-tui db restore``: a back-up takes the place of the database, which is kept."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import update

from eds_tui import bootstrap
from eds_tui.domain.clock import utc_now
from eds_tui.repository import schema
from eds_tui.repository.backup import back_up
from eds_tui.repository.sqlite_file import BESIDE
from eds_tui.repository.tables import notifications
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.cases import at_case
from tests.cli.mailing import Mailing, mailing
from tests.cli.restoring import (
    client_programs_first,
    file,
    flip_a_page,
    nobody_else,
    numbers,
    refused,
)
from tests.cli.running import CommandLine
from tests.factories import People, new_form
from tests.repository.earlier import of_revision
from tests.stores import Store, file_of

__all__ = ["client_programs_first", "file", "mailing"]

pytestmark = pytest.mark.long_on_postgres


def test_what_is_in_the_back_up_is_there_again_and_what_was_there_is_kept(
    cli: CommandLine, services: Services, people: People, database: Database, file: Path
) -> None:
    services.triage.set_confidential(people.handler, 1, None, True, "Names a child.")
    services.accounts.disable("bursar")
    database.close()
    said = cli.done("db", "restore", str(file))
    assert said.startswith(f"Restored {file} to ")
    assert "  It holds 1 incident, the last number INC0000001, until " in said
    assert "  Not in it, and lost: INC0000002. No number is given out again.\n" in said
    assert "  Made confidential since, and NOT confidential in it: INC0000001. " in said
    assert "  Disabled since, and NOT disabled in it: bursar.\n" in said
    assert numbers(cli) == ["INC0000001"]
    assert services.attachments.fetch(people.handler, 1, "error.txt", b"".join) == b"Error 5"
    assert services.report.log(people.head, new_form()).number == 3
    assert "WRONG" not in cli.done("db", "check")
    changes = cli.done("audit", "changes", "--as", "lead")
    words = "restored the database from a back-up (monday.backup) (without INC0000002)"
    assert words in changes.splitlines()[0]
    database.close()
    assert former_numbers(cli, said) == [1, 2]
    # Another one does not write over it, and takes nothing of it along.
    later = file.with_name("tuesday.backup")
    cli.done("db", "backup", str(later))
    again = cli.done("db", "restore", str(later))
    assert "lost" not in again
    assert numbers(cli) == ["INC0000001", "INC0000003"]
    assert "WRONG" not in cli.done("db", "check")
    assert former_numbers(cli, said) == [1, 2]
    assert former_numbers(cli, again) == [1, 3]


def former_numbers(cli: CommandLine, said: str) -> list[int]:
    """Return the numbers of the incidents in what was there before, where it was said to be."""
    kept = said.rpartition("is kept in ")[2].strip()
    statement = "SELECT number FROM {}incidents ORDER BY number"
    if kept.startswith("the schema "):
        url = cli.database_url
        with psycopg.connect(url) as connection:
            name = kept.removeprefix("the schema ").split()[0]
            return [row[0] for row in connection.execute(statement.format(f"{name}.").encode())]
    assert not any(Path(f"{kept}{ending}").exists() for ending in BESIDE)
    with closing(sqlite3.connect(kept)) as connection:
        return [row[0] for row in connection.execute(statement.format(""))]


def test_no_e_mail_is_sent_twice(
    mailing: Mailing, services: Services, people: People, database: Database, tmp_path: Path
) -> None:
    cli, file = mailing.cli, tmp_path / "monday.backup"
    for _ in range(3):
        services.report.log(people.head, new_form())
    cli.done("db", "backup", str(file))
    with database.engine.begin() as connection:
        # The second is another worker's just now, and the third was hidden before it could go.
        taken = {"taken_until": utc_now() + timedelta(minutes=4)}
        connection.execute(update(notifications).where(notifications.c.id == 2).values(**taken))
    services.triage.set_confidential(people.handler, 3, None, True, "Names a child.")
    database.close()
    assert mailing.once()[0] == 0
    assert len(mailing.receiver.received) == 1
    said = cli.done("db", "restore", str(file))
    assert "  1 e-mail waited, and will be sent.\n" in said
    assert "  1 e-mail had been sent since: not sent again.\n" in said
    assert "  1 e-mail may have been sent or dropped since: not sent until a lead says so" in said
    assert mailing.once()[0] == 0
    sent = [each.message["Subject"] for each in mailing.receiver.received]
    assert list(map(number_in, sent)) == [1, 2]
    assert [line.split()[1] for line in cli.done("mail", "list").splitlines()[1:]] == ["INC0000003"]
    assert "whether it is to be sent yet, a lead says" in cli.done("mail", "list", "--failed")


def number_in(subject: str) -> int:
    """Return the incident number in the subject of an e-mail."""
    (found,) = re.findall(r"INC(\d{7})", subject)
    return int(found)


def test_a_back_up_of_an_older_version_is_brought_up_to_date(
    cli: CommandLine, database: Database, services: Services, people: People, store: Store,
    tmp_path: Path,
) -> None:  # fmt: skip
    services.report.log(people.head, new_form())
    url = of_revision(store, "0012", database)
    earlier = Database.at(url)
    back_up(earlier.engine, tmp_path / "old.backup")
    earlier.close()
    store.drop(url)
    services.report.log(people.head, new_form())
    database.close()
    said = cli.done("db", "restore", str(tmp_path / "old.backup"))
    assert "  Its schema, of version 0012, was brought up to date.\n" in said
    assert "  Not in it, and lost: INC0000002." in said
    assert schema.is_current(database)
    assert numbers(cli) == ["INC0000001"]


def test_a_back_up_of_another_installation_is_restored_only_when_that_is_said(
    cli: CommandLine, file: Path, store: Store
) -> None:
    url = store.empty()
    bootstrap.open_database(url, make=True).close()
    another = CommandLine(cli.home, url)
    for login in ("handler", "lead"):
        another.done(
            "account", "add", login, "--name", "B. Other", "--role", login,
            stdin="Corridor-Badger-91!\n",
        )  # fmt: skip
    said = refused(another, file)
    assert "is of another installation than the database that is there" in said
    another.done("db", "restore", str(file), "--of-another-installation")
    assert numbers(another) == ["INC0000001"]
    assert another.done("mail", "list", "--failed").count("INC0000001") == 1
    store.drop(url)


def test_where_nothing_is_a_back_up_makes_a_database(
    cli: CommandLine, dialect: str, file: Path, store: Store
) -> None:
    url = store.empty()
    fresh = CommandLine(cli.home, url)
    said = fresh.done("db", "restore", str(file))
    assert "was there before" not in said
    assert "WRONG" not in fresh.done("db", "check")
    assert numbers(fresh) == ["INC0000001"]
    # Whether the e-mail that waited was sent before all was lost, nobody knows.
    assert fresh.done("mail", "list", "--failed").count("INC0000001") == 1
    if dialect == "sqlite":
        assert file_of(url).stat().st_mode & 0o777 == 0o600
    store.drop(url)


def write_words(file: Path) -> None:
    """Write over a file what is no database."""
    file.write_text("INC0000001\n" * 900)


@pytest.mark.on_sqlite
def test_a_database_that_is_damaged_is_kept_and_makes_way(cli: CommandLine, file: Path) -> None:
    target = file_of(cli.database_url)
    for name, damage in (("flipped", flip_a_page), ("no database", write_words)):
        with at_case(name):
            damage(target)
            Path(f"{target}-wal").write_bytes(b"left behind")
            damaged = target.read_bytes()
            said = cli.done("db", "restore", str(file))
            kept = Path(said.rpartition("is kept in ")[2].strip())
            if name == "no database":
                assert "What was there before can't be read, not all of it" in said
                assert kept.read_bytes() == damaged
                assert Path(f"{kept}-wal").read_bytes() == b"left behind"
            assert numbers(cli) == ["INC0000001"]


@pytest.mark.long
@pytest.mark.on_both
def test_killed_in_the_middle_it_leaves_the_one_or_the_other_whole(
    cli: CommandLine, services: Services, people: People, database: Database, file: Path
) -> None:
    for _ in range(30):
        services.report.log(people.head, new_form())
    database.close()
    whole = file.with_name("whole.backup")
    cli.done("db", "backup", str(whole))
    command = [sys.executable, "-m", "eds_tui", "db", "restore", str(file)]
    for _ in range(2):
        began = time.monotonic()
        subprocess.run(command, env=cli.environment, check=True, capture_output=True)
        took = time.monotonic() - began
    found = set()
    for part in range(3, 13):
        cli.done("db", "restore", str(whole))
        process = subprocess.Popen(command, env=cli.environment, stdout=subprocess.DEVNULL)
        with suppress(subprocess.TimeoutExpired):
            process.wait(took * part / 12)
        process.send_signal(signal.SIGKILL)
        process.wait()
        nobody_else(cli)
        found.add(len(numbers(cli)))
        assert "WRONG" not in cli.done("db", "check")
    assert found <= {1, 32}
    assert 32 in found
