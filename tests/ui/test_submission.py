"""A text is sent once under its key, however often that is tried (rule 8)."""

from __future__ import annotations

import pytest

from eds_tui.domain.errors import AlreadySent, OutOfReach
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.ui.features.submission import Submission
from tests.factories import People, SetClock, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import press, seconds_pass, write
from tests.ui.stored import comments


async def test_a_key_that_has_served_another_text_is_not_taken_for_ones_own() -> None:
    """Sent already is said only of a text that this very box has sent, after a kill as well."""
    submission, asked = Submission(), []

    async def send(key: str) -> str:
        asked.append(key)
        if key == asked[0]:
            raise AlreadySent("It was sent.", "one")
        return "done"

    assert await submission.send("two", send) == "done"
    assert len(set(asked)) == 2

    before = Submission()
    with pytest.raises(OutOfReach):
        await before.send("one", away_for_now)
    after = Submission()
    after.restore(before.values())
    asked[:] = [after.key]
    with pytest.raises(AlreadySent):
        await after.send("one and more", send)
    assert after.key != before.key


async def away_for_now(key: str) -> str:
    """Give no answer."""
    raise OutOfReach(key)


@pytest.mark.on_sqlite
async def test_whose_draft_was_taken_over_goes_on_with_one_of_its_own(
    kiosk: Open, database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Another machine took this session for dead: both texts are there, each with its own key."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "enter", "c", *"one")
        await seconds_pass(pilot, 1)
        (before,) = services.drafts.under(people.handler, "")
        with database.writing() as work:
            work.drafts.hold(people.handler.id, before.place, "f" * 32, clock())
            work.commit()
        await write(pilot, " more")
        await seconds_pass(pilot, 1)
        bodies = [draft.body for draft in services.drafts.under(people.handler, "")]
        assert sorted(str(body["text"]) for body in bodies) == ["one", "one more"]
        assert len({body["submission"] for body in bodies}) == 2
        await press(pilot, "ctrl+s")
    assert comments(services, people.handler) == ["one more"]
    (remaining,) = services.drafts.under(people.handler, "")
    assert remaining.body["text"] == "one"
