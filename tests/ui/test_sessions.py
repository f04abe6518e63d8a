"""What one session says of its writing, and which drafts it goes on with (rules 36 and 39)."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from eds_tui.domain.drafts import RENEW_EVERY
from eds_tui.domain.errors import TakenOver
from eds_tui.domain.presence import Writing
from eds_tui.services.container import Services
from eds_tui.ui.features import presence
from eds_tui.ui.features.presence import SessionPresence
from eds_tui.ui.features.session_drafts import SessionDrafts
from tests.factories import People, log

BOX = "comment:INC0000001"
COMMENT = Writing(1)


@pytest.fixture
def drafts(services: Services, people: People) -> SessionDrafts:
    """The drafts of a session of the handler."""
    return SessionDrafts(drafts=services.drafts, account=people.handler)


def test_a_session_says_that_it_lives_while_it_has_anything_open_or_left(
    drafts: SessionDrafts,
) -> None:
    every = int(RENEW_EVERY.total_seconds())
    drafts.open(f"{BOX}:a")
    assert not drafts.is_to_be_renewed(every)
    drafts.save(f"{BOX}:a", {"text": "one"})
    assert drafts.is_to_be_renewed(every)
    assert drafts.is_to_be_renewed(2 * every)
    assert not drafts.is_to_be_renewed(every + 1)
    drafts.close(f"{BOX}:a", {"text": "one"})
    assert drafts.is_to_be_renewed(every)
    drafts.drop(f"{BOX}:a")
    assert not drafts.is_to_be_renewed(every)
    drafts.open(f"{BOX}:a")
    drafts.end()
    assert not drafts.is_to_be_renewed(every)


def test_what_was_left_last_in_a_box_is_remembered_once(drafts: SessionDrafts) -> None:
    for name in ("a", "b", "c"):
        drafts.open(f"{BOX}:{name}")
        drafts.close(f"{BOX}:{name}", {"text": name})
    drafts.close("note:INC0000001:d", {"text": "d"})
    drafts.close(f"{BOX}:e", {})
    drafts.open(f"{BOX}:b")
    assert drafts.remembered(BOX) == (f"{BOX}:c", {"text": "c"})
    # What is open elsewhere is not given away.
    assert drafts.remembered(BOX) == (f"{BOX}:a", {"text": "a"})
    assert drafts.remembered(BOX) is None
    assert drafts.remembered("comment:INC0000002") is None


def test_what_is_open_is_offered_to_no_other_box(drafts: SessionDrafts) -> None:
    for name in ("a", "b"):
        drafts.save(f"{BOX}:{name}", {"text": name})
    drafts.open(f"{BOX}:a")
    assert [each.body["text"] for each in drafts.under("comment:")] == ["b"]
    draft, more = drafts.take_up(BOX)
    assert draft is not None
    assert (draft.body["text"], more) == ("b", 0)
    drafts.open(f"{BOX}:b")
    assert drafts.take_up(BOX) == (None, 0)


def test_after_its_end_what_it_left_is_the_next_sessions(
    drafts: SessionDrafts, services: Services, people: People
) -> None:
    drafts.save(f"{BOX}:a", {"text": "one"})
    later = SessionDrafts(drafts=services.drafts, account=people.handler)
    assert later.take(f"{BOX}:a") is None
    with pytest.raises(TakenOver):
        later.save(f"{BOX}:a", {"text": "two"})
    drafts.end()
    assert later.take(f"{BOX}:a") == {"text": "one"}
    later.save(f"{BOX}:a", {"text": "two"})
    # What still comes of one that has ended is anybody's.
    drafts.save(f"{BOX}:b", {"text": "late"})
    assert later.take(f"{BOX}:b") == {"text": "late"}


async def test_what_is_written_is_said_when_it_changes_and_again_after_a_while(
    services: Services, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    log(services, people, 1)
    session = SessionPresence(services.presence, people.handler)
    other = SessionPresence(services.presence, people.lead)
    monkeypatch.setattr(presence, "SAY_EVERY", timedelta(hours=1))
    assert not session.is_to_be_said(None)
    assert session.is_to_be_said(COMMENT)
    await session.say(COMMENT)
    assert [each.name for each in other.others(1)] == ["A. Handler"]
    assert session.others(1) == ()
    assert not session.is_to_be_said(COMMENT)
    assert session.is_to_be_said(Writing(1, internal=True))
    assert session.is_to_be_said(None)
    monkeypatch.setattr(presence, "SAY_EVERY", timedelta(0))
    assert session.is_to_be_said(COMMENT)
    await session.say(None)
    assert other.others(1) == ()
    assert not session.is_to_be_said(None)


async def test_after_its_end_nothing_is_said_any_more(services: Services, people: People) -> None:
    log(services, people, 1)
    session = SessionPresence(services.presence, people.handler)
    other = SessionPresence(services.presence, people.lead)
    # The end waits for what is being said just now, and takes it back.
    await asyncio.gather(session.say(COMMENT), session.end())
    assert other.others(1) == ()
    assert not session.is_to_be_said(COMMENT)
    await session.say(COMMENT)
    assert other.others(1) == ()
    await session.end()
