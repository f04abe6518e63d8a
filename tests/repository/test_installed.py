"""Every PostgreSQL that people have: set up by its page, upgraded, worked with, backed up."""

from __future__ import annotations

import subprocess
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from eds_tui import bootstrap
from eds_tui.domain.errors import ServerTooOld
from eds_tui.repository import client_programs, postgres
from eds_tui.repository.unit_of_work import Database
from eds_tui.settings import Security, Settings
from tests.cli.running import CommandLine
from tests.factories import START, SetClock
from tests.installed import Installation
from tests.mail.receiver import HOST, receiving
from tests.repository.connections import PATIENCE, run

pytestmark = pytest.mark.long


def test_the_readmes_statements_and_an_upgrade_are_all_that_it_takes(
    installed: Database, installation: Installation
) -> None:
    # The one way through each service was gone when it was set up.
    assert installation.upgraded.startswith("The schema is up to date: ")
    with installed.reading() as work:
        rights = run(
            work,
            "SELECT rolname, rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls"
            " FROM pg_roles WHERE rolname = current_user",
        )
        assert rights == [("eds", False)]
        assert work.wall_problems() == []


def test_all_that_was_stored_agrees_and_the_doctor_finds_nothing_to_look_at(
    installed: Database, tmp_path: Path
) -> None:
    cli = CommandLine(tmp_path, installed.engine.url.render_as_string(hide_password=False))
    assert "WRONG" not in cli.done("db", "check")
    assert "ok: database: " in cli.program("doctor").stdout.decode()
    with installed.engine.begin() as connection:
        connection.exec_driver_sql("DROP POLICY school ON comments")
    assert cli("db", "check").exit_code == 1
    told = cli.program("doctor")
    assert told.returncode == 1
    assert b"The policy of comments is missing. Put it right: eds-tui db upgrade" in told.stdout
    cli.done("db", "upgrade")
    assert "WRONG" not in cli.done("db", "check")


def test_a_back_up_is_made_by_the_programs_of_the_servers_version(
    installed: Database, installation: Installation, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    programs = installation.programs
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    server = installation.server
    url = installed.engine.url.render_as_string(hide_password=False)
    cli = CommandLine(tmp_path, url)
    cli.done("db", "backup", str(tmp_path / "eds.backup"))

    again = server.new_url()
    server.create(again)
    place = make_url(again)
    where = [f"--host={place.query['host']}", "--username=eds", f"--dbname={place.database}"]
    restore = [str(programs / "pg_restore"), "--no-owner", "--exit-on-error", *where]
    subprocess.run([*restore, str(tmp_path / "eds.backup")], check=True, capture_output=True)
    assert "WRONG" not in cli.done("db", "check", "--database", again)
    server.drop(again)


def test_what_others_change_wakes_and_what_is_queued_is_sent(
    installed: Database, installation: Installation
) -> None:
    clock = SetClock(START + timedelta(days=2))
    services = bootstrap.open_services(installed, clock)
    woken = threading.Semaphore(0)
    listener = services.feed.listener(woken.release)
    listener.start()
    assert woken.acquire(timeout=PATIENCE)
    services.conversation.comment(installation.people.handler, 1, "Still so.", "wake")
    assert woken.acquire(timeout=PATIENCE)
    listener.stop()
    listener.thread.join(PATIENCE)
    with receiving() as receiver:
        settings = Settings(
            database_url="", smtp_host=HOST, smtp_port=receiver.port, smtp_security=Security.NONE
        )
        delivery = bootstrap.open_delivery(installed, settings, clock)
        assert delivery is not None
        while delivery.send_next():
            pass
        assert len(receiver.received) > 1


def fake_pg_dump(folder: Path, version: str) -> Path:
    """Put a program into a folder that says it is of a version."""
    folder.mkdir()
    program = folder / "pg_dump"
    program.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}'\n")
    program.chmod(0o755)
    return program


def test_of_several_client_programs_the_oldest_that_suits_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, version in (("a", "1001.4"), ("b", "1003.1 (Debian 1003.1-1)"), ("c", "1002beta1")):
        fake_pg_dump(tmp_path / name, version)
    monkeypatch.setenv("PATH", str(tmp_path / "b"), prepend=":")
    monkeypatch.setattr(client_programs, "_PLACES", (f"{str(tmp_path)[1:]}/*",))
    assert client_programs.program_for("pg_dump", 1002) == str(tmp_path / "c" / "pg_dump")
    assert client_programs.program_for("pg_dump", 1003) == str(tmp_path / "b" / "pg_dump")
    with pytest.raises(Exception, match=r"pg_dump of PostgreSQL 1004 .* Here is only 1003\."):
        client_programs.program_for("pg_dump", 1004)


@pytest.mark.on_postgres
def test_an_older_server_is_refused_with_the_least_version(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "LEAST_VERSION", 99)
    cli = CommandLine(tmp_path, database_url)
    with pytest.raises(ServerTooOld) as refused:
        bootstrap.open_database(database_url)
    assert "It needs PostgreSQL 99 or newer." in refused.value.message
    upgrade = cli("db", "upgrade")
    assert upgrade.exit_code == 1
    assert refused.value.message in upgrade.stderr
    doctor = cli("doctor")
    assert doctor.exit_code == 1
    assert "look at this: database: " in doctor.stdout
    assert "It needs PostgreSQL 99 or newer." in doctor.stdout
