"""Canned replies, which leads keep for all; saved views, which each keeps for themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eds_tui.domain.errors import InvalidInput, NotAllowed, NotFound
from eds_tui.domain.incident import LONGEST_COMMENT
from eds_tui.domain.views import CannedReply, SavedView
from eds_tui.services.container import Services
from tests.factories import People

RESTART = CannedReply("Restart", "Dear {caller}, please restart it. {number}, {school}")
PRINTERS = SavedView(1, "Printers", "category:hardware printer")


def test_placeholders_are_filled_and_other_braces_stay() -> None:
    text = "{caller} {number} {school} {caller} {other} {} {{number}} {0}"
    filled = CannedReply("t", text).filled(
        caller="Anne O'Brien", number="INC0000001", school="St Mary's, Garstang"
    )
    assert filled == (
        "Anne O'Brien INC0000001 St Mary's, Garstang Anne O'Brien {other} {} {INC0000001} {0}"
    )


def test_what_is_filled_in_is_not_filled_again() -> None:
    filled = CannedReply("t", "{caller} of {school}").filled(
        caller="{school} {number}", number="INC0000001", school="{caller}"
    )
    assert filled == "{school} {number} of {caller}"


def test_leads_keep_replies_that_every_handler_has_by_title(desk: Services, people: People) -> None:
    desk.kept.save_reply(people.lead, RESTART)
    desk.kept.save_reply(people.lead, CannedReply("  Closing ", "Thank you.\n"))
    assert desk.kept.replies(people.handler) == (CannedReply("Closing", "Thank you.\n"), RESTART)
    assert desk.kept.replies(people.lead) == desk.kept.all_replies()


def test_a_reply_takes_the_place_of_the_one_with_its_title(desk: Services, people: People) -> None:
    desk.kept.save_reply(people.lead, RESTART)
    desk.kept.save_reply(people.lead, replace(RESTART, body="Another."))
    assert desk.kept.replies(people.handler) == (CannedReply("Restart", "Another."),)


def test_a_reply_is_forgotten_once(desk: Services, people: People) -> None:
    desk.kept.save_reply(people.lead, RESTART)
    desk.kept.drop_reply(people.lead, "Restart")
    assert desk.kept.replies(people.handler) == ()
    with pytest.raises(NotFound, match="There is no reply titled Restart"):
        desk.kept.drop_reply(people.lead, "Restart")


def test_the_console_keeps_and_forgets_them_too(desk: Services) -> None:
    desk.kept.save_reply(None, RESTART)
    assert desk.kept.all_replies() == (RESTART,)
    desk.kept.drop_reply(None, "Restart")
    assert desk.kept.all_replies() == ()


def test_only_leads_change_replies(desk: Services, people: People) -> None:
    desk.kept.save_reply(people.lead, RESTART)
    for actor in (people.handler, people.head):
        with pytest.raises(NotAllowed):
            desk.kept.save_reply(actor, replace(RESTART, body="Mine."))
        with pytest.raises(NotAllowed):
            desk.kept.drop_reply(actor, "Restart")
    assert desk.kept.all_replies() == (RESTART,)


@pytest.mark.parametrize(("title", "body", "fields"), [
    ("", "Text.", ["title"]),
    (" \t", "Text.", ["title"]),
    ("x" * 201, "Text.", ["title"]),
    ("Title", "", ["body"]),
    ("Title", " \n", ["body"]),
    ("Title", "x" * (LONGEST_COMMENT + 1), ["body"]),
    ("", "", ["title", "body"]),
])  # fmt: skip
def test_a_reply_needs_a_title_and_a_text_of_fitting_length(
    desk: Services, people: People, title: str, body: str, fields: list[str]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        desk.kept.save_reply(people.lead, CannedReply(title, body))
    assert list(refused.value.problems) == fields
    assert desk.kept.all_replies() == ()


def test_each_keeps_views_of_their_own_by_digit(desk: Services, people: People) -> None:
    late = SavedView(9, "Late", "is:late")
    desk.kept.save_view(people.handler, late)
    desk.kept.save_view(people.handler, PRINTERS)
    desk.kept.save_view(people.lead, replace(PRINTERS, name="The lead's"))
    assert desk.kept.views(people.handler) == (PRINTERS, late)
    assert [view.name for view in desk.kept.views(people.lead)] == ["The lead's"]


def test_a_view_takes_the_place_of_the_one_under_its_digit(desk: Services, people: People) -> None:
    desk.kept.save_view(people.handler, PRINTERS)
    desk.kept.save_view(people.handler, SavedView(1, " Late ", "is:late"))
    assert desk.kept.views(people.handler) == (SavedView(1, "Late", "is:late"),)
    desk.kept.drop_view(people.handler, 1)
    desk.kept.drop_view(people.handler, 1)
    assert desk.kept.views(people.handler) == ()


@pytest.mark.parametrize(("view", "field"), [
    (replace(PRINTERS, digit=0), "digit"),
    (replace(PRINTERS, digit=10), "digit"),
    (replace(PRINTERS, name=" "), "name"),
    (replace(PRINTERS, name="x" * 201), "name"),
    (replace(PRINTERS, search=""), "search"),
    (replace(PRINTERS, search="x" * 201), "search"),
])  # fmt: skip
def test_a_view_needs_a_digit_a_name_and_a_search(
    desk: Services, people: People, view: SavedView, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        desk.kept.save_view(people.handler, view)
    assert list(refused.value.problems) == [field]
    assert desk.kept.views(people.handler) == ()


def test_a_school_keeps_no_views(desk: Services, people: People) -> None:
    with pytest.raises(NotAllowed):
        desk.kept.save_view(people.head, PRINTERS)
    with pytest.raises(NotAllowed):
        desk.kept.drop_view(people.head, 1)
