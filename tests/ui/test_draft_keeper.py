"""What stands in a box is kept by itself, whatever becomes of database and session (rule 36)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from eds_tui.domain.errors import TakenOver
from eds_tui.domain.views import Draft
from eds_tui.services.container import Services
from eds_tui.ui.features import draft_keeper
from eds_tui.ui.features.dialog_draft import DialogDraft
from eds_tui.ui.features.draft_keeper import DraftKeeper
from eds_tui.ui.features.session_drafts import SessionDrafts
from eds_tui.ui.runtime.background import AWAY, BACK
from tests.conftest import Away
from tests.factories import People, SetClock
from tests.ui.stored import here

BOX = "note:INC0000001"


@dataclass
class Box:
    """A box for a text, with what keeps it."""

    session: SessionDrafts
    place: str = ""
    text: str = ""
    renewed: int = 0
    keeper: DraftKeeper = field(init=False)

    def __post_init__(self) -> None:
        self.keeper = DraftKeeper(
            drafts=self.session, box=BOX, snapshot=self._snapshot, renewed=self._renew,
            place=self.place,
        )  # fmt: skip

    def _snapshot(self) -> dict[str, Any]:
        return {"text": self.text} if self.text else {}

    def _renew(self) -> None:
        self.renewed += 1

    async def typed(self, text: str) -> str:
        """Type a text, and keep it; return what is said of that."""
        self.text = text
        return await self.keeper.keep()


@pytest.fixture
def begin(services: Services, people: People) -> Callable[[], SessionDrafts]:
    """Begins another session of the handler."""
    return lambda: SessionDrafts(drafts=services.drafts, account=people.handler)


@pytest.fixture
def session(begin: Callable[[], SessionDrafts]) -> SessionDrafts:
    """A session of the handler."""
    return begin()


@pytest.fixture
def texts(services: Services, people: People) -> Callable[[], list[str]]:
    """Returns what the database has, the latest first."""
    return lambda: [each.body["text"] for each in services.drafts.under(people.handler, "note:")]


@pytest.fixture(autouse=True)
def tried_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is tried at once, and its answer is waited for on a busy machine too."""
    monkeypatch.setattr(draft_keeper, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(draft_keeper, "PATIENCE", 5.0)
    monkeypatch.setattr(draft_keeper, "SLOW_SECONDS", 0.0)


async def test_what_is_typed_is_kept_until_the_box_is_empty(
    session: SessionDrafts, texts: Callable[[], list[str]]
) -> None:
    box = Box(session)
    assert await box.typed("one") == await box.typed("one two") == ""
    assert texts() == ["one two"]
    assert await box.typed("") == ""
    assert texts() == []


async def test_what_has_not_changed_is_not_kept_again(
    session: SessionDrafts, services: Services, people: People, clock: SetClock
) -> None:
    box = Box(session)
    await box.typed("one")
    before = services.drafts.under(people.handler, "note:")
    clock.forward(minutes=1)
    await box.typed("one")
    assert services.drafts.under(people.handler, "note:") == before


async def test_what_was_left_is_gone_on_with_at_the_next_visit_and_in_the_next_session(
    session: SessionDrafts, begin: Callable[[], SessionDrafts], texts: Callable[[], list[str]]
) -> None:
    first, again = Box(session), Box(session)
    await first.typed("one")
    # It is open in a box of the same session: another one begins with nothing.
    assert await again.keeper.load() == {}
    first.keeper.close()
    assert await again.keeper.load() == {"text": "one"}
    await again.typed("one two")
    again.keeper.close()
    session.end()
    later = Box(begin())
    assert await later.keeper.load() == {"text": "one two"}
    await later.typed("one two three")
    assert texts() == ["one two three"]


async def test_of_several_the_wanted_one_or_the_latest_is_gone_on_with_and_the_rest_counted(
    session: SessionDrafts, services: Services, people: People, clock: SetClock
) -> None:
    for name in ("a", "b", "c"):
        services.drafts.save(people.handler, f"{BOX}:{name}", {"text": name})
        clock.forward(minutes=1)
    latest, wanted, last = Box(session), Box(session), Box(session)
    assert await latest.keeper.load() == {"text": "c"}
    assert latest.keeper.more == 2
    assert await wanted.keeper.load(f"{BOX}:a") == {"text": "a"}
    assert wanted.keeper.more == 1
    assert [draft.body for draft in await last.keeper.others("note:")] == [{"text": "b"}]
    assert await last.keeper.load(f"{BOX}:gone") == {"text": "b"}
    assert last.keeper.more == 0


async def test_what_was_typed_before_the_rest_could_be_read_is_one_draft_with_it_then(
    session: SessionDrafts, services: Services, people: People, texts: Callable[[], list[str]]
) -> None:
    box = Box(session)
    await box.typed("new")
    services.drafts.save(people.handler, f"{BOX}:a", {"text": "left"})
    assert await box.keeper.load() == {"text": "left"}
    # Until both are joined, neither is lost.
    assert sorted(texts()) == ["left", "new"]
    await box.typed("left, new")
    assert texts() == ["left, new"]


async def test_all_drafts_that_are_joined_to_another_are_stored_with_it_and_not_beside_it(
    session: SessionDrafts, services: Services, people: People, texts: Callable[[], list[str]]
) -> None:
    box = Box(session)
    await box.typed("new")
    for name in ("a", "b"):
        services.drafts.save(people.handler, f"{BOX}:{name}", {"text": name})
        await box.keeper.load(f"{BOX}:{name}")
    assert sorted(texts()) == ["a", "b", "new"]
    await box.typed("a, b, new")
    assert texts() == ["a, b, new"]


async def test_what_is_sent_before_it_was_joined_is_gone_with_what_it_goes_on_from(
    session: SessionDrafts, services: Services, people: People, texts: Callable[[], list[str]]
) -> None:
    box = Box(session)
    await box.typed("new")
    services.drafts.save(people.handler, f"{BOX}:a", {"text": "left"})
    await box.keeper.load()
    await box.keeper.drop()
    assert (texts(), box.keeper.is_away) == ([], False)
    # What is typed then is another draft.
    assert await box.typed("next") == ""
    assert texts() == ["next"]


async def test_a_box_that_is_done_with_keeps_nothing_more(
    session: SessionDrafts, texts: Callable[[], list[str]]
) -> None:
    box, again = Box(session), Box(session)
    await box.typed("one")
    await box.keeper.finish()
    assert await box.typed("one two") == ""
    assert texts() == []
    assert await again.keeper.load() == {}


async def test_another_draft_is_gone_on_with_and_what_stood_there_is_kept(
    session: SessionDrafts, services: Services, people: People, texts: Callable[[], list[str]]
) -> None:
    services.drafts.save(people.handler, f"{BOX}:a", {"text": "left"})
    box, again = Box(session), Box(session)
    box.text = "here"
    (left,) = await box.keeper.others("note:")
    await box.keeper.move_to(left)
    await box.typed("left and more")
    assert sorted(texts()) == ["here", "left and more"]
    assert await again.keeper.load() == {"text": "here"}


async def test_a_draft_that_another_session_goes_on_with_is_taken_from_nobody(
    session: SessionDrafts, begin: Callable[[], SessionDrafts], texts: Callable[[], list[str]]
) -> None:
    """And what was typed on meanwhile is a draft of its own, with another submission key."""
    place = f"{BOX}:a"
    elsewhere = Box(begin(), place)
    await elsewhere.typed("one")
    box = Box(session, place)
    assert await box.keeper.others("note:") == []
    with pytest.raises(TakenOver, match="It is not here any more: another session"):
        await box.keeper.move_to(Draft(place=place, body={}, saved_at=SetClock()()))
    assert box.renewed == 0
    assert await box.typed("one two") == ""
    assert await elsewhere.typed("one three") == ""
    assert (box.renewed, elsewhere.renewed) == (1, 0)
    assert sorted(texts()) == ["one three", "one two"]


async def test_while_the_database_is_away_it_is_kept_on_this_machine_and_told_once_each_way(
    session: SessionDrafts, texts: Callable[[], list[str]], away: Away, tmp_path: Path
) -> None:
    box = Box(session)
    await box.typed("one")
    with away():
        assert await box.typed("one two") == AWAY
        assert "one two" in here(tmp_path)
        assert await box.typed("one two three") == ""
        assert "one two three" in here(tmp_path)
        assert box.keeper.is_away
    assert await box.keeper.keep() == BACK
    assert (await box.keeper.keep(), box.keeper.is_away) == ("", False)
    assert texts() == ["one two three"]
    assert here(tmp_path) == ""


async def test_a_database_that_is_away_is_let_alone_for_a_while_between_two_attempts(
    session: SessionDrafts,
    texts: Callable[[], list[str]],
    away: Away,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(draft_keeper, "PAUSE_SECONDS", 3600.0)
    box = Box(session)
    with away():
        assert await box.typed("one") == AWAY
    assert await box.typed("one two") == ""
    assert (texts(), box.keeper.is_away) == ([], True)
    assert "one two" in here(tmp_path)
    monkeypatch.setattr(draft_keeper, "monotonic", lambda: monotonic() + 3601.0)
    assert await box.keeper.keep() == BACK
    assert (texts(), here(tmp_path)) == (["one two"], "")


async def test_what_was_sent_while_the_database_was_away_waits_nowhere_on_this_machine(
    session: SessionDrafts, texts: Callable[[], list[str]], away: Away, tmp_path: Path
) -> None:
    box = Box(session)
    with away():
        await box.typed("one")
        assert "one" in here(tmp_path)
    await box.keeper.finish()
    assert (texts(), here(tmp_path)) == ([], "")


@pytest.mark.parametrize("made", [True, False])
async def test_the_text_of_a_dialog_is_kept_until_it_has_led_to_something(
    session: SessionDrafts, texts: Callable[[], list[str]], made: bool
) -> None:
    """Also while its decision is just being made, which nobody knows the end of."""
    typed = {"text": "one"}
    text = DialogDraft(drafts=session, box=BOX, numbers=[1])
    text.watch(lambda: typed)
    await text.keep()
    text.hold({"text": "one two"})
    assert not text.is_settled
    await text.keep()
    assert texts() == ["one two"]
    await text.settle(made=made)
    assert (text.is_settled, texts()) == (True, [] if made else ["one two"])
    again = DialogDraft(drafts=session, box=BOX, numbers=[1])
    left = await again.load()
    assert left.get("text", "") == ("" if made else "one two")
    assert again.submission.key != text.submission.key or not made
