"""Options of the command that moves an incident to another state (rules 15 to 19)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from eds_tui.cli.choices import CODE
from eds_tui.cli.context import TEXT, Function, text_or_input
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.lifecycle import State
from eds_tui.domain.triage import ResolutionCode, StateChange

_ASKED_BY = {
    "question": State.ON_HOLD_CUSTOMER,
    "until": State.ON_HOLD_DEFERRAL,
    "waiting_for": State.ON_HOLD_CHANGE,
    "code": State.RESOLVED,
    "resolution": State.RESOLVED,
    "reason": State.IN_PROGRESS,
}
_OPTIONS = (
    click.option(
        "--question", metavar="TEXT", type=TEXT, help="on_hold_customer: what the school is asked."
    ),
    click.option(
        "--until",
        metavar="WHEN",
        type=TEXT,
        help="on_hold_deferral: when it ends, such as fri 14:00.",
    ),
    click.option(
        "--waiting-for", metavar="TEXT", type=TEXT, help="on_hold_change: what it waits for."
    ),
    click.option(
        "--code", metavar="CODE", type=CODE, help=f"resolved: {', '.join(ResolutionCode)}."
    ),
    click.option(
        "--resolution", metavar="TEXT", type=TEXT, help="resolved: what the school is told."
    ),
    click.option("--reason", metavar="TEXT", type=TEXT, help="in_progress: why it is reopened."),
)


def state_options(function: Function) -> Function:
    """Give a command an option for everything that a state may ask for."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def with_texts(given: dict[str, Any]) -> dict[str, Any]:
    """Return the options that were given, with texts read from standard input where they are ``-``.

    Args:
        given: Option to value, ``None`` where it was left out.
    """
    return {
        name: text_or_input(name, value) if name in _TEXTS else value
        for name, value in given.items()
        if value is not None
    }


def asked_for(state: State, given: dict[str, Any], now: datetime) -> StateChange:
    """Return the move to a state, with what the options say.

    Args:
        state: Where to.
        given: Option to value, as :func:`with_texts` returns it.
        now: The moment that a time is counted from.

    Raises:
        InvalidInput: An option belongs to another state, or its time is not understood.
    """
    # Ignored, an option would look obeyed; a question must not reach the school by mistake.
    strays = {
        name: f"Only {_ASKED_BY[name].value} takes it; leave --{name.replace('_', '-')} out."
        for name in given
        if _ASKED_BY[name] is not state
    }
    if strays:
        raise InvalidInput(strays)
    read = {"until": _when(given["until"], now)} if "until" in given else {}
    return StateChange(state, **(given | read))


def _when(text: str, now: datetime) -> Any:
    from eds_tui.domain.deferral import parse_when

    try:
        return parse_when(text, now)
    except InvalidInput as error:
        raise InvalidInput({"until": error.message}) from error


_TEXTS = frozenset({"question", "resolution"})
"""Options whose text may come from standard input."""
