"""The theme of an account, given at the console."""

from __future__ import annotations

import pytest

from eds_tui.services.container import Services
from tests.cli.running import CommandLine


@pytest.mark.on_sqlite
@pytest.mark.usefixtures("people")
def test_a_theme_is_given_and_taken_away_and_one_that_there_is_not_is_refused(
    cli: CommandLine, services: Services
) -> None:
    given = cli.done("account", "theme", "HANDLER", "eds-light")
    assert given == "Account handler has the theme eds-light.\n"
    assert services.accounts.by_login("handler").theme == "eds-light"

    refused = cli("account", "theme", "handler", "pink")
    assert refused.exit_code != 0
    assert "There is no theme named pink; there are eds-dark, eds-light," in refused.stderr

    taken = cli.done("account", "theme", "handler", "")
    assert taken == "Account handler has the theme of its terminal.\n"
    assert services.accounts.by_login("handler").theme == ""
