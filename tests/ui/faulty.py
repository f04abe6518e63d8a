"""Errors put into the real kiosk at one point, and what is shown of them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest
from textual._wait import wait_for_idle
from textual.pilot import Pilot

from tests.ui.sitting import Script, Text, kiosk_of, prose, settle

TYPED: Script = ("n", Text("garst"), "enter", "n", "2", Text("Printer jams"))
"""From the queue to a call that could be logged."""
INSIDE = "db://eds:S3cret@host"
REFERENCE = re.compile(r"should not have \(reference ([0-9A-F]{6})\)\. (.*)")
_PATIENCE = 20


def breaks(patch: pytest.MonkeyPatch, owner: type, name: str, *, always: bool = False) -> None:
    """Make a method of the kiosk fail at its next call, or at each from now on."""
    # Handlers of base classes are called beside those of their children, and not by them.
    real = vars(owner).get(name) if name.startswith(("on_", "watch_")) else getattr(owner, name)
    left = [1]

    def failing(*args: Any, **kwargs: Any) -> Any:
        if always or left:
            left.clear()
            raise RuntimeError(f"no connection to {INSIDE}")
        return real(*args, **kwargs) if real else None

    patch.setattr(owner, name, wraps(real)(failing) if real else failing, raising=False)


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so; nothing is pressed or painted for it."""
    async with asyncio.timeout(_PATIENCE):
        while not is_so():
            await wait_for_idle(0)


def told(pilot: Pilot[None]) -> str:
    """Return what the place in front, or behind the dialog in front, has to say."""
    front = kiosk_of(pilot).open_screens.front
    return front.notice.text if front else ""


async def reference(pilot: Pilot[None], log: pytest.LogCaptureFixture) -> str:
    """Wait until a reference is told, under which and no other the log has an error.

    Returns:
        What else is said.
    """
    await until(lambda: REFERENCE.search(told(pilot)) is not None)
    await settle(pilot)
    found = REFERENCE.search(told(pilot))
    assert found is not None
    assert set(log.messages) == {f"reference {found[1]}"}
    assert f"(reference {found[1]})" in prose(pilot)
    assert INSIDE not in prose(pilot)
    return found[2]
