"""What is cached is forgotten before each test while it is noted which test runs which line."""

from __future__ import annotations

from eds_tui.domain.calendar import bank_holidays
from eds_tui.repository.list_conditions import in_view
from tests import caches


def test_what_is_cached_is_forgotten_wherever_it_is_kept() -> None:
    bank_holidays(2026)
    caches.forget()
    # One is used in the module that it is of, and the other in several more.
    assert bank_holidays.cache_info().currsize == in_view.cache_info().currsize == 0
