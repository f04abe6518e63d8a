"""Reads the clock of the machine that the program runs on."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4

from eds_tui.domain.clock import utc_now

_BOOT = Path("/proc/sys/kernel/random/boot_id")
# A suspended machine has nobody at it, which counts: Linux's plain monotonic clock stands still.
_SECONDS = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class SystemClock:
    """The machine's own clock, which somebody may put forward or back."""

    def __call__(self) -> datetime:
        """Return the moment."""
        return utc_now()

    def seconds(self) -> float:
        """Return the seconds since the machine was started."""
        return time.clock_gettime(_SECONDS)

    def era(self) -> str:
        """Return which start of the machine that was."""
        return _boot()

    def skew(self) -> timedelta | None:
        """Return nothing: there is no other clock to hold this one against."""
        return None


@cache
def _boot() -> str:
    try:
        return _BOOT.read_text("ascii").strip()
    except (OSError, ValueError):
        # Elsewhere than on Linux: the seconds are compared in this process alone.
        return str(uuid4())
