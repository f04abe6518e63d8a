"""A key that is held down is painted now and then, and all its repeats count."""

from __future__ import annotations

import pytest
from textual.screen import Screen

from eds_tui.services.container import Services
from eds_tui.ui.textual_ext import held_key
from eds_tui.ui.textual_ext.held_key import FREE
from tests.factories import People, log
from tests.ui.conftest import Open
from tests.ui.sitting import burst, incident_list, kiosk_of, press, screen, settle

pytestmark = pytest.mark.on_sqlite


@pytest.fixture
def _quick_repeats(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine is, a key that comes again is one that is held."""
    monkeypatch.setattr(held_key, "REPEAT_SECONDS", 3600)


@pytest.mark.usefixtures("_quick_repeats")
async def test_of_a_held_key_all_repeats_count_and_few_are_painted(
    kiosk: Open, services: Services, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    log(services, people, 12)
    paints: list[None] = []
    async with kiosk() as pilot:
        app = kiosk_of(pilot)
        display = app._display

        def count(at: Screen[object], what: object) -> None:
            if not app._batch_count:
                paints.append(None)
            display(at, what)

        monkeypatch.setattr(app, "_display", count)
        await burst(pilot, *["down"] * 10)
        await settle(pilot)
        assert incident_list(pilot)._cursor == 10
        assert "▸INC0000002" in screen(pilot)
        # Each of the first ones may take two, for the list and for what is shown of its row.
        assert len(paints) <= 2 * (FREE + 1) + 2


@pytest.mark.usefixtures("_quick_repeats")
async def test_other_keys_are_painted_at_once(kiosk: Open) -> None:
    async with kiosk() as pilot:
        for key in ["down", "up"] * 4:
            await press(pilot, key)
            assert kiosk_of(pilot)._batch_count == 0
        for _ in range(FREE):
            await burst(pilot, "down")
            assert kiosk_of(pilot)._batch_count == 0
