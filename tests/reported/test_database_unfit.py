"""A database that is not fit, or lets nobody in, is told as such by every command and by doctor."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url

from eds_tui import bootstrap
from eds_tui.domain.database_url import url_of, usual_spelling
from eds_tui.domain.errors import (
    AccessRefused,
    OnlyReadable,
    Unavailable,
    UnfitDatabase,
)
from eds_tui.host.database_url import sqlite_file
from eds_tui.repository.outages import TAKES_NO_CHANGES
from eds_tui.repository.refusals import (
    NO_PASSWORD,
    NO_SUCH_DATABASE,
    NO_SUCH_USER,
    NOT_FROM_HERE,
    WRONG_OPTION,
    WRONG_PASSWORD,
)
from eds_tui.repository.unit_of_work import Database
from tests.cli.running import CommandLine
from tests.servers import Server, bundled, bundled_programs

on_postgres = pytest.mark.on_postgres


def plain(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def told_by_doctor(folder: Path, url: str) -> str:
    told = CommandLine(folder, url)("doctor")
    assert told.exit_code == 1
    return next(line for line in told.stdout.splitlines() if "database: " in line)


@pytest.fixture(scope="module")
def strict() -> Iterator[Server]:
    """A server that wants the password of everybody but its administrator."""
    with tempfile.TemporaryDirectory() as folder, bundled(Path(folder)) as admin_url:
        server = Server(admin_url)
        server.prepare()
        with psycopg.connect(admin_url, autocommit=True) as admin:
            row = admin.execute("SHOW hba_file").fetchone()
            assert row is not None
            rules = Path(row[0])
            admin.execute("CREATE ROLE eds_elsewhere LOGIN")
            rules.write_text(
                "local all eds_elsewhere reject\n"
                f"local all eds_test scram-sha-256\n{rules.read_text()}"
            )
            admin.execute("SELECT pg_reload_conf()")
            # It is obeyed a little later.
            while _lets_in(admin_url, "eds_elsewhere"):
                pass
        yield server


def _lets_in(admin_url: str, user: str) -> bool:
    try:
        psycopg.connect(admin_url, user=user, dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.mark.on_sqlite
def test_who_is_not_let_in_is_told_why(strict: Server, tmp_path: Path) -> None:
    url = make_url(strict.new_url())
    strict.create(plain(url))
    for wrong, words in (
        (url.set(database="nonesuch"), NO_SUCH_DATABASE),
        (url.set(password="wrong"), WRONG_PASSWORD),
        (url._replace(password=None), NO_PASSWORD),
        (url.set(username="nobody_here"), NO_SUCH_USER),
        (url.set(username="eds_elsewhere"), NOT_FROM_HERE),
        (url.update_query_dict({"sslmode": "nonsense"}), WRONG_OPTION),
    ):
        with pytest.raises(AccessRefused) as refused:
            bootstrap.open_database(plain(wrong))
        assert refused.value.message == words
        line = told_by_doctor(tmp_path, plain(wrong))
        assert f"{words.removesuffix('.')}. See that user, password and database" in line
        assert "wrong@" not in line
    strict.drop(plain(url))


@pytest.mark.on_sqlite
def test_a_worker_that_is_not_let_in_says_so_and_ends(strict: Server, tmp_path: Path) -> None:
    url = make_url(strict.new_url())
    strict.create(plain(url))
    told = CommandLine(tmp_path, plain(url.set(password="wrong"))).program("worker")
    assert (told.returncode, told.stdout) == (1, b"")
    assert WRONG_PASSWORD in told.stderr.decode()
    strict.drop(plain(url))


@on_postgres
@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_in_another_encoding_is_refused_and_left_as_it_is(
    server: Server, tmp_path: Path, encoding: str
) -> None:
    url = server.new_url()
    name = make_url(url).database
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        admin.execute(
            f"CREATE DATABASE {name} OWNER {server.owner} ENCODING '{encoding}' TEMPLATE template0"
            " LC_COLLATE 'C' LC_CTYPE 'C'".encode()
        )
    with pytest.raises(UnfitDatabase, match=f"The encoding of the database is {encoding}, "):
        bootstrap.open_database(url, make=True)
    assert f"The encoding of the database is {encoding}, " in told_by_doctor(tmp_path, url)
    with server.inside(url) as inside:
        assert inside.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname='public'"
        ).fetchone() == (0,)
    server.drop(url)


@on_postgres
def test_what_the_environment_says_of_the_encoding_changes_no_text(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    database = Database.at(database_url)
    with database.reading() as work:
        shown = work._connection.exec_driver_sql("SHOW client_encoding").scalar_one()
    database.close()
    assert shown == "UTF8"


@pytest.fixture
def standby(tmp_path: Path) -> Iterator[str]:
    """A server that follows another one: a copy of its files, with the mark of a standby."""
    folder = tmp_path / "first"
    folder.mkdir()
    with bundled(folder) as admin_url:
        server = Server(admin_url)
        server.prepare()
        url = server.new_url()
        server.create(url)
        bootstrap.open_database(url).close()
    data = tmp_path / "standby"
    shutil.copytree(folder / "data", data, symlinks=True, copy_function=shutil.copy2)
    yield from _followed(data, url)


def _followed(data: Path, url: str) -> Iterator[str]:
    owner = (data.parent / "first" / "data").stat()
    for each in (data, *data.rglob("*")):
        os.lchown(each, owner.st_uid, owner.st_gid)
    (data / "postmaster.pid").unlink(missing_ok=True)
    (data / "standby.signal").touch()
    for each in data.parents:
        if each.stat().st_uid == os.geteuid() and each != Path("/"):
            each.chmod(each.stat().st_mode | 0o011)
        if each == data.parent:
            break
    control = [str(bundled_programs() / "pg_ctl"), f"--pgdata={data}"]
    user = owner.st_uid if os.geteuid() == 0 else None
    options = f"--options=-c unix_socket_directories={data} -c listen_addresses="
    with (data / "log").open("wb") as log:
        for command in ([*control, "start", "--wait", options],):
            subprocess.run(command, check=True, user=user, stdout=log, stderr=log, cwd=data)
        try:
            yield plain(make_url(url).update_query_dict({"host": str(data)}))
        finally:
            stop = [*control, "stop", "--mode=fast"]
            subprocess.run(stop, check=True, user=user, stdout=log, stderr=log, cwd=data)


@pytest.mark.long
@pytest.mark.on_sqlite
def test_a_standby_is_waited_for_as_one_out_of_reach(standby: str, tmp_path: Path) -> None:
    database = bootstrap.open_database(standby)
    with pytest.raises(OnlyReadable) as refused, database.writing() as work:
        work.incidents.next_number()
    assert refused.value.message == TAKES_NO_CHANGES
    assert database.reachability.why_not == TAKES_NO_CHANGES
    database.close()
    assert "can be read, and takes no changes from here" in told_by_doctor(tmp_path, standby)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://eds@127.0.0.1:abc/eds", "postgresql://eds@127.0.0.1:0/eds",
        "postgres://eds@127.0.0.1:65536/eds", "postgresql://eds@/eds?port=abc",
        "postgresql://eds@/eds?host=one:5432&host=two:x",
    ],
)  # fmt: skip
def test_a_port_that_is_no_number_is_told_as_such(tmp_path: Path, url: str) -> None:
    words = "The port in the database URL is a number from 1 to 65535"
    with pytest.raises(Unavailable, match=words):
        Database.at(url)
    assert words in told_by_doctor(tmp_path, url)


def test_an_option_that_there_is_not_is_told() -> None:
    with pytest.raises(Unavailable, match='invalid connection option "nonsense"'):
        Database.at("postgresql://eds@/eds?nonsense=1")


@pytest.mark.parametrize(
    ("given", "usual"),
    [
        ("postgres://eds@h/d", "postgresql://eds@h/d"),
        ("Postgres+psycopg://eds@h/d", "postgresql+psycopg://eds@h/d"),
        (" SQLITE:////a b.db\n", "sqlite:////a b.db"),
        ("nonsense", "nonsense"),
    ],
)
def test_every_spelling_of_a_kind_of_database_is_one(given: str, usual: str) -> None:
    assert usual_spelling(given) == usual
    assert usual_spelling(usual) == usual


def test_a_blank_and_a_home_in_a_url_are_the_same_file_for_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "a b" / "eds 100%.db"
    urls = [
        "sqlite:///~/a%20b/eds%20100%25.db", f"sqlite:///{tmp_path}/a b/eds 100%.db", url_of(file),
        "sqlite:///a%20b/eds 100%25.db?timeout=5", f"sqlite:///file:{tmp_path}/a%20b/eds%20100%25.db",
    ]  # fmt: skip
    assert [sqlite_file(url) for url in urls if "///a" not in url] == [file] * 4
    for url in urls:
        cli = CommandLine(tmp_path, url)
        cli.done("db", "upgrade")
        assert [each.name for each in file.parent.glob("*.db")] == [file.name]
        assert "answers and has no account" in told_by_doctor(tmp_path, url)
        assert cli.done("account", "list").startswith("Account")
    assert not (tmp_path / "~").exists()


def test_a_file_that_is_there_under_the_name_as_it_is_written_is_the_one_meant(
    tmp_path: Path,
) -> None:
    (tmp_path / "a%20b.db").touch()
    assert sqlite_file(f"sqlite:///{tmp_path}/a%20b.db") == tmp_path / "a%20b.db"
    assert sqlite_file("sqlite:///:memory:") is None
