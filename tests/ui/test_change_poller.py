"""The looks at what others do: one every so often, told to the screen in front (rules 30, 39)."""

from __future__ import annotations

import pytest
from textual.app import App

from eds_tui.domain.errors import EdsError
from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.services.container import Services
from eds_tui.ui.features.bell import Bell
from eds_tui.ui.features.change_poller import ChangePoller, RemoteSources
from eds_tui.ui.features.presence import SessionPresence
from eds_tui.ui.features.shared_incident import SharedIncident
from tests.factories import People, new_form

pytestmark = pytest.mark.on_sqlite  # PostgreSQL wakes a session besides
EVERY = 3


class InFront:
    """A screen that notes what it is told."""

    shared_incident: SharedIncident | None = None

    def __init__(self) -> None:
        self.told = 0
        self.errors: list[str] = []

    def refresh_after(self, changes: RemoteChanges) -> None:
        """Note that there were changes."""
        assert changes
        self.told += 1

    def show_error(self, error: EdsError) -> None:
        """Note an error."""
        self.errors.append(error.message)


class Rung(App[None]):
    """A program that counts how often it has rung."""

    rung = 0

    def bell(self) -> None:
        """Count."""
        self.rung += 1


async def test_a_screen_is_told_of_what_has_changed_when_it_is_time_and_till_the_end(
    services: Services, people: People
) -> None:
    app, screen, bell = Rung(), InFront(), Bell(accounts=services.accounts, account=people.handler)
    async with app.run_test():
        poller = ChangePoller(
            app,
            sources=RemoteSources(
                feed=services.feed,
                presence=SessionPresence(services.presence, people.handler),
                account=people.handler,
                reachability=services.reachability,
                bell=bell,
            ),
            screen=lambda: screen,
            every=EVERY,
        )

        async def told_at(second: int) -> int:
            poller.tick(second)
            await app.workers.wait_for_complete()
            return screen.told

        # What came before the first look is not known.
        assert [await told_at(second) for second in range(2 * EVERY)] == [1] * 2 * EVERY
        services.report.log(people.head, new_form())
        assert await told_at(2 * EVERY) == 2
        services.report.log(people.head, new_form())
        assert [await told_at(2 * EVERY + more) for more in (1, 2, 3)] == [2, 2, 3]
        assert app.rung == 0

        bell.is_on = True
        for key in ("one", "two"):
            services.conversation.comment(people.head, 1, f"Any news? {key}", key)
        services.conversation.comment(people.head, 2, "Any news?", "three")
        assert await told_at(4 * EVERY) == 4
        assert app.rung == 2

        services.accounts.disable("handler")
        assert await told_at(5 * EVERY) == 4
        assert len(screen.errors) == 1
        await poller.end()
        assert await told_at(6 * EVERY) == 4
        assert len(screen.errors) == 1
