"""What somebody has to put right, in sentences: a clock, a mail server that refuses."""

from __future__ import annotations

import pytest

from eds_tui.domain.mail_state import remarks
from eds_tui.domain.notification import HeldUp


@pytest.mark.parametrize(("waiting", "told"), [
    (1, "1 e-mail waits, and none is given up. No login. Please tell"),
    (2, "2 e-mails wait, and none is given up. No login. Please tell"),
    (1200, "1,200 e-mails wait, and none is given up. No login. Please tell"),
])  # fmt: skip
def test_what_waits_is_counted_with_the_servers_own_words(waiting: int, told: str) -> None:
    (sentence,) = remarks(HeldUp(waiting=waiting, reason="No login."), "")
    assert sentence.startswith(told)


def test_the_clock_comes_first_and_where_all_is_well_nothing_is_said() -> None:
    assert remarks(None, "") == ()
    assert remarks(None, "The clock is off.") == ("The clock is off.",)
    first, second = remarks(HeldUp(waiting=3, reason="No login."), "The clock is off.")
    assert (first, second[:15]) == ("The clock is off.", "3 e-mails wait,")
