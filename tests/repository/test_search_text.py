"""Searching by words: every text finds the incidents that hold it, newest first (rule 35)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import text as sql
from sqlalchemy import update

from eds_tui import bootstrap
from eds_tui.domain.text import storable
from eds_tui.repository.engine import WRITING
from eds_tui.repository.full_text import full_text_of
from eds_tui.repository.sqlite_text import SqliteText
from eds_tui.repository.tables import schools
from eds_tui.repository.unit_of_work import Database
from tests import nasty
from tests.cases import each_case
from tests.factories import People
from tests.furnished import Furnished
from tests.repository.searching import FIRST, Searching

MORE = (
    "AND", "OR", "NOT", "NEAR(a b)", "a OR b", "^a", "*", "a*", "-", "(", ")", "a-b", "+", ":",
    "printer[3]", "http://x", "Error: 5", "public:x", "{public}:x", "[", "\U0001f44d", "x",
    "\ue000", "\ue0001", "\u19b0", "\U00020000",
)  # fmt: skip
"""What the query language of the full text gives a meaning to, and letters old and new."""

TEXTS = tuple(dict.fromkeys((*nasty.ALL, *MORE)))


@pytest.fixture
def searching(database: Database, people: People) -> Searching:
    """An empty database to be searched."""
    return Searching(database, people)


@pytest.fixture(scope="module")
def texts(furnished: Furnished) -> Iterator[tuple[Searching, dict[str, int]]]:
    """A database with an incident for every text that bites, and their numbers."""
    url = furnished.copy()
    database = bootstrap.open_database(url)
    searching = Searching(database, furnished.people)
    yield searching, {text: searching.add(storable(text)) for text in TEXTS}
    database.close()


@each_case("text", TEXTS)
@pytest.mark.long_on_postgres
def test_any_text_finds_the_incident_that_holds_exactly_it(
    texts: tuple[Searching, dict[str, int]], people: People, text: str
) -> None:
    searching, added = texts
    assert added[text] in searching.find(people.handler, text)
    assert added[text] in searching.find(people.head, text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("print", True), ("p", True), ("PRINTERS", False), ("printer office", True),
        ("office printer", True), ('"the office"', True), ('"office the"', False),
        ("offi prin", True), ("rinter", False), ("cafe", True), ("CAFÉ", True), ("mary", False),
        ("bursar", True), ("01772", True), ("Test Town", True), ("printer absent", False),
        ("100%", True), ("200%", False), ("% ~", False), ("a-b", False),
    ],
)  # fmt: skip
def test_words_match_from_their_start_in_any_order_and_without_their_accents(
    searching: Searching, people: People, text: str, found: bool
) -> None:
    number = searching.add("The printer in the office stops at 100 %, beside the Café.")
    assert searching.find(people.handler, text) == ([number] if found else [])


def test_signs_alone_are_found_to_the_letter_wherever_the_words_are(
    searching: Searching, people: People
) -> None:
    plain, sign = searching.add("Light is red"), searching.add("Light is red \u2620")
    searching.say(plain, "Now it shows [!]")
    assert searching.find(people.handler, "\u2620") == [sign]
    assert searching.find(people.handler, "red [!") == [plain]
    assert searching.find(people.handler, "green \u2620") == []


@pytest.mark.parametrize("where", ["contact_name", "contact_telephone", "name", "town"])
def test_signs_are_found_wherever_they_stand_in_what_is_searched(
    searching: Searching, people: People, where: str
) -> None:
    plain = searching.add()
    if where in schools.c:
        with searching.database.engine.connect().execution_options(**{WRITING: True}) as connection:
            other = schools.c.id == people.other_school.id
            connection.execute(update(schools).where(other).values(**{where: "\u2602 Hill \u2603"}))
            connection.commit()
        marked = searching.add(school_id=people.other_school.id)
    else:
        marked = searching.add(**{where: "\u2602 Hill \u2603"})
    assert plain != marked
    for sign in ("\u2602", "\u2603", "hill \u2602", "internet \u2603"):
        assert searching.find(people.handler, sign) == [marked]


@pytest.mark.parametrize(
    "spelling", ["INC0001002", "inc1002", "0001002", "1002", "inc 1002", "INC1002"]
)
def test_a_number_in_any_spelling_finds_its_incident_before_those_that_mention_it(
    searching: Searching, people: People, spelling: str
) -> None:
    searching.add()
    searching.add()
    meant = searching.add()
    mention = searching.add("The same as INC0001002 again; INC1002, that is, 0001002 or 1002.")
    assert meant == FIRST + 2
    assert searching.find(people.handler, spelling) == [meant, mention]


def test_the_start_of_a_number_finds_the_newest_of_those_that_start_so(
    searching: Searching, people: People
) -> None:
    added = [searching.add() for _ in range(12)]
    assert searching.find(people.handler, "INC000100") == added[9::-1]


def test_comments_are_searched_and_work_notes_for_the_service_centre_alone(
    searching: Searching, people: People
) -> None:
    number = searching.add("Printer")
    searching.say(number, "The drum unit is worn")
    searching.say(number, "Caller was furious \u2620", internal=True)
    assert searching.find(people.head, "drum") == [number]
    assert searching.find(people.handler, "drum furious") == [number]
    for text in ("furious", "f", "printer furious", "\u2620", "printer \u2620", '"was furious"'):
        assert searching.find(people.handler, text) == [number]
        assert searching.find(people.head, text) == []


def test_what_was_there_before_the_full_text_was_made_is_found_as_well(
    searching: Searching, people: People
) -> None:
    number = searching.add("Projector")
    searching.say(number, "Bulb ordered")
    searching.say(number, "Supplier is slow", internal=True)
    late = searching.add("Whiteboard", id=10**12)
    with searching.database.engine.connect().execution_options(**{WRITING: True}) as connection:
        connection.execute(sql("DROP TABLE incident_search"))
        full_text_of(connection).create(connection)
        connection.commit()
    assert searching.find(people.head, "projector bulb") == [number]
    assert searching.find(people.handler, "supplier") == [number]
    assert searching.find(people.head, "supplier") == []
    assert searching.find(people.head, "whiteboard") == [late]


@pytest.mark.on_sqlite
def test_every_letter_and_digit_of_unicode_3_2_is_known_to_the_full_text(
    database: Database,
) -> None:
    # Where it were not, a term of such letters alone would match nothing or break the query.
    letters = [chr(code) for code in range(0x10000) if SqliteText().knows(chr(code))]
    assert len(letters) > 40_000
    with database.engine.connect() as connection:
        run = connection.exec_driver_sql
        tokenizer = "unicode61 remove_diacritics 2"
        run(f"CREATE VIRTUAL TABLE temp.t USING fts5(x, tokenize = '{tokenizer}', detail = none)")
        run("CREATE VIRTUAL TABLE temp.v USING fts5vocab(temp, t, instance)")
        run(
            "INSERT INTO t (rowid, x) SELECT value, char(value) FROM json_each(?)",
            (str([ord(letter) for letter in letters]),),
        )
        known = {row.doc for row in run("SELECT DISTINCT doc FROM v")}
    assert [letter for letter in letters if ord(letter) not in known] == []


@pytest.mark.parametrize("name", ["Aldmoor", "Zwetschgen Hill"])
def test_incidents_are_found_by_the_name_that_their_school_has_now(
    searching: Searching, people: People, name: str
) -> None:
    number = searching.add()
    school = people.school
    for before, after in (
        (school, replace(school, name=name)),
        (replace(school, name=name), school),
    ):
        with searching.database.writing() as work:
            work.schools.change(before, after)
            work.commit()
        for title, found in ((before.name, []), (after.name, [number])):
            assert searching.find(people.handler, f'"{title}"') == found
