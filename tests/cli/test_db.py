"""``eds-tui db backup``: the database is backed up while everybody works."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from eds_tui import bootstrap
from eds_tui.repository import client_programs
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.cli.running import CommandLine
from tests.factories import People, new_form
from tests.servers import bundled_programs
from tests.stores import Store

pytestmark = [pytest.mark.long_on_postgres, pytest.mark.usefixtures("at_work")]


@pytest.fixture
def _client_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the programs that came with the test's server before all others of their names."""
    monkeypatch.setenv("PATH", str(bundled_programs()), prepend=os.pathsep)


def restored(store: Store, dialect: str, file: Path) -> str:
    """Return the URL of a database made from a back-up."""
    if dialect == "sqlite":
        return f"sqlite:///{shutil.copy(file, file.with_suffix('.restored'))}"
    url = store.empty()
    program = shutil.which("pg_restore")
    assert program is not None
    command = [program, "--no-owner", "--exit-on-error", f"--dbname={url}", str(file)]
    subprocess.run(command, check=True, capture_output=True)
    return url


@pytest.mark.usefixtures("_client_programs")
def test_a_back_up_taken_while_many_work_is_whole(
    cli: CommandLine, services: Services, people: People, store: Store, dialect: str, tmp_path: Path
) -> None:
    file = tmp_path / "eds.backup"
    done = threading.Event()

    def work() -> int:
        logged = 0
        while not done.is_set() or logged == 0:
            number = services.report.log(people.head, new_form()).number
            services.conversation.comment(people.head, number, "More.", f"comment-{number}")
            logged += 1
        return logged

    with ThreadPoolExecutor(1) as pool:
        logging = pool.submit(work)
        said = cli("db", "backup", str(file))
        done.set()
        logging.result()
    assert said.exit_code == 0, said.output
    assert said.stdout == f"Backed up to {file} ({file.stat().st_size:,} bytes)\n"
    assert file.stat().st_mode & 0o777 == 0o600
    url = restored(store, dialect, file)
    found = cli("--database", url, "db", "check", "--database", url)
    assert found.exit_code == 0, found.output
    database = Database.at(url)
    again = bootstrap.open_services(database)
    assert again.attachments.fetch(people.handler, 1, "error.txt", b"".join) == b"Error 5"
    # Work goes on in it with the next number, by the same accounts.
    assert again.report.log(people.head, new_form()).number > 2
    database.close()
    store.drop(url)


def test_a_file_that_is_there_is_never_written_over(cli: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "eds.backup"
    file.write_text("the only copy")
    result = cli("db", "backup", str(file))
    assert result.exit_code == 1
    assert f"{file} is there already. Nothing was written." in result.stderr
    assert file.read_text() == "the only copy"


@pytest.mark.usefixtures("_client_programs")
def test_a_file_of_somebody_elses_beside_it_stays(cli: CommandLine, tmp_path: Path) -> None:
    theirs = tmp_path / "eds.backup.part"
    theirs.write_text("the only copy")
    tmp_path.chmod(0o777)
    before = os.umask(0)
    try:
        cli.done("db", "backup", str(tmp_path / "eds.backup"))
    finally:
        os.umask(before)
    assert theirs.read_text() == "the only copy"
    assert sorted(each.name for each in tmp_path.glob("*eds*backup*")) == [
        "eds.backup",
        "eds.backup.part",
    ]
    assert (tmp_path / "eds.backup").stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("_client_programs")
def test_a_place_that_can_not_be_written_is_said_and_nothing_is_left(
    cli: CommandLine, tmp_path: Path
) -> None:
    before = sorted(tmp_path.iterdir())
    result = cli("db", "backup", str(tmp_path / "absent" / "eds.backup"))
    assert result.exit_code == 1
    assert "can't be written: No such file or directory." in result.stderr
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.on_postgres
def test_without_pg_dump_it_is_said_where_that_comes_from(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(client_programs, "_PLACES", ())
    result = cli("db", "backup", str(tmp_path / "eds.backup"))
    assert result.exit_code == 1
    assert "pg_dump of PostgreSQL 18 is not installed here. It comes with" in result.stderr
    assert not list(tmp_path.glob("eds.backup*"))


@pytest.mark.on_sqlite
def test_who_gives_up_in_the_middle_leaves_nothing_behind(
    database: Database, tmp_path: Path
) -> None:
    told: list[float] = []

    def give_up(done: float) -> None:
        told.append(done)
        raise KeyboardInterrupt

    before = sorted(tmp_path.iterdir())
    with pytest.raises(KeyboardInterrupt):
        database.back_up(tmp_path / "eds.backup", give_up)
    assert len(told) == 1
    assert sorted(tmp_path.iterdir()) == before
    database.back_up(tmp_path / "eds.backup", told.append)
    assert told[-1] == 1


@pytest.mark.on_sqlite
def test_a_damaged_database_is_not_copied(
    cli: CommandLine, database: Database, tmp_path: Path
) -> None:
    database.close()
    file = Path(str(database.engine.url.database))
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'events'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as opened:
        opened.seek((page - 1) * size)
        opened.write(b"\xff" * size)
    result = cli("db", "backup", str(tmp_path / "eds.backup"))
    assert result.exit_code == 1
    assert "malformed" in result.stderr
    assert not list(tmp_path.glob("eds*backup*"))
