"""Incident numbers: none twice, in order, as long as they must be (rule 8)."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from eds_tui import bootstrap
from eds_tui.repository.numbers import go_on_after
from eds_tui.repository.tables import incidents
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, new_form


def test_numbers_start_at_one_and_are_consecutive(database: Database) -> None:
    with database.writing() as work:
        assert [work.incidents.next_number() for _ in range(3)] == [1, 2, 3]


@pytest.mark.on_sqlite
def test_an_undone_unit_of_work_gives_its_number_back(database: Database) -> None:
    with database.writing() as work:
        assert work.incidents.next_number() == 1
    with database.writing() as work:
        assert work.incidents.next_number() == 1
        work.commit()
    with database.writing() as work:
        assert work.incidents.next_number() == 2


@pytest.mark.on_postgres
def test_who_takes_a_number_keeps_nobody_waiting_and_what_is_undone_leaves_a_gap(
    database: Database, database_url: str, people: People
) -> None:
    other = bootstrap.open_database(database_url)
    elsewhere = bootstrap.open_services(other)
    with database.writing() as work:
        assert work.incidents.next_number() == 1
        # By another program, while this one is not done.
        assert elsewhere.report.log(people.head, new_form()).number == 2
    assert elsewhere.report.log(people.head, new_form()).number == 3
    other.close()
    assert not any(each.problems for each in database.check())


def test_after_seven_nines_a_number_has_eight_digits(
    database: Database, services: Services, people: People
) -> None:
    with database.writing() as work:
        go_on_after(work._connection, 9_999_998)
        work.commit()
    receipts = [services.report.log(people.head, new_form()) for _ in range(2)]
    assert [receipt.reference for receipt in receipts] == ["INC9999999", "INC10000000"]
    assert services.queue.open(people.head, 10_000_000).row.reference == "INC10000000"


def problems_with(database: Database, last: int, second: int = 2) -> list[str]:
    """Return what the check says once a number is the last given out, and the second of two."""
    with database.writing() as work:
        connection = work._connection
        connection.execute(update(incidents).where(incidents.c.number == 2).values(number=second))
        go_on_after(connection, last)
        work.commit()
    return [problem for finding in database.check() for problem in finding.problems]


def test_the_check_tells_a_number_that_may_be_given_out_twice(
    database: Database, services: Services, people: People
) -> None:
    for _ in range(2):
        services.report.log(people.head, new_form())
    told = "The last number given out is INC0000001, and the last incident INC0000002."
    assert problems_with(database, 1) == [told]


def test_the_check_tells_a_gap_where_none_can_be(
    database: Database, services: Services, people: People, dialect: str
) -> None:
    """PostgreSQL leaves one where what took a number was undone."""
    for _ in range(2):
        services.report.log(people.head, new_form())
    after = "The last number given out is INC0000007, and the last incident INC0000002."
    between = "Between INC0000001 and INC0000004 2 are missing."
    has_gaps = dialect == "postgresql"
    assert problems_with(database, 7) == ([] if has_gaps else [after])
    assert problems_with(database, 4, second=4) == ([] if has_gaps else [between])
