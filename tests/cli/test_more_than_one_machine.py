"""Two database servers as the page about them says: set up, backed up, taken over."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest

from eds_tui import bootstrap
from tests.cli.running import CommandLine
from tests.factories import People, new_form
from tests.replication import line_of, replicated
from tests.servers import bundled_programs

pytestmark = pytest.mark.long


def test_a_back_up_from_the_standby_is_restored_on_what_takes_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(bundled_programs()), prepend=os.pathsep)
    file = tmp_path / "standby.backup"
    with replicated() as pair:
        original = pair.server.new_url()
        pair.server.create(original)
        database = bootstrap.open_database(original, make=True)
        services = bootstrap.open_services(database)
        people = People.add_to(database, services)
        services.report.log(people.head, new_form())
        database.close()
        from_standby = CommandLine(tmp_path, pair.url_of(original, "prefer-standby"))
        from_standby.done("db", "backup", str(file))
        refused = from_standby("db", "restore", str(file))
        assert refused.exit_code == 1
        assert "takes no changes just now: it is a standby" in refused.stderr
        cli = CommandLine(tmp_path, pair.url_of(original))
        services.report.log(people.head, new_form())
        database.close()
        assert "and lost: INC0000002." in cli.done("db", "restore", str(file))
        pair.primary.kill()
        pair.promote()
        # The standby has the restored database, and all that was there before.
        assert "WRONG" not in cli.done("db", "check")
        found = cli.done("incidents", "list", "--as", "handler")
        assert ("INC0000001" in found, "INC0000002" in found) == (True, False)
        # The counter is raised as after a recovery to a moment.
        with psycopg.connect(pair.url_of(original)) as connection:
            connection.execute(line_of("SELECT setval(").encode())
        assert logged(cli).startswith("INC0001235")


def logged(cli: CommandLine) -> str:
    """Log a call, and return its number."""
    return cli.log("--as", "00000EDU", "--telephone", "1")
