"""Reads the settings of an installation once at the start, typed and checked."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import platformdirs

from eds_tui.domain.appearance import ColoursSent, Copying
from eds_tui.domain.database_url import url_of, usual_spelling
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.text_bytes import decoded

PREFIX = "EDS_TUI_"
CONFIG = f"{PREFIX}CONFIG"
"""The variable that names the file of the settings."""
ACCOUNT = "{account}"
"""Stands in ``files`` for the name of whoever has signed in."""
APPLICATION = "eds-tui"
"""Names the program's folders among those of a user."""
_MINUTES = re.compile("[0-9]{1,5}")
_PORT = re.compile("0*[0-9]{1,5}", re.ASCII)
_Value = TypeVar("_Value")
_Choice = TypeVar("_Choice", bound=StrEnum)


class Auth(StrEnum):
    """How ``eds-tui kiosk`` knows people."""

    PASSWORD = "password"
    SSH = "ssh"


class Characters(StrEnum):
    """Which characters the terminal is sent."""

    AUTO = "auto"
    ASCII = "ascii"
    UNICODE = "unicode"


class Security(StrEnum):
    """How the connection to the mail server is kept from being read or changed."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class InvalidSetting:
    """A value that a setting can't have, and that stops only the part of the program it is for."""

    message: str
    """Why it can't, in a sentence."""


def valid(value: _Value | InvalidSetting) -> _Value:
    """Return the value of a setting.

    Raises:
        Unavailable: It is one that the setting can't have.
    """
    if isinstance(value, InvalidSetting):
        raise Unavailable(value.message)
    return value


@dataclass(frozen=True, slots=True)
class FileTree:
    """The folder tree that files are attached from and saved to."""

    above: Path
    """The folder that is everybody's: the tree itself, or the one above those of the accounts."""
    below: tuple[str, ...] = ()
    """Names from there down, the first with ``{account}`` in it; none where all share the tree."""

    @classmethod
    def of(cls, files: str) -> FileTree:
        """Return the tree that a setting names.

        Raises:
            Unavailable: It has another placeholder, or could lead out of an account's folder.
        """
        if set("{}") & set(files.replace(ACCOUNT, "")):
            raise Unavailable(
                f"files may hold {ACCOUNT} for the account's name and no other brace;"
                f" it is {files!r}."
            )
        parts = Path(files).parts
        first = next((index for index, part in enumerate(parts) if ACCOUNT in part), len(parts))
        tree = cls(above=Path(*parts[:first]), below=parts[first:])
        if any(name.startswith(".") for name in tree.below):
            raise Unavailable(
                f"In files no name from {ACCOUNT} on may begin with a dot: {files!r}."
            )
        return tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an installation may choose, each with the value it has where nothing is chosen."""

    database_url: str
    """Where the database is: ``sqlite:////folder/file.db``."""
    files: FileTree | None = None
    """Where files are attached from and saved to; ``None``: nowhere."""
    drafts: Path | None = None
    """The folder where what is typed waits while the database can't be reached; ``None``: none."""
    auth: Auth = Auth.PASSWORD
    """How ``eds-tui kiosk`` knows people: by password, or by their SSH key."""
    ssh_keys: Path | None = None
    """The server's file of keys, each with the name of an account behind it; for ``ssh``."""
    preload: Path | None = None
    """The socket of the prefork server, where sessions over SSH begin; ``None``: there is none."""
    idle_lock: timedelta = timedelta(minutes=10)
    """The time without a key after which the password is asked for again; zero: never."""
    session_end: timedelta = timedelta(minutes=60)
    """The time without a key after which a session ends; zero: never."""
    theme: str = ""
    """The name of the theme the kiosk starts with; empty for the last one of this machine."""
    characters: Characters | InvalidSetting = Characters.AUTO
    """What the terminal's character set has."""
    colours: ColoursSent | InvalidSetting = ColoursSent.AUTO
    """How many colours the terminal is sent."""
    copying: Copying | InvalidSetting = Copying.OFF
    """Which terminals are sent what is copied."""
    service_centre_telephone: str = "01772 000000"
    """The number that callers are asked to ring."""
    service_centre_email: str = "ict.servicecentre@example.org"
    """The address that people are asked to write to, and that schools' comments are sent to."""
    smtp_host: str = ""
    """The mail server that e-mails are handed to; empty sends none."""
    smtp_port: int | InvalidSetting | None = None
    """Its port; ``None`` is the usual one for the security."""
    smtp_security: Security | InvalidSetting = Security.STARTTLS
    """How the connection to it is secured."""
    smtp_user: str = ""
    """The name to log in with; empty logs in with none."""
    smtp_password: str = field(default="", repr=False)
    """The password to log in with."""
    smtp_ca_file: Path | None = None
    """A file of certificates to trust beside the system's own."""
    mail_from: str = ""
    """Whom e-mails are from: an address, or ``Name <address>``; empty is the service desk."""


