"""Names of files that stand together: each is shown once, and leads to what it was attached as."""

from __future__ import annotations

import os

import pytest

from eds_tui.domain.file_names import positions_of, shown_names, stored_name
from tests.cases import each_case


@each_case(
    "names, shown",
    [
        (["photo.jpg", "photo.jpg", "photo.jpg"], ["photo.jpg", "photo (2).jpg", "photo (3).jpg"]),
        # Composed and not: the same letters to whoever reads them.
        (["caf\xe9.txt", "cafe\u0301.txt"], ["caf\xe9.txt", "caf\xe9 (2).txt"]),
        # Signs that are not seen, and blanks.
        (["a\u200bb", "a\u2060b"], ["a\ufffdb", "a\ufffdb (2)"]),
        (["a  b", "a b "], ["a b", "a b (2)"]),
        (["photo.jpg", "Photo.jpg"], ["photo.jpg", "Photo.jpg"]),
        # What comes later takes no name away.
        (
            ["photo.jpg", "photo.jpg", "photo (2).jpg"],
            ["photo.jpg", "photo (2).jpg", "photo (2) (2).jpg"],
        ),
        (["b (2).c", "b.c", "b.c"], ["b (2).c", "b.c", "b (3).c"]),
    ],
)
def test_equal_names_are_numbered_in_the_order_in_which_they_came(
    names: list[str], shown: list[str]
) -> None:
    assert list(shown_names(names)) == shown


@each_case(
    "wanted, places",
    [
        ("photo.jpg", (0, 1)),
        ("photo (2).jpg", (1, 2)),
        ("photo (2) (2).jpg", (2,)),
        ("cafe\u0301.txt", (3,)),
        ("a\nb", (4,)),
        ("a\u240ab", (4,)),
        ("PHOTO.JPG", ()),
        ("", ()),
    ],
)
def test_a_name_means_every_file_that_has_it_or_is_shown_so(
    wanted: str, places: tuple[int, ...]
) -> None:
    names = ["photo.jpg", "photo.jpg", "photo (2).jpg", "caf\xe9.txt", "a\nb"]
    assert positions_of(wanted, names) == places


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (b"caf\xe9.txt", "café.txt"),
        (b"b\xe5d \x80 \xc3\xa9.txt", "båd € é.txt"),
        (b"na\x81me", "na%81me"),
        ("Łódź 打印机.png".encode(), "Łódź 打印机.png"),
    ],
)
def test_a_name_is_kept_as_text_whatever_bytes_it_has(name: bytes, kept: str) -> None:
    given = os.fsdecode(name)
    assert stored_name(given) == kept
    assert shown_names([given]) == (kept,)
    assert positions_of(given, [kept]) == (0,)
