"""Incident numbers: none twice, in order, as long as they must be (rule 8)."""

from __future__ import annotations

import pytest

from eds_tui import bootstrap
from eds_tui.repository.numbers import go_on_after
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
    assert [each.problems for each in database.check()] == [()] * 8


def test_after_seven_nines_a_number_has_eight_digits(
    database: Database, services: Services, people: People
) -> None:
    with database.writing() as work:
        go_on_after(work._connection, 9_999_998)
        work.commit()
    receipts = [services.report.log(people.head, new_form()) for _ in range(2)]
    assert [receipt.reference for receipt in receipts] == ["INC9999999", "INC10000000"]
    assert services.queue.open(people.head, 10_000_000).row.reference == "INC10000000"