NAMES = (
    "database_url", "files", "drafts", "auth", "ssh_keys", "preload", "idle_lock_minutes",
    "session_end_minutes", "theme", "characters", "colours", "copying",
    "service_centre_telephone", "service_centre_email", "smtp_host", "smtp_port", "smtp_security",
    "smtp_user", "smtp_password", "smtp_ca_file", "mail_from",
)  # fmt: skip
"""What the settings are called in the file; as a variable each is ``EDS_TUI_`` and its name."""


def default_database_url() -> str:
    """Return where the database is unless a setting says otherwise: in the user's data folder."""
    return url_of(platformdirs.user_data_path(APPLICATION) / "eds-tui.db")


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
    texts = {
        "database_url": default_database_url(),
        "files": "" if shared else str(Path.home()),
        "drafts": str(platformdirs.user_state_path(APPLICATION) / "drafts"),
    }
    texts |= _from_file(environment)
    for name in NAMES:
        if given := environment.get(PREFIX + name.upper()):
            texts[name] = given
    if database_url:
        texts["database_url"] = database_url
    if shared and texts.get("copying", "").lower() == Copying.OWN:
        texts["copying"] = Copying.OFF
    return parse_settings(texts)


def parse_settings(texts: Mapping[str, str]) -> Settings:
    """Return typed settings from their texts.

    Args:
        texts: Text by name, one of :data:`NAMES`; ``database_url`` at least.

    Raises:
        Unavailable: A setting has a value that it can't have.
    """
    default = Settings(database_url=usual_spelling(texts["database_url"]))
    files = texts.get("files", "")
    return Settings(
        database_url=default.database_url,
        auth=_auth(texts.get("auth", default.auth)),
        files=FileTree.of(files) if files else None,
        drafts=_path(texts.get("drafts", "")),
        ssh_keys=_path(texts.get("ssh_keys", "")),
        preload=_path(texts.get("preload", "")),
        idle_lock=_minutes("idle_lock_minutes", texts, default.idle_lock),
        session_end=_minutes("session_end_minutes", texts, default.session_end),
        theme=texts.get("theme", default.theme),
        characters=_one_of(Characters, "characters", texts, default.characters),
        colours=_one_of(ColoursSent, "colours", texts, default.colours),
        copying=_one_of(Copying, "copying", texts, default.copying),
        service_centre_telephone=texts.get(
            "service_centre_telephone", default.service_centre_telephone
        ),
        service_centre_email=texts.get("service_centre_email", default.service_centre_email),
        smtp_host=texts.get("smtp_host", ""),
        smtp_port=_port(texts.get("smtp_port", "")),
        smtp_security=_one_of(Security, "smtp_security", texts, default.smtp_security),
        smtp_user=texts.get("smtp_user", ""),
        smtp_password=texts.get("smtp_password", ""),
        smtp_ca_file=_path(texts.get("smtp_ca_file", "")),
        mail_from=texts.get("mail_from", ""),
    )


def _path(text: str) -> Path | None:
    return Path(text) if text else None


def _auth(text: str) -> Auth:
    try:
        return Auth(text)
    except ValueError:
        raise Unavailable(f"auth is {' or '.join(Auth)}; it is {text!r}.") from None


def _minutes(name: str, texts: Mapping[str, str], default: timedelta) -> timedelta:
    if name not in texts:
        return default
    text = texts[name]
    if not _MINUTES.fullmatch(text):
        raise Unavailable(f"{name} must be a whole number of minutes, not {text!r}.")
    return timedelta(minutes=int(text))


def _one_of(
    kind: type[_Choice], name: str, texts: Mapping[str, str], default: _Choice | InvalidSetting
) -> _Choice | InvalidSetting:
    try:
        return kind(texts[name].lower()) if name in texts else default
    except ValueError:
        return InvalidSetting(f"The setting {name} is one of {', '.join(kind)}.")


def _port(text: str) -> int | InvalidSetting | None:
    if text and (not _PORT.fullmatch(text) or not 0 < int(text) < 65536):
        return InvalidSetting("The setting smtp_port is a number from 1 to 65535.")
    return int(text) if text else None


def _from_file(environment: Mapping[str, str]) -> dict[str, str]:
    path = settings_file(environment)
    try:
        text = decoded(path.read_bytes(), "It")
        # Loaded only where there is something to read.
        import tomllib

        values = tomllib.loads(text)
    except FileNotFoundError:
        if environment.get(CONFIG):
            raise Unavailable(f"The settings file {path} does not exist.") from None
        return {}
    except (OSError, ValueError) as error:
        raise Unavailable(f"The settings file {path} can't be read: {error}") from error
    for name, value in values.items():
        if name not in NAMES or not isinstance(value, str):
            raise Unavailable(
                f"{path}: {name} is not a setting with a text; there are {', '.join(NAMES)}."
            )
    return values
