"""The words of the full text, from which the beginnings of words are spelled out (rule 35)."""

from __future__ import annotations

import pytest

from eds_tui.repository import search_vocabulary
from eds_tui.repository.search_vocabulary import MOST, spelled_out
from eds_tui.repository.unit_of_work import Database


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["pri"], [("printer",), ("prints",)]),
        (["printe"], [("printer",)]),
        (["the", "prints"], [("the", "prints")]),
        (["absent"], []),
        (["pr"], None),
        (["inc"], None),
        (["inc0"], None),
        (["1234"], None),
        (["incl"], [("including",)]),
    ],
)
def test_the_last_of_some_words_is_spelled_out_unless_a_number_may_begin_so(
    database: Database, words: list[str], found: list[tuple[str, ...]] | None
) -> None:
    with database.writing() as work:
        kept = ["prints", "printer", "printer", "pram", "including", "1234", "inc0000001"]
        search_vocabulary.keep(work._connection, kept)
        said = spelled_out(work._connection, words)
    assert (said if said is None else sorted(said)) == found


def test_a_beginning_that_too_many_words_have_is_not_spelled_out(database: Database) -> None:
    with database.writing() as work:
        letters = "abcdefghij"
        many = [f"pri{a}{b}{c}" for a in letters for b in letters for c in letters]
        assert len(many) == MOST
        search_vocabulary.keep(work._connection, many)
        assert spelled_out(work._connection, ["pri"]) == [(word,) for word in many]
        search_vocabulary.keep(work._connection, ["prim"])
        assert spelled_out(work._connection, ["pri"]) is None
