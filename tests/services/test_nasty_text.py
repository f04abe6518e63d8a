"""Texts that have bitten others come back byte for byte from every place they may stand in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from eds_tui.domain.file_names import stored_name
from eds_tui.domain.incident import ChosenFile, FileContents
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.services.container import Services
from tests import nasty
from tests.factories import People, new_form

pytestmark = [pytest.mark.long_on_postgres, pytest.mark.long]

KEPT = [(text, text) for text in (*nasty.STORABLE, *nasty.LONG)] + list(nasty.UNSTORABLE)


@contextmanager
def one_byte() -> Iterator[FileContents]:
    """Open a file of one byte."""
    yield FileContents(1, iter([b"x"]))


def test_every_text_comes_back_byte_for_byte(services: Services, people: People) -> None:
    for text, kept in KEPT:
        comes_back(services, people, text, kept)


def comes_back(services: Services, people: People, text: str, kept: str) -> None:
    """Write a text wherever one may stand, and see that it is read as it was written."""
    line, kept_line = text[:200], kept[:200].strip()
    form = new_form(
        school_id=people.school.id,
        description=text,
        caller=f"C{line[1:]}",
        telephone=line,
        caller_email=line,
        files=(ChosenFile(name=text, size=1, path=text, open=one_byte),),
    )
    number = services.report.log(people.handler, form).number
    services.conversation.comment(
        people.handler, number, text, f"key {number}", caller=f"C{line[1:]}"
    )
    detail = services.queue.open(people.head, number)
    caller = f"C{kept[1:200]}".strip()
    assert detail.description == kept
    assert detail.row.contact_name == caller
    assert (detail.row.contact_telephone, detail.row.contact_email) == (kept_line, kept_line)
    assert [comment.body for comment in detail.comments] == [kept]
    assert detail.comments[0].author == f"A. Handler for {caller} (phone)"
    assert [file.name for file in detail.attachments] == [stored_name(text)]
    for name in (stored_name(text), text):
        assert services.attachments.fetch(people.head, number, name, b"".join) == b"x"
    row, *_ = services.queue.page(people.head, ListQuery(View.OPEN), Window()).rows
    assert row.number == number
    assert row.details == kept[:300]
