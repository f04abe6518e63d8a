"""The accounts that the sign-in screen of the demonstration shows."""

from __future__ import annotations

import subprocess
import sys

import pytest

from eds_tui.demo.accounts import ACCOUNTS, PASSWORD
from eds_tui.domain.account import Role
from eds_tui.services.container import Services

SHOWN = {
    "00000EDU": (Role.SCHOOL, "Test User", False, "Test School, Test Town"),
    "bursar": (Role.SCHOOL, "Test Bursar", True, "Test School, Test Town"),
    "handler": (Role.HANDLER, "A Handler", False, None),
    "lead": (Role.LEAD, "A Lead", False, None),
}


def test_four_accounts_are_shown_with_one_password() -> None:
    assert [account.login for account in ACCOUNTS] == list(SHOWN)
    assert PASSWORD == "demo-kiosk"


@pytest.mark.parametrize("login", SHOWN)
def test_each_of_them_signs_in(demo: Services, login: str) -> None:
    account = demo.sign_in.sign_in(login, PASSWORD)
    school = demo.schools.own(account)
    title = school.title if school else None
    assert (account.role, account.name, account.generic, title) == SHOWN[login]


def test_every_other_school_has_an_account_of_its_own(demo: Services) -> None:
    account = demo.sign_in.sign_in("30112EDU", PASSWORD)
    school = demo.schools.own(account)
    assert school is not None
    assert school.title == "St Mary's and St Michael's, Garstang"
    assert len(demo.accounts.all()) == len(SHOWN) + len(demo.schools.all()) - 1


def test_showing_them_loads_neither_the_database_nor_the_rest_of_the_demonstration() -> None:
    program = (
        "import sys; import eds_tui.demo.accounts;"
        "print(*(name for name in sys.modules if name.startswith(('sqlalchemy', 'eds_tui.'))))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert sorted(loaded) == ["eds_tui.demo", "eds_tui.demo.accounts"]
