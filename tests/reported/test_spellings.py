"""A look-up knows every spelling of a number or a name (rules 31 and 35), on both databases."""

from __future__ import annotations

import pytest

from eds_tui.domain.incident import parse_number
from eds_tui.domain.school import Contact
from eds_tui.domain.telephone import dialled_digits, telephone_numbers
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, new_school
from tests.repository.searching import Searching

NUMBER = "01632960037"
DOTLESS = "\N{LATIN SMALL LETTER DOTLESS I}"


def wide(text: str) -> str:
    """Return a text in the characters of full width that some keyboards type."""
    return "".join(chr(ord(char) + 0xFEE0) for char in text)


SCHOOLS = {
    "10001": ("St. Wilfrid's C.E. (V.A.) Primary School", "Łódź"),
    "10002": ("Saints Peter & Paul Roman Catholic J.M.I. School", "Sørby"),
    "10003": ("O'Brien Church of England Voluntary Controlled School", "Straße"),
    "10004": ("Ss Anne and Mary-le-Wold RC School", "Ærøby"),
}
FOUND = {
    "10001": (
        "wilfrids church of england", "wilfrid’s c of e", "wilfrid's CofE", "saint wilfrid",
        "st wilfrid\N{MODIFIER LETTER APOSTROPHE}s ce", "st.wilfrids", "wilfrids voluntary aided",
        "wilfrids va", "lodz", "ŁÓDŹ", "st\N{NO-BREAK SPACE}wilfrid", "wil\N{SOFT HYPHEN}frid",
        "Mrs Eccleston", "eccleston", "01632 960037", "tel: 01632 960037", "44 1632 960037",
        "01632 960037 #4", "01632 960037 ext 4", "01632 960037, ext: 4", "01632 960037,",
        "01632\N{EN DASH}960\N{NON-BREAKING HYPHEN}037", "01632 960099", "fax 01632 960099",
    ),
    "10002": (
        "sts peter and paul", "saints peter & paul", "ss peter and paul", "peter paul rc",
        "peter paul junior mixed and infant", "peter jmi", "sorby", "sørby",
    ),
    "10003": (
        "obrien", "o'brien", "o’brien", "O`Brien", "o\N{PRIME}brien", "obrien ce vc",
        "obrien c of e", "strasse", "STRASSE", "straße",
    ),
    "10004": (
        "sts anne", "saints anne", "anne & mary", "mary le wold", "marylewold", "mary-le-wold",
        "anne roman catholic", "aeroby", "ærøby",
    ),
}  # fmt: skip


@pytest.fixture
def schools(services: Services) -> None:
    """Schools whose names people spell in many ways, each with a contact of two numbers."""
    reached = Contact(
        name="Mrs Eccleston", job="Bursar", telephone="01632 960037 ext 4 / fax 01632 960099"
    )
    for number, (name, town) in SCHOOLS.items():
        services.schools.add(
            new_school(
                portal_number=number, name=name, town=town, dfe_number="", urn="", telephone="",
                contacts=(reached,) if number == "10001" else (),
            )
        )  # fmt: skip


def test_every_spelling_of_a_name_or_a_telephone_finds_its_school(
    services: Services, people: People, schools: None
) -> None:
    for number, texts in FOUND.items():
        for text in texts:
            found, _ = services.schools.find(people.handler, text)
            assert found, text
            assert found[0].portal_number == number, text


WORDS = {
    "The Wi-Fi in Ms O'Brien's room is down": (
        "wifi", "wi-fi", "Wi\N{NON-BREAKING HYPHEN}Fi", "obrien", "o’brien", '"wifi in"',
        '"wi-fi in ms"', "brien",
    ),
    "E-mail to Łukasz Đoković in Sørby bounces": (
        "email", "e-mail", "lukasz", "łukasz", "dokovic", "sorby", "SØRBY", '"email to lukasz"',
    ),
    f"File 100_percent of Straße & İstanbul {DOTLESS}rmak": (
        "100_", "100_percent", "100", "percent", "strasse", "STRASSE", "istanbul", "irmak",
        '"strasse and istanbul"',
    ),
    f"A wifi without a hyphen and an {wide('email')} of full width, {wide('0123')} too": (
        "wifi without", "wi-fi without", '"full width"', "email of", "0123",
    ),
}  # fmt: skip


def test_every_spelling_of_a_word_finds_its_incident(database: Database, people: People) -> None:
    searching = Searching(database, people)
    numbers = {text: searching.add(text) for text in WORDS}
    searching.add("100 percent of nothing")
    for text, queries in WORDS.items():
        for query in queries:
            assert numbers[text] in searching.find(people.handler, query), query
    assert searching.find(people.handler, "100_") == [
        numbers[f"File 100_percent of Straße & İstanbul {DOTLESS}rmak"]
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# 15", "#15", "INC-0000015", "(INC0000015).", "inc 15", "INC#15", wide("0000015"),
        "INC\N{NO-BREAK SPACE}0000015", "INC0000015\N{ZERO WIDTH SPACE}", "INC–0000015",
        "Re: [ICT Service Centre] INC0000015: a comment was added", "INC0000015, INC15",
    ],
)  # fmt: skip
def test_every_spelling_of_a_number_is_it(text: str) -> None:
    assert parse_number(text) == 15


@pytest.mark.parametrize("text", ["", "INC", "15 or 16", "INC15 INC16", "zinc 15 x", "15 %", "1.5"])
def test_what_may_be_another_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("01632 960037 or 01632 960038 ext 4", (NUMBER, "01632960038")),
        ("Tel 01632 960037, fax 01632 960099", (NUMBER, "01632960099")),
        ("44 1632 960037", (NUMBER,)),
        (wide(NUMBER), (NUMBER,)),
        ("+44 (0)1632 960037 #4", (NUMBER,)),
        ("ext 4", ()),
    ],
)
def test_every_number_in_a_text_is_kept(text: str, numbers: tuple[str, ...]) -> None:
    assert telephone_numbers(text) == numbers


@pytest.mark.parametrize("text", ["44", "ext: 4", "Room 1234", "4 t 1234"])
def test_what_is_no_number_is_looked_for_as_words(text: str) -> None:
    assert dialled_digits(text) == ""
