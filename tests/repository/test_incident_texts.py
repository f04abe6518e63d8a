"""What PostgreSQL's full text keeps of an incident, as it reads it; the texts are the same here."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from eds_tui.repository import incident_texts as texts
from eds_tui.repository.engine import for_writing
from eds_tui.repository.tables import comments, incidents
from eds_tui.repository.unit_of_work import Database
from tests.factories import People
from tests.repository.searching import Searching

PUBLIC = (
    "INC0001001 INC1001 0001001 1001\nNo ink\nTest Bursar\n01772 123456\nTest School\nTest Town"
)


def test_a_school_has_all_but_work_notes_what_a_former_one_said_and_the_original(
    database: Database, people: People
) -> None:
    searching = Searching(database, people)
    original, number = searching.add("Printer"), searching.add("No ink")
    searching.say(number, "Cyan")
    searching.say(number, "Between us", internal=True)
    searching.say(number, "Before", internal=False)
    with for_writing(database.engine).begin() as connection:
        pointing = update(incidents).where(incidents.c.number == number)
        connection.execute(pointing.values(duplicate_of_id=1))
        before = update(comments).where(comments.c.body == "Before")
        connection.execute(before.values(former_school_id=people.other_school.id))
        first, found = texts.incident_texts(connection, 1, 2)
        (alone,) = texts.incident_texts(connection, 2, 2)
    assert (first.id, first.internal, found) == (1, "", alone)
    assert (found.id, found.school_id) == (2, people.school.id)
    assert found.public == f"{PUBLIC}\nCyan"
    assert found.internal == (
        f"Between us\nBefore\nINC000{original} INC{original} 000{original} {original}"
    )
    # What is read as a telephone number is kept by its digits as well.
    assert found.public_words == (
        "'inc0001001':1 'inc1001':2 '0001001':3 '1001':4 '00010011001':5 '011001':6 'no':7 'ink':8"
        " 'test':9,15,17 'bursar':10 '01772':11 '123456':12,14 '01772123456':13 'school':16"
        " 'town':18 'cyan':19"
    )
    assert "'between'" in found.all_words
    assert {"cyan", "between", "before", "inc1000", "01772123456"} <= found.words


def test_a_word_counts_as_far_as_the_database_takes_it(
    database: Database, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    searching = Searching(database, people)
    for description in ("x" * 501, "a " * 300, " ".join(f"w{place}" for place in range(7, 16_400))):
        searching.add(description)

    def words(row_id: int) -> list[str]:
        with database.engine.connect() as connection:
            (found,) = texts.incident_texts(connection, row_id, row_id)
        return found.public_words.split(" ")[6:]

    assert words(1)[0] == f"'{'x' * 500}':7"
    assert words(2)[0] == f"'a':{','.join(map(str, range(7, 7 + 255)))}"
    late = words(3)
    assert late[:2] == ["'w7':7", "'w8':8"]
    assert [each for each in late if each.endswith(":16383")][:2] == [
        "'w16383':16383",
        "'w16384':16383",
    ]
    assert "'w16382':16382" in late
    monkeypatch.setattr(texts, "_LARGEST_VECTOR", 123)
    assert words(3) == ["'w7':7", "'w8':8", "'w9':9"]
    monkeypatch.setattr(texts, "_LARGEST_VECTOR", 122)
    assert words(3) == ["'w7':7", "'w8':8"]
