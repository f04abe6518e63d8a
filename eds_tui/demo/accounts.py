"""The accounts of the demonstration database, for the sign-in screen to show.

Imports nothing but the domain, so that they can be shown before the database is opened.
"""

from __future__ import annotations

from dataclasses import dataclass

from eds_tui.domain.account import Role

PASSWORD = "demo-kiosk"
"""The password of every demonstration account; shorter than a real one may be."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account that the demonstration offers at sign-in."""

    login: str
    name: str
    role: Role
    purpose: str
    """What to sign in with it for, in a few words."""
    generic: bool = False
    """A login that several people share, so that a report must name the person (rule 6)."""
    email: str = ""


ACCOUNTS = (
    DemoAccount(
        "00000EDU",
        "Test User",
        Role.SCHOOL,
        "a school: report a fault and follow it",
        email="office@test-school.lancs.example",
    ),
    DemoAccount(
        "bursar",
        "Test Bursar",
        Role.SCHOOL,
        "the same school's shared login",
        generic=True,
        email="bursar@test-school.lancs.example",
    ),
    DemoAccount("handler", "A Handler", Role.HANDLER, "the service centre: take calls"),
    DemoAccount("lead", "A Lead", Role.LEAD, "a shift lead of the service centre"),
)
"""The accounts that the sign-in screen shows, in that order."""
