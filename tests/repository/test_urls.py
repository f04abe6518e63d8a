"""Which database URLs are refused before anything is opened, and in which words."""

from __future__ import annotations

import pytest

from eds_tui.domain.errors import Unavailable
from eds_tui.repository.unit_of_work import Database
from tests.cases import each_case


@each_case(
    "url",
    [
        "postgresql://h:0/eds", "postgresql://h:65536/eds", "postgresql://h:x/eds",
        "postgresql:///eds?host=a:0", "postgresql:///eds?host=a:65536", "postgresql:///eds?host=a:x",
        "postgresql:///eds?host=a:1&host=b:x", "postgresql:///eds?host=a&port=0", "postgresql:///eds?host=a&port=000001",
        "postgresql:///eds?host=a,b&port=1,x", "postgresql:///eds?host=a&port=123456",
    ],
)  # fmt: skip
def test_a_port_is_a_number_up_to_65535_wherever_it_is_named(url: str) -> None:
    with pytest.raises(Unavailable, match="port"):
        Database.at(url)


@each_case(
    "url",
    [
        "postgresql://h/eds", "postgresql://h:1/eds", "postgresql://h:65535/eds",
        "postgresql:///eds?host=a:1&host=b:65535", "postgresql:///eds?host=a,b&port=1,2",
        "postgresql:///eds?host=/run/x:y", "postgresql:///eds?host=a:", "postgresql:///eds?host=::1",
        "postgresql:///eds?host=fe80::a:x", "postgresql://[::1]:5432/eds", "postgresql:///eds",
    ],
)  # fmt: skip
def test_what_can_be_a_database_is_opened_when_it_is_asked(url: str) -> None:
    Database.at(url).close()


@each_case(
    "url, words",
    [
        ("mysql://h/eds", "A mysql database is not supported"),
        ("sqlite://", "must be a file"),
        ("sqlite:///:memory:", "must be a file"),
        ("postgresql://h/eds?nothing=1", "can't be used: .*nothing"),
        ("postgresql:///eds?host=a&host=b&port=1,2", "can't be understood"),
        ("postgresql:///eds?host=a,b,c&port=1,2", "can't be understood"),
    ],
)
def test_what_is_no_database_of_ours_is_refused_in_words(url: str, words: str) -> None:
    with pytest.raises(Unavailable, match=words):
        Database.at(url)
