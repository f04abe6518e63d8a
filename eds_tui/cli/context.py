"""Opens the database and the services for a command, and reads texts from its input."""

from __future__ import annotations

import os
import pwd
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from eds_tui.domain.database_url import usual_spelling
from eds_tui.domain.errors import InvalidInput, NotAllowed, Unavailable
from eds_tui.domain.text import visible
from eds_tui.domain.text_bytes import NotText, argument_text, decoded

if TYPE_CHECKING:
    from eds_tui.domain.account import Account
    from eds_tui.repository.unit_of_work import Database
    from eds_tui.services.container import Services
    from eds_tui.settings import Settings

MOST_INPUT_BYTES = 1024 * 1024
"""Bytes of a text that are read from standard input at most."""

STANDARD_STREAM = "-"
"""Stands for standard input or output where a text or a file is expected."""

Function = TypeVar("Function", bound=Callable[..., Any])
_DATABASE = "eds_tui.database_url"


class StorableText(click.ParamType[str]):
    """Text in UTF-8, of which everything can be stored; other bytes are refused in words."""

    name = "text"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return it as it came."""
        try:
            return argument_text(str(value), "It")
        except NotText as error:
            raise click.BadParameter(str(error), ctx, param) from None


TEXT = StorableText()


class FileName(click.ParamType[str]):
    """The name of an attached file: any bytes, as it was stored."""

    name = "text"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the name under which such a file was stored."""
        from eds_tui.domain.file_names import stored_name

        return stored_name(str(value))


FILE_NAME = FileName()


def _keep_database(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    if value is None:
        return
    if not value.strip():
        # An unset variable in a script must not lead to the usual database.
        raise click.BadParameter("a URL is needed, for example sqlite:////folder/file.db")
    ctx.meta[_DATABASE] = usual_spelling(value)


def database_option(function: Function) -> Function:
    """Give a command or a group the option ``--database``."""
    return click.option(
        "--database",
        metavar="URL",
        expose_value=False,
        callback=_keep_database,
        help="Where the database is; goes before EDS_TUI_DATABASE_URL.",
    )(function)


def given_database_url() -> str | None:
    """Return the URL given on the command line, or ``None``."""
    url: str | None = click.get_current_context().meta.get(_DATABASE)
    return url


def settings() -> Settings:
    """Return the settings, with the database of the command line if one was given."""
    from eds_tui.settings import read_settings

    return read_settings(database_url=given_database_url())


@contextmanager
def opened_database() -> Iterator[tuple[Database, Settings]]:
    """Open the database that the settings name, and give both."""
    from eds_tui import bootstrap

    chosen = settings()
    database = bootstrap.open_chosen(chosen)
    try:
        yield database, chosen
    finally:
        database.close()


@contextmanager
def opened_services() -> Iterator[Services]:
    """Open the database and give the services over it."""
    from eds_tui import bootstrap

    with opened_database() as (database, chosen):
        yield bootstrap.open_services(
            database, service_centre_email=chosen.service_centre_email, operator=operator()
        )


def operator() -> str:
    """Return the name of the Linux user who runs the command, whatever the environment says."""
    user = os.getuid()
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def acting(services: Services, login: str) -> Account:
    """Return the account that a command acts for; who can open the database needs no password.

    Raises:
        NotAllowed: It is disabled.
        NotFound: There is none of that name.
    """
    account = services.accounts.by_login(login)
    if account.disabled:
        raise NotAllowed(f"The account {account.login} is disabled.")
    return account


def text_or_input(field: str, text: str) -> str:
    """Return a text, or for ``-`` all of standard input, its line breaks as they came.

    Raises:
        InvalidInput: It is no text in UTF-8, or in what its byte-order mark says; or standard
            input has far more than any text may have.
        Unavailable: There is no standard input.
    """
    if text != STANDARD_STREAM:
        with _naming(field):
            return argument_text(text, "The text")
    if sys.stdin is None:
        raise Unavailable("There is no standard input to read.")
    data = sys.stdin.buffer.read(MOST_INPUT_BYTES + 1)
    if len(data) > MOST_INPUT_BYTES:
        raise InvalidInput({field: "Standard input has more than 1 MB; that is no text to keep."})
    with _naming(field):
        return decoded(data, "Standard input")


def file_or_input(path: str, what: str) -> str:
    """Return the text of a file, or for ``-`` all of standard input.

    Args:
        path: Where.
        what: What it is to be, for whoever names something that is far too long.

    Raises:
        InvalidInput: It is no text, or has far more than any such text may have.
        Unavailable: It can't be read.
    """
    if path == STANDARD_STREAM:
        return text_or_input("file", path)
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_INPUT_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unavailable(f"{path} can't be read: {reason}.") from error
    if len(data) > MOST_INPUT_BYTES:
        raise InvalidInput({"file": f"{path} has more than 1 MB; that is no {what}."})
    with _naming("file"):
        return decoded(data, visible(path))


@contextmanager
def _naming(field: str) -> Iterator[None]:
    """Say beside a field why bytes are no text."""
    try:
        yield
    except NotText as error:
        raise InvalidInput({field: str(error)}) from None


def say(text: str) -> None:
    """Print a text as lines, harmless to a terminal."""
    click.echo(visible(text, lines=True))


def tell(text: str) -> None:
    """Print a remark beside the output, harmless to a terminal."""
    click.echo(visible(text, lines=True), err=True)
