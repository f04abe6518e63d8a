"""Making the demonstration database: once, whole, never over anything else."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta

import pytest

from eds_tui.demo.build import build
from eds_tui.demo.built import is_built
from eds_tui.domain.account import Account, NewAccount, Role
from eds_tui.domain.errors import Conflict
from eds_tui.domain.event import EventKind
from eds_tui.repository import schema
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.demo.reading import every_row, moments
from tests.factories import PASSWORD, START, new_school


def test_an_empty_database_is_not_built_and_a_built_one_is(
    database: Database, demo_database: Database
) -> None:
    assert not is_built(database)
    assert is_built(demo_database)


def test_building_again_later_changes_nothing(demo_database: Database) -> None:
    held = every_row(demo_database)
    build(demo_database, START + timedelta(days=30))
    assert every_row(demo_database) == held


@pytest.mark.long
def test_the_same_moment_gives_the_same_demonstration(
    database: Database, demo_database: Database
) -> None:
    build(database, START)
    made, expected = every_row(database), every_row(demo_database)
    for table in ("schools", "contacts", "incidents", "comments", "attachments"):
        assert made[table] == expected[table]


def test_a_database_in_use_is_refused_and_left_as_it_is(
    database: Database, services: Services
) -> None:
    services.accounts.add(NewAccount(login="somebody", name="Somebody", role=Role.LEAD), PASSWORD)
    held = every_row(database)
    with pytest.raises(Conflict, match="in use already"):
        build(database, START)
    assert every_row(database) == held


def test_a_database_with_only_schools_in_it_is_refused_too(
    database: Database, services: Services
) -> None:
    services.schools.add(new_school())
    with pytest.raises(Conflict, match="in use already"):
        build(database, START)
    assert not is_built(database)


def _build_at(url: str) -> bool:
    database = Database.at(url)
    build(database, START)
    built = is_built(database)
    database.close()
    return built


@pytest.mark.long_on_postgres
@pytest.mark.long
def test_of_several_programs_that_build_at_once_exactly_one_does(
    database: Database, database_url: str, demo_database: Database
) -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(3, mp_context=context) as pool:
        assert list(pool.map(_build_at, [database_url] * 3)) == [True] * 3
    assert every_row(database)["incidents"] == every_row(demo_database)["incidents"]


def test_nothing_is_dated_after_the_moment_it_was_made(demo_copy: Database) -> None:
    found = moments(demo_copy)
    assert max(found.pop("closes_at")) <= START + timedelta(hours=24)
    ahead = {name for name, values in found.items() if max(values) > START}
    assert ahead == {"deferred_until", "sla_due", "warn_at"}
    past = {"created_at", "opened_at", "resolved_at", "paused_since", "at", "queued_at"}
    assert set(found) - ahead <= past


def test_an_incident_closes_24_hours_after_it_was_resolved(demo_database: Database) -> None:
    rows = every_row(demo_database)["incidents"]
    for row in rows:
        if row["resolved_at"] is not None:
            assert row["closes_at"] - row["resolved_at"] == timedelta(hours=24)
            assert row["resolved_at"] > row["opened_at"]
    closed = [row for row in rows if row["state"] == "closed"]
    assert max(row["closes_at"] for row in closed) <= START


def test_the_log_holds_each_incident_and_comment_as_the_services_write_them(
    demo: Services, demo_database: Database, school: Account
) -> None:
    held = every_row(demo_database)
    with demo_database.reading() as work:
        logged = work.events.of_kind(EventKind.INCIDENT_LOGGED)
        said = work.events.of_kind(EventKind.COMMENT_ADDED)
        first = work.incidents.find(school.scope, 1, START)
        assert first is not None
        of_first = work.events.of_incident(first.id)
    assert len(logged) == len(held["incidents"])
    assert [event.details["id"] for event in said] == [row["id"] for row in held["comments"]]
    assert [event.at for event in logged] == sorted(event.at for event in logged)
    assert [(event.kind, event.actor, event.details) for event in of_first] == [
        (
            EventKind.INCIDENT_LOGGED,
            "Test Bursar",
            {"channel": "self_service", "confidential": False},
        ),
        (EventKind.TRIAGED, "A Lead", {"changed": {"priority": [0, 5]}, "marks": "school"}),
        (
            EventKind.COMMENT_ADDED,
            "Test Bursar",
            {"id": demo.queue.open(school, 1).comments[0].id, "marks": "centre"},
        ),
    ]


@pytest.mark.long_on_postgres
def test_what_it_holds_agrees_with_itself(demo_database: Database) -> None:
    findings = list(demo_database.check())
    assert len(findings) == 10
    assert {finding.subject: finding.problems for finding in findings if finding.problems} == {}


def test_attached_files_come_back_with_their_text(demo: Services, school: Account) -> None:
    contents = demo.attachments.fetch(school, 1, "error-message.txt", b"".join)
    assert contents.startswith(b"SIMS Finance\n")


def test_the_next_incident_after_it_gets_the_next_number(demo_copy: Database) -> None:
    with demo_copy.writing() as work:
        number = work.incidents.next_number()
    assert number == len(every_row(demo_copy)["incidents"]) + 1


def test_the_schema_is_current_after_it(demo_copy: Database) -> None:
    assert schema.is_current(demo_copy)
    assert is_built(demo_copy)
