"""What was typed into the search, understood (rule 35)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from eds_tui.domain.lifecycle import ON_HOLD, State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.search import LONGEST_SEARCH, MOST_WORDS, SearchQuery, parse_search
from tests import nasty
from tests.cases import each_case
from tests.london import london, moments

NOW = london(2026, 6, 10, 11, 52)
"""A Wednesday."""
OPEN = frozenset(State) - {State.CLOSED}

NAMES = ("school", "state", "category", "impact", "priority", "assigned", "from", "to", "is")
pieces = st.one_of(
    st.text(),
    st.sampled_from([f"{name}:" for name in NAMES]),
    st.sampled_from(['"', " ", ",", "/", "-", "new", "13/06/2026", "9999-12-31", "monday", "0"]),
    st.sampled_from(nasty.ALL),
)


def parsed(text: str) -> SearchQuery:
    return parse_search(text, NOW)


@settings(derandomize=True, deadline=None, max_examples=500)
@given(st.lists(pieces).map("".join), moments())
def test_any_text_is_understood_as_something(text: str, at: datetime) -> None:
    query = parse_search(text, at)
    assert len(query.words) <= MOST_WORDS
    assert sum(map(len, query.words)) <= LONGEST_SEARCH
    assert query.is_empty or text.strip()
    assert "" not in query.words


@each_case("text", nasty.ALL)
def test_texts_that_bite_are_words_and_nothing_else(text: str) -> None:
    query = parsed(text)
    assert query.words
    assert query.problems == ()
    assert query == SearchQuery(number=query.number, words=query.words)


@each_case(
    "text, words",
    [
        ("printer jam", ("printer", "jam")),
        ("  jam \t jam  printer\n", ("jam", "printer")),
        ('"st mary" x', ("st mary", "x")),
        ('x "still typ', ("x", "still typ")),
        ('"state:new"', ("state:new",)),
        ('"', ('"',)), ('""', ('""',)), ('" "', ('" "',)), ('19" screen', ('19"', "screen")),
        ("http://x", ("http://x",)), ("Error: 5", ("Error:", "5")), ("xyz:abc", ("xyz:abc",)),
        ("restate:new", ("restate:new",)), ("O'Brien 100% a-b", ("O'Brien", "100%", "a-b")),
    ],
)  # fmt: skip
def test_what_is_no_filter_is_text(text: str, words: tuple[str, ...]) -> None:
    assert parsed(text) == SearchQuery(words=words)


@each_case(
    "text, number",
    [
        ("INC0123456", 123456), ("inc123456", 123456), ("0123456", 123456), (" 123456 ", 123456),
        ("inc 123456", 123456), ("123456 state:open", 123456), ("1", 1),
        ("0", None), ("123456 printer", None), ('"123456"', None), ("INC", None), ("9" * 16, None),
    ],
)  # fmt: skip
def test_a_number_in_any_spelling_means_its_incident(text: str, number: int | None) -> None:
    assert parsed(text).number == number


@each_case(
    "text, fields",
    [
        ("state:new", {"states": {State.NEW}}),
        ("STATE:New", {"states": {State.NEW}}),
        ("state:triage", {"states": {State.AWAITING_TRIAGE}}),
        ("state:progress", {"states": {State.IN_PROGRESS}}),
        ("state:in_progress", {"states": {State.IN_PROGRESS}}),
        ('state:"in progress"', {"states": {State.IN_PROGRESS}}),
        ("state:hold", {"states": ON_HOLD}),
        ('state:"on hold"', {"states": ON_HOLD}),
        ("state:deferral", {"states": {State.ON_HOLD_DEFERRAL}}),
        ("state:change", {"states": {State.ON_HOLD_CHANGE}}),
        ("state:c", {"states": {State.CLOSED}}),
        ("state:open", {"states": OPEN}),
        ("state:new,closed", {"states": {State.NEW, State.CLOSED}}),
        ("state:new state:hold", {"states": {State.NEW, *ON_HOLD}}),
        ("category:h", {"categories": {Category.HARDWARE}}),
        ("category:login", {"categories": {Category.PASSWORDS}}),
        ("category:d category:Network", {"categories": {Category.DATA, Category.NETWORK}}),
        ("impact:2", {"impacts": {Impact.SITE}}),
        ("impact:site", {"impacts": {Impact.SITE}}),
        ("impact:multiple,1", {"impacts": {Impact.MULTIPLE_USERS, Impact.ENTERPRISE}}),
        ("priority:2", {"priorities": {Priority.HIGH}}),
        ("priority:p1", {"priorities": {Priority.CRITICAL}}),
        ("priority:advice", {"priorities": {Priority.ADVICE}}),
        ("priority:0", {"priorities": {Priority.NONE}}),
        ('school:"st mary"', {"school": "st mary"}),
        ('school:"st ma', {"school": "st ma"}),
        ("school:1 school:30112", {"school": "30112"}),
        ("assigned:me", {"assigned": "me"}),
        ("is:late is:confidential", {"late": True, "confidential": True}),
        ("is:replied,late", {"late": True, "replied": True}),
        ("from:13/06/2026", {"opened_from": london(2026, 6, 13)}),
        ("from:3-6-2026", {"opened_from": london(2026, 6, 3)}),
        ("from:2026-06-13", {"opened_from": london(2026, 6, 13)}),
        ("from:today", {"opened_from": london(2026, 6, 10)}),
        ("from:YESTERDAY", {"opened_from": london(2026, 6, 9)}),
        ("from:monday", {"opened_from": london(2026, 6, 8)}),
        ("from:wed", {"opened_from": london(2026, 6, 10)}),
        ("from:thursday", {"opened_from": london(2026, 6, 4)}),
        ("to:13/06/2026", {"opened_to": london(2026, 6, 14)}),
        ("to:28/03/2026", {"opened_to": london(2026, 3, 29)}),
        ("to:29/03/2026", {"opened_to": london(2026, 3, 30)}),
        ("from:today from:monday", {"opened_from": london(2026, 6, 8)}),
    ],
)  # fmt: skip
def test_filters_are_understood_in_the_ways_people_type_them(
    text: str, fields: dict[str, Any]
) -> None:
    wanted: dict[str, Any] = {
        name: frozenset(value) if isinstance(value, (set, frozenset)) else value
        for name, value in fields.items()
    }
    assert parsed(text) == SearchQuery(**wanted)
    assert parsed(f"printer jam {text}") == SearchQuery(words=("printer", "jam"), **wanted)


DAYS = "a day: 13/06/2026, 2026-06-13, today, yesterday or monday."
CATEGORIES = "data, hardware, network, passwords or software."
STANDINGS = "late, confidential or replied."
STATES = "new, triage, progress, hold, resolved, closed or open."


@each_case(
    "text, sentence",
    [
        ("state:foo", f"state:foo is not understood; it takes {STATES}"),
        ("state:customer", f"state:customer is not understood; it takes {STATES}"),
        ("state:%", f"state:% is not understood; it takes {STATES}"),
        ("state:", f"state: takes {STATES}"),
        ("category:x", f"category:x is not understood; it takes {CATEGORIES}"),
        ("impact:5", "impact:5 is not understood; it takes 1 to 4 or part of a name."),
        ("priority:6", "priority:6 is not understood; it takes 0 to 5 or part of a name."),
        ("is:odd", f"is:odd is not understood; it takes {STANDINGS}"),
        ("from:31/02/2026", f"from:31/02/2026 is not understood; it takes {DAYS}"),
        ("to:1/2/26", f"to:1/2/26 is not understood; it takes {DAYS}"),
        ("to:9999-12-31", f"to:9999-12-31 is not understood; it takes {DAYS}"),
        ("from:m", f"from:m is not understood; it takes {DAYS}"),
        ("to:", f"to: takes {DAYS}"),
        ("school:", "school: takes a portal number or part of a name."),
        ("assigned:", "assigned: takes me, nobody or part of a name."),
        ("is:a\x1bb" + "x" * 50, f"is:a\u241bb{'x' * 17} is not understood; it takes {STANDINGS}"),
    ],
)  # fmt: skip
def test_a_filter_that_is_not_understood_says_what_it_takes_and_does_not_count(
    text: str, sentence: str
) -> None:
    assert parsed(f"{text} printer") == SearchQuery(words=("printer",), problems=(sentence,))


def test_a_long_text_counts_up_to_its_limits() -> None:
    assert parsed("x" * 5_000).words == ("x" * 200,)
    many = [f"w{number}" for number in range(40)]
    assert parsed(" ".join(many)).words == tuple(many[:20])


def test_only_a_search_for_nothing_is_empty() -> None:
    assert parsed(" \t ").is_empty
    assert parsed("state:foo").is_empty
    for text in ("x", "1", "is:late", "from:today", "assigned:me", "school:x", "priority:0"):
        assert not parsed(text).is_empty
