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


@dataclass(frozen=True, slots=True, kw_only=True)
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
        login="00000EDU",
        name="Test User",
        kind="school",
        purpose="a school: report a fault and follow it",
        email="office@test-school.lancs.example",
    ),
    DemoAccount(
        login="bursar",
        name="Test Bursar",
        kind="school",
        purpose="the same school's shared login",
        generic=True,
        email="bursar@test-school.lancs.example",
    ),
    DemoAccount(
        login="handler", name="A Handler", kind="handler", purpose="the service centre: take calls"
    ),
    DemoAccount(
        login="lead", name="A Lead", kind="lead", purpose="a shift lead of the service centre"
    ),
)
"""The accounts that the sign-in screen shows, in that order."""
