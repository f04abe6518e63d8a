"""The texts of e-mails: what one may say, and that none stops the others (rule 27)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.lifecycle import State
from eds_tui.domain.notification import (
    LONGEST_SAMPLE,
    OFFERED,
    Centre,
    MessageText,
    NotificationKind,
    sample,
    values,
)
from eds_tui.mail.texts import (
    LONGEST_BODY,
    TextError,
    built_in,
    check,
    read,
    render,
    write,
)
from tests.cases import each_case
from tests.factories import START

CENTRE = Centre(telephone="01772 123456", email="desk@service-centre.example")
COMMENT = NotificationKind.COMMENT


def refused(body: str, kind: NotificationKind = COMMENT) -> str:
    """Return in which words a body is refused."""
    with pytest.raises(InvalidInput) as refusal:
        check(kind, MessageText("Subject", body), CENTRE, START)
    return refusal.value.problems["body"]


@each_case("kind", list(NotificationKind))
def test_the_built_in_texts_hold_and_say_number_and_school(kind: NotificationKind) -> None:
    text = built_in(kind)
    check(kind, text, CENTRE, START)
    filled = render(kind, text, values(sample(kind, START), CENTRE))
    assert "INC0123456" in filled.subject
    assert "Test School, Test Town" in filled.body
    assert "{" not in filled.body
    assert "\n\n\n" not in filled.body


@each_case("state", list(State))
def test_every_state_is_told_with_what_it_means(state: State) -> None:
    kind = NotificationKind.STATE
    notice = replace(sample(kind, START), state=state, comment="")
    filled = render(kind, built_in(kind), values(notice, CENTRE))
    assert state.label in filled.subject
    assert state.explanation in filled.body
    assert "\n\n\n" not in filled.body


def test_a_schools_comment_tells_the_desk_where_to_answer_and_not_to_ring_itself() -> None:
    for from_school in (True, False):
        notice = replace(sample(COMMENT, START), from_school=from_school)
        body = render(COMMENT, built_in(COMMENT), values(notice, CENTRE)).body
        assert ("telephone us" in body) is not from_school


def test_a_text_is_offered_nothing_but_what_it_is_about() -> None:
    """Rule 27: of an incident its number and its school, and nothing else."""
    for kind in NotificationKind:
        assert set(values(sample(kind, START), CENTRE)) == set(OFFERED[kind])
        assert {"description", "contact", "reporter", "attachments"}.isdisjoint(OFFERED[kind])
    assert "comment" not in OFFERED[NotificationKind.LOGGED]


@each_case("body, words", [
    ("", "no text"),
    ("{{ descripton }}", "There is no descripton here; there are number, school"),
    ("{% if not_there %}x{% endif %}", "There is no not_there here"),
    ("{{ number", "Line 1"),
    ("a\n{% if comment %}", "Line 2"),
    ("{{ 7 * 7 }}", "Line 1: only names, texts, filters and if"),
    ("{{ 9 ** 9 ** 9 }}", "only names"),
    ("{{ 'x' * 1000000000 }}", "only names"),
    ("{{ '%999999999d' % 1 }}", "only names"),
    ("{% for c in comment %}{{ c }}{% endfor %}", "only names"),
    ("{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
     "only names"),
    ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "only names"),
    ("{% set x = 1 %}x", "only names"),
    ("{{ number.__class__.__mro__ }}", "only names"),
    ("{{ ''['__class__'] }}", "only names"),
    ("{{ self.__init__ }}", "only names"),
    ("{{ cycler.__init__.__globals__.os }}", "only names"),
    ("{{ number.format(1) }}", "only names"),
    ("{% include '/etc/passwd' %}", "only names"),
    ("{% extends 'x' %}", "only names"),
    ("{{ number is divisibleby 3 }}", "Line 1"),
    ("{{ number|attr('__class__') }}", "no filter"),
    ("{{ number|map('upper') }}", "no filter"),
    ("{{ comment|replace('a', 'aaaa') }}", "no filter"),
    ("{{ comment|wordwrap(1) }}", "wordwrap takes one number from 20 to 200"),
    ("{{ comment|wordwrap(40, wrapstring='xxxxxxxx') }}", "wordwrap takes"),
    ("{{ comment|trim('x') }}", "filters are used as they are"),
    ("{{ number < 3 }}", "It can't be filled in"),
    ("{% if from_school %}Words{% endif %}", "could be empty"),
    ("{{ comment }}" * 6, "An e-mail would have 48,000 characters; 40,000 are the most"),
    ("x" * 8_001, "8,001 characters; 8,000 are the most"),
    ("{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}", "It can't be understood"),
    ("{{ " + "9" * 5_000 + " }}", "It can't be understood"),
    ("{% if number %}" * 150 + "x" + "{% endif %}" * 150, "It can't be"),
])  # fmt: skip
def test_a_text_that_could_go_wrong_is_refused_in_words(body: str, words: str) -> None:
    assert words in refused(body)


def test_each_kind_has_names_of_its_own() -> None:
    assert "There is no comment here" in refused("{{ comment }}", NotificationKind.LOGGED)
    # A comment always has words; the comment of a resolution may be missing.
    check(COMMENT, MessageText("Subject", "{{ comment }}"), CENTRE, START)
    assert "could be empty" in refused("{{ comment }}", NotificationKind.RESOLVED)
    assert "There is no author here" in refused("{{ author }}", NotificationKind.RESOLVED)


def test_subject_and_body_are_refused_together() -> None:
    with pytest.raises(InvalidInput) as refusal:
        check(COMMENT, MessageText("{{ x }}", "{{ y }}"), CENTRE, START)
    assert list(refusal.value.problems) == ["subject", "body"]


@each_case("body, wanted", [
    ("{{ number }} {{ number|lower }} {{ school|upper }}",
     "INC0123456 inc0123456 TEST SCHOOL, TEST TOWN"),
    ("{{ 'A' if comment else 'B' }}", "A"),
    ("{% if author == 'A. Handler' and not from_school %}us{% else %}them{% endif %}", "us"),
    ("{# a remark #}{{ number ~ '!' }}", "INC0123456!"),
    ("{{ comment|wordwrap(20) }}", "An engineer comes on\nFriday morning."),
    ("100% {of} it", "100% {of} it"),
])  # fmt: skip
def test_what_a_text_may_do(body: str, wanted: str) -> None:
    text = MessageText("{{ number }}", body)
    check(COMMENT, text, CENTRE, START)
    filled = render(COMMENT, text, values(sample(COMMENT, START), CENTRE))
    assert filled == MessageText("INC0123456", f"{wanted}\n")


def test_what_a_comment_says_is_no_template() -> None:
    notice = replace(sample(COMMENT, START), comment="{{ number }} {% if %} {{ 7*7 }}")
    filled = render(COMMENT, built_in(COMMENT), values(notice, CENTRE))
    assert "{{ number }} {% if %} {{ 7*7 }}" in filled.body


def test_a_text_that_was_stored_all_the_same_fails_and_runs_nothing() -> None:
    given = values(sample(COMMENT, START), CENTRE)
    for body in ("{{ gone }}", "{% for a in comment %}{{ a }}{% endfor %}", "{{"):
        with pytest.raises(TextError):
            render(COMMENT, MessageText("Subject", body), given)


def test_the_longest_comment_fits_into_every_built_in_text() -> None:
    for kind in NotificationKind:
        notice = replace(sample(kind, START), comment=LONGEST_SAMPLE)
        filled = render(kind, built_in(kind), values(notice, CENTRE))
        assert len(filled.body) < LONGEST_BODY


@each_case("kind", list(NotificationKind))
def test_a_text_is_read_as_it_is_written(kind: NotificationKind) -> None:
    text = built_in(kind)
    assert read(write(text)) == text
    assert read("\ufeff" + write(text).replace("\n", "\r\n")) == text


@pytest.mark.parametrize("written", ["", "Hello,\n\nwords", "Subject: a\nHello", "subject: a\n\nb"])
def test_a_file_that_does_not_begin_with_its_subject_is_refused(written: str) -> None:
    with pytest.raises(InvalidInput, match="begins with a line Subject"):
        read(written)
