"""Settings: read once at the start, from the environment and a TOML file, and never changed."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from pathlib import Path

import platformdirs

from eds_tui.domain.errors import Unavailable

PREFIX = "EDS_TUI_"
CONFIG = f"{PREFIX}CONFIG"
"""The variable that names the file of the settings."""
ACCOUNT = "{account}"
"""Stands in ``files`` for the name of whoever has signed in."""
APPLICATION = "eds-tui"
"""Names the program's folders among those of a user."""
_AUTHS = ("password", "ssh")
_MINUTES = re.compile("[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation may choose. Each field is ``EDS_TUI_`` and its name in capitals."""

    database_url: str
    """Where the database is: ``sqlite:////folder/file.db``."""
    files: str
    """The folder tree that files are attached from and saved to; empty: none.

    With ``{account}`` in it each account has a tree of its own.
    """
    drafts: str = ""
    """The folder where what is typed waits while the database can't be reached; empty: nowhere."""
    auth: str = "password"
    """How ``eds-tui kiosk`` knows people: by ``password``, or by their ``ssh`` key."""
    ssh_keys: str = ""
    """The server's file of keys, each with the name of an account behind it; for ``ssh``."""
    preload: str = ""
    """The socket at which ``eds-tui preload`` begins sessions; empty: none."""
    idle_lock_minutes: str = "10"
    """Minutes without a key after which the password is asked for again; 0 never does."""
    session_end_minutes: str = "60"
    """Minutes without a key after which a session ends; 0 never ends it."""
    theme: str = "eds-dark"
    """The name of the theme the kiosk starts with."""
    characters: str = "auto"
    """``ascii``, ``unicode``, or ``auto``: what the terminal's character set has."""
    service_centre_telephone: str = "01772 000000"
    """The number that callers are told to ring."""
    service_centre_email: str = "ict.servicecentre@example.org"
    """The address that people are told to write to, and that is told of schools' comments."""
    smtp_host: str = ""
    """The mail server that e-mails are handed to; empty sends none."""
    smtp_port: str = ""
    """Its port; empty is the usual one for the security."""
    smtp_security: str = "starttls"
    """``starttls``, ``tls`` or ``none``."""
    smtp_user: str = ""
    """The name to log in with; empty logs in with none."""
    smtp_password: str = field(default="", repr=False)
    """The password to log in with."""
    smtp_ca_file: str = ""
    """A file of certificates to trust beside the system's own."""
    mail_from: str = ""
    """Whom e-mails are from: an address, or ``Name <address>``; empty is the service desk."""

    def minutes(self, name: str) -> timedelta:
        """Return a setting that is a number of minutes.

        Raises:
            Unavailable: It is none.
        """
        text = str(getattr(self, name))
        if not _MINUTES.fullmatch(text):
            raise Unavailable(f"{name} must be a whole number of minutes, not {text!r}.")
        return timedelta(minutes=int(text))


def split_at_account(files: str) -> tuple[Path, tuple[str, ...]]:
    """Return the folder above those of the accounts, and the names from there down.

    The first of the names is the first with ``{account}`` in it; without one there are none.
    """
    parts = Path(files).parts
    first = next((place for place, part in enumerate(parts) if ACCOUNT in part), len(parts))
    return Path(*parts[:first]), parts[first:]


def default_database_url() -> str:
    """Return where the database is unless a setting says otherwise: in the user's data folder."""
    return f"sqlite:///{platformdirs.user_data_path(APPLICATION) / 'eds-tui.db'}"


def settings_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the settings are read from: the file may not be there."""
    named = environment.get(CONFIG)
    return Path(named) if named else platformdirs.user_config_path(APPLICATION) / "settings.toml"


def read_settings(
    environment: Mapping[str, str] = os.environ,
    database_url: str | None = None,
    *,
    shared: bool = False,
) -> Settings:
    """Return the settings: the built-in ones, then the file's, then the environment's.

    Args:
        environment: Variables; ``EDS_TUI_CONFIG`` names another file than the default
            ``eds-tui/settings.toml`` in the user's configuration folder.
        database_url: From the command line; goes before all others.
        shared: Whether many people use the Linux account, whose home folder is then nobody's own.

    Raises:
        Unavailable: The file can't be read, or a setting is none or has a value that it can't have.
    """
    settings = Settings(
        database_url=default_database_url(),
        files="" if shared else str(Path.home()),
        drafts=str(platformdirs.user_state_path(APPLICATION) / "drafts"),
    )
    names = [each.name for each in fields(Settings)]
    settings = replace(settings, **_from_file(environment, names))
    found = {
        name: environment[PREFIX + name.upper()]
        for name in names
        if environment.get(PREFIX + name.upper())
    }
    if database_url:
        found["database_url"] = database_url
    settings = replace(settings, **found)
    _check(settings)
    return settings


def _check(settings: Settings) -> None:
    if settings.auth not in _AUTHS:
        raise Unavailable(f"auth is {' or '.join(_AUTHS)}; it is {settings.auth!r}.")
    files = settings.files
    if set("{}") & set(files.replace(ACCOUNT, "")):
        raise Unavailable(
            f"files may hold {ACCOUNT} for the account's name and no other brace; it is {files!r}."
        )
    _, below = split_at_account(files)
    if any(name.startswith(".") for name in below):
        raise Unavailable(f"In files no name from {ACCOUNT} on may begin with a dot: {files!r}.")


def _from_file(environment: Mapping[str, str], names: list[str]) -> dict[str, str]:
    named = environment.get(CONFIG)
    path = settings_file(environment)
    try:
        text = path.read_text("utf-8")
        # Loaded only where there is something to read.
        import tomllib

        values = tomllib.loads(text)
    except FileNotFoundError:
        if named:
            raise Unavailable(f"The settings file {path} does not exist.") from None
        return {}
    except (OSError, ValueError) as error:
        raise Unavailable(f"The settings file {path} can't be read: {error}") from error
    for name, value in values.items():
        if name not in names or not isinstance(value, str):
            raise Unavailable(
                f"{path}: {name} is not a setting with a text; there are {', '.join(names)}."
            )
    return values
