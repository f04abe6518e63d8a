"""The accounts of the demonstration database, for the sign-in screen to show.

Imports nothing, so that they are on the first screen that is painted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eds_tui.domain.account import Role

PASSWORD = "demo-kiosk"
"""The password of every demonstration account; shorter than a real one may be."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that the demonstration offers at sign-in."""

    login: str
    name: str
    kind: str
    """The value of its role."""
    purpose: str
    """What to sign in with it for, in a few words."""
    generic: bool = False
    """A login that several people share, so that a report must name the person (rule 6)."""
    email: str = ""

    @property
    def role(self) -> Role:
        """What the account is for."""
        from eds_tui.domain.account import Role

        return Role(self.kind)


ACCOUNTS = (
    DemoAccount(
        "00000EDU",
        "Test User",
        "school",
        "a school: report a fault and follow it",
        email="office@test-school.lancs.example",
    ),
    DemoAccount(
        "bursar",
        "Test Bursar",
        "school",
        "the same school's shared login",
        generic=True,
        email="bursar@test-school.lancs.example",
    ),
    DemoAccount("handler", "A Handler", "handler", "the service centre: take calls"),
    DemoAccount("lead", "A Lead", "lead", "a shift lead of the service centre"),
)
"""The accounts that the sign-in screen shows, in that order."""
