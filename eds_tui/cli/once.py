"""Runs a command once under an idempotency key, and answers the same when it is run again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from eds_tui.cli.context import TEXT, Function, acting, opened_database, operator
from eds_tui.domain.clock import utc_now
from eds_tui.domain.errors import OutcomeUnknown
from eds_tui.domain.idempotency import LONGEST_KEY, DoneBefore, Request

if TYPE_CHECKING:
    from eds_tui.domain.account import Account
    from eds_tui.services.container import Services

Result = TypeVar("Result")

key_option: Callable[[Function], Function] = click.option(
    "--key",
    metavar="KEY",
    type=TEXT,
    help=f"Any text of at most {LONGEST_KEY} characters that stands for this one. Run again with"
    " the same key, the command does nothing more and answers the same.",
)
"""Under which it is done once."""

_WITH_KEY = "Run the same command with the same --key again: it is done once, and you are told."
_WITHOUT_KEY = (
    "Look before you do it again: eds-tui incidents list or show. With --key and a text of your"
    " own, the same command can be run again and is done once."
)


def done_once(
    login: str,
    key: str | None,
    content: tuple[object, ...],
    do: Callable[[Services, Account], Result],
    done: Callable[[Services, Account, dict[str, Any]], Result],
) -> Result:
    """Do something for an account, once under a key where there is one.

    Args:
        login: The account's name.
        key: As it was given.
        content: All that makes it this and nothing else, as values that JSON has. What was seen is
            not part of it: under its key, a decision that was made is never refused for itself.
        do: Does it in one unit of work that writes, and returns what is answered.
        done: Returns what is answered where it was done before, given what was kept of that.

    Raises:
        OutcomeUnknown: The answer was lost; its further line says what to do.
        KeyTaken: The key stands for something else.
        InvalidInput: The key will not do.
    """
    from eds_tui import bootstrap

    with opened_database() as (database, chosen):
        opened = partial(
            bootstrap.open_services,
            service_centre_email=chosen.service_centre_email,
            operator=operator(),
        )
        services = opened(database)
        actor = acting(services, login)
        try:
            if key is None:
                return do(services, actor)
            request = Request.of(actor.id, key, *content)
            return do(opened(database.once(request, utc_now())), actor)
        except DoneBefore as before:
            return done(services, actor, before.result)
        except OutcomeUnknown as error:
            error.more = (_WITHOUT_KEY if key is None else _WITH_KEY,)
            raise
