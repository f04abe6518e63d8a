"""The check of what is stored, in the very words that it says: no more and no less."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.sql.expression import Executable

from eds_tui.repository.engine import for_writing
from eds_tui.repository.tables import attachments, chunks, incidents, notifications, open_words
from eds_tui.repository.unit_of_work import Database
from tests.factories import START

pytestmark = pytest.mark.usefixtures("five_incidents")


def found(database: Database, part: str, *damage: Executable) -> tuple[str, tuple[str, ...]]:
    """Do some damage, and return what one part of the check says of it."""
    with for_writing(database.engine).begin() as connection:
        for statement in damage:
            connection.execute(statement)
    (finding,) = [each for each in database.check() if each.subject.startswith(part)]
    return finding.subject, finding.problems


def pointing(column: str, number: int, row_id: int) -> Executable:
    """Let an incident point to the one with a row id."""
    return update(incidents).where(incidents.c.number == number).values({column: row_id})


def attached(id_: int, size: int, *pieces: int, **values: object) -> tuple[Executable, ...]:
    """Attach a file of a size to the second incident, with a byte at each of some positions."""
    row = {"id": id_, "incident_id": 2, "name": "a.txt", "size": size, "at": START, **values}
    return insert(attachments).values(row), *(
        insert(chunks).values(attachment_id=id_, position=position, data=b"x")
        for position in pieces
    )


def test_what_hangs_on_another_may_not_have_others_below_it(database: Database) -> None:
    assert found(database, "Links") == ("Links, 0", ())
    one_level = [pointing("parent_id", 2, 1), pointing("parent_id", 3, 1)]
    assert found(database, "Links", *one_level) == ("Links, 2", ())
    assert found(database, "Links", pointing("parent_id", 4, 3)) == (
        "Links, 3", ("INC0000004 hangs on INC0000003, which hangs on another one.",),
    )  # fmt: skip
    assert found(database, "Links", pointing("parent_id", 5, 5)) == ("Links, 4", (
        "INC0000004 hangs on INC0000003, which hangs on another one.",
        "INC0000005 hangs on itself.",
    ))  # fmt: skip


def test_a_duplicate_of_a_duplicate_is_all_right_unless_it_leads_back(database: Database) -> None:
    chain = [pointing("duplicate_of_id", number, number + 1) for number in (1, 2, 3)]
    assert found(database, "Links", *chain) == ("Links, 3", ())
    # The first two lead to a circle, and are not in it.
    assert found(database, "Links", pointing("duplicate_of_id", 4, 3)) == ("Links, 4", (
        "INC0000003 is a duplicate that leads back to itself.",
        "INC0000004 is a duplicate that leads back to itself.",
    ))  # fmt: skip


def test_of_a_file_every_piece_is_there_and_of_one_taken_back_none(database: Database) -> None:
    whole = (*attached(1, 3, 0, 1, 2), *attached(2, 0), *attached(3, 9, taken_back_at=START))
    assert found(database, "Attached", *whole) == ("Attached files, 3", ())
    wrong = (*attached(4, 2, 0), *attached(5, 2, 0, 2), *attached(6, 1, 0, taken_back_at=START))
    assert found(database, "Attached", *wrong) == ("Attached files, 6", (
        "INC0000002: of the 2 bytes of 'a.txt' 1 are there.",
        "INC0000002: of the 2 bytes of 'a.txt' 2 are there.",
        "INC0000002: of the 1 bytes of 'a.txt' 1 are there.",
    ))  # fmt: skip


def test_the_words_of_open_incidents_are_kept_and_of_no_others(database: Database) -> None:
    assert found(database, "Words") == ("Words of 5 open incidents", ())
    forgotten = delete(open_words).where(open_words.c.incident_id == 2)
    wordless = update(incidents).where(incidents.c.number == 2).values(description="?")
    assert found(database, "Words", forgotten, wordless) == ("Words of 5 open incidents", ())
    closed = update(incidents).where(incidents.c.number.in_([3, 4])).values(state="closed")
    lost = delete(open_words).where(open_words.c.incident_id.in_([1, 4]))
    assert found(database, "Words", closed, lost) == ("Words of 3 open incidents", (
        "INC0000001 is open, and not compared with what is typed.",
        "INC0000003 is closed, and compared with what is typed.",
    ))  # fmt: skip


def test_no_e_mail_of_a_confidential_incident_waits(database: Database) -> None:
    sent = update(notifications).where(notifications.c.incident_id == 4).values(sent_at=START)
    hidden = update(incidents).where(incidents.c.number.in_([2, 4])).values(confidential=True)
    assert found(database, "E-mails", sent, hidden) == (
        "E-mails that wait", ("INC0000002 is confidential, and an e-mail waits.",),
    )  # fmt: skip
