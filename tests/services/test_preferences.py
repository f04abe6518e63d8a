"""What a person prefers is kept with the account."""

from __future__ import annotations

import pytest

from eds_tui.domain.appearance import ThemeName
from eds_tui.domain.errors import InvalidInput, NotFound
from eds_tui.services.container import Services
from tests.factories import People


@pytest.mark.on_both
def test_a_theme_is_kept_with_the_account_of_a_handler_and_of_a_school(
    services: Services, people: People
) -> None:
    for account, theme in ((people.handler, ThemeName.LIGHT), (people.head, ThemeName.CONTRAST)):
        assert account.theme == ""
        assert services.preferences.choose_theme(account, theme.value) is theme
        assert services.accounts.by_login(account.login).theme == theme
    assert services.accounts.by_login(people.lead.login).theme == ""


@pytest.mark.on_sqlite
def test_a_theme_that_there_is_not_is_refused_in_words(services: Services, people: People) -> None:
    services.preferences.choose_theme(people.handler, "eds-light")
    for wrong in ("", "EDS-LIGHT", "textual-light", "x\x1b[31m"):
        with pytest.raises(InvalidInput, match="there are eds-dark, eds-light, eds-contrast"):
            services.preferences.choose_theme(people.handler, wrong)
    assert services.accounts.by_login(people.handler.login).theme == "eds-light"


@pytest.mark.on_sqlite
def test_at_the_console_a_theme_is_given_and_taken_away(services: Services, people: People) -> None:
    login = people.head.login
    assert services.preferences.set_theme(login.lower(), "eds-dark").id == people.head.id
    assert services.accounts.by_login(login).theme == "eds-dark"
    services.preferences.set_theme(login, "")
    assert services.accounts.by_login(login).theme == ""
    with pytest.raises(InvalidInput):
        services.preferences.set_theme(login, "nord")
    with pytest.raises(NotFound, match="There is no account named nobody"):
        services.preferences.set_theme("nobody", "eds-dark")
