"""The mail server that the settings name, and settings that are refused."""

from __future__ import annotations

import pytest

from eds_tui.domain.errors import Unavailable
from eds_tui.mail.transport import Smtp
from eds_tui.settings import Security, Settings, parse_settings


def settings(**changes: str) -> Settings:
    """Return settings with a mail server."""
    return parse_settings({"database_url": "", "smtp_host": "mail.example"} | changes)


@pytest.mark.parametrize(("changes", "wanted"), [
    ({}, ("mail.example", 587, Security.STARTTLS)),
    ({"smtp_security": "TLS"}, ("mail.example", 465, Security.TLS)),
    ({"smtp_security": "none"}, ("mail.example", 25, Security.NONE)),
    ({"smtp_port": "2525"}, ("mail.example", 2525, Security.STARTTLS)),
])  # fmt: skip
def test_the_settings_name_the_server(
    changes: dict[str, str], wanted: tuple[str, int, Security]
) -> None:
    smtp = Smtp.of(settings(**changes))
    assert smtp is not None
    assert (smtp.host, smtp.port, smtp.security) == wanted


def test_without_a_host_there_is_no_server() -> None:
    assert Smtp.of(settings(smtp_host="")) is None


@pytest.mark.parametrize(("changes", "told"), [
    ({"smtp_security": "ssl"}, "smtp_security is one of none, starttls, tls"),
    ({"smtp_port": "smtp"}, "smtp_port is a number"),
    ({"smtp_port": "0"}, "smtp_port is a number"),
    ({"smtp_port": "9" * 40}, "smtp_port is a number"),
    ({"smtp_security": "none", "smtp_user": "kiosk"}, "a password is not sent"),
])  # fmt: skip
def test_a_setting_that_can_not_be_is_refused_in_words(changes: dict[str, str], told: str) -> None:
    with pytest.raises(Unavailable, match=told):
        Smtp.of(settings(smtp_password="s3cret", **changes))


def test_no_password_is_ever_shown_with_the_settings() -> None:
    assert "s3cret" not in repr(settings(smtp_password="s3cret"))
