"""The one way off the event loop, and the one place where a failure becomes words."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import ParamSpec, TypeVar

from eds_tui.domain.errors import EdsError

_log = logging.getLogger(__name__)
Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


async def off_loop(
    call: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs
) -> Result:
    """Run a service's call in a thread, so that the screen stays alive, and return its answer."""
    return await asyncio.to_thread(call, *args, **kwargs)


@asynccontextmanager
async def telling(tell: Callable[[EdsError], None]) -> AsyncIterator[None]:
    """Put every failure inside to the person, and let none end the program.

    Args:
        tell: Shows a refusal or failure. One that nobody foresaw is logged with its traceback under
            a reference, and the person is told the reference.
    """
    try:
        yield
    except EdsError as error:
        tell(error)
    except Exception:  # the last wall: nobody at a terminal is ever shown a traceback
        reference = secrets.token_hex(3).upper()
        _log.exception("reference %s", reference)
        tell(EdsError(unforeseen(reference)))


def unforeseen(reference: str) -> str:
    """Return what a person is told of an error that nobody foresaw."""
    return (
        f"Something went wrong that should not have (reference {reference})."
        " What you typed is still here; please try again."
    )
