"""The service hours and the targets by command: shown in full, read strictly, put in force."""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path

import pytest

from eds_tui.domain.calendar import Calendar
from eds_tui.domain.priority import Priority
from eds_tui.domain.service_hours import Hours
from eds_tui.domain.targets import EXAMPLE, NO_TARGET, ServiceLevel, Target
from eds_tui.services.container import Services
from tests.cases import each_case
from tests.cli.running import CommandLine
from tests.factories import START, People, SetClock, new_form

EXAMPLE_TOML = """\
bank_holidays = true
closed_days = []

# London time: "08:00-12:00, 13:00-17:00"; "" where it is closed.
[hours]
monday = "08:00-17:00"
tuesday = "08:00-17:00"
wednesday = "08:00-17:00"
thursday = "08:00-17:00"
friday = "08:00-17:00"
saturday = ""
sunday = ""

# "4 hours", "1 hour 30 minutes", "3 working days" or "none".
[targets]
p1 = "4 hours"
p2 = "9 hours"
p3 = "3 working days"
p4 = "5 working days"
p5 = "none"
"""
MORNING_AND_AFTERNOON = (Hours(time(8), time(12)), Hours(time(13), time(0)))
OTHER = ServiceLevel(
    Calendar(
        (MORNING_AND_AFTERNOON,) * 7,
        bank_holidays=False,
        closed_days=frozenset({date(2026, 12, 31), date(2026, 12, 24)}),
    ),
    {
        Priority.CRITICAL: Target(minutes=90),
        Priority.HIGH: Target(minutes=120_000),
        Priority.MEDIUM: Target(working_days=1),
        Priority.LOW: Target(minutes=1),
        Priority.ADVICE: NO_TARGET,
    },
)


def _set(cli: CommandLine, toml: str | bytes) -> tuple[int, str, list[str]]:
    result = cli("service-level", "set", "-", stdin=toml)
    return result.exit_code, result.stdout, result.stderr.splitlines()


def _changed(old: str, new: str) -> str:
    assert old in EXAMPLE_TOML
    return EXAMPLE_TOML.replace(old, new)


def test_the_service_level_is_shown_in_plain_lines(cli: CommandLine, services: Services) -> None:
    services.service_levels.change(None, OTHER)

    lines = cli.done("service-level", "show").splitlines()

    assert lines[:2] == ["Service hours", "  Monday     08:00-12:00, 13:00-24:00"]
    assert lines[8:] == [
        "Bank holidays of England and Wales: open",
        "Extra closed days",
        "  Thu 24 Dec 2026",
        "  Thu 31 Dec 2026",
        "Targets",
        "  0 – None                 none",
        "  1 – Critical             1 hour 30 minutes",
        "  2 – High                 2,000 hours",
        "  3 – Medium               1 working day",
        "  4 – Low                  1 minute",
        "  5 – Advice and Guidance  none",
    ]


def test_a_new_database_shows_the_examples(cli: CommandLine) -> None:
    lines = cli.done("service-level", "show").splitlines()

    assert lines[5:12] == [
        "  Friday     08:00-17:00",
        "  Saturday   closed",
        "  Sunday     closed",
        "Bank holidays of England and Wales: closed",
        "Extra closed days",
        "  none",
        "Targets",
    ]
    assert cli.done("service-level", "show", "--toml") == EXAMPLE_TOML
    assert json.loads(cli.done("service-level", "show", "--json")) == EXAMPLE.to_data()


@pytest.mark.parametrize("level", [EXAMPLE, OTHER])
def test_what_is_shown_as_toml_is_read_as_the_same(
    cli: CommandLine, services: Services, level: ServiceLevel
) -> None:
    services.service_levels.change(None, level)
    toml = cli.done("service-level", "show", "--toml")
    services.service_levels.change(None, ServiceLevel(EXAMPLE.calendar, {}))

    code, told, _ = _set(cli, toml)

    assert (code, told) == (0, "The service level is in force; 0 open incidents were recomputed.\n")
    found = services.service_levels.current()
    assert found.calendar == level.calendar
    for priority in Priority:
        assert found.target(priority) == level.target(priority)


def test_a_change_moves_the_due_dates_of_open_incidents_and_is_told_with_their_number(
    cli: CommandLine, services: Services, people: People, clock: SetClock, tmp_path: Path
) -> None:
    clock.now = START.replace(year=2020)
    services.report.log(people.head, new_form())
    services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    file = tmp_path / "level.toml"
    # As an editor of Windows writes it.
    file.write_bytes(b"\xef\xbb\xbf" + _changed("4 hours", "1 Hour").replace("\n", "\r\n").encode())

    told = cli.done("service-level", "set", str(file))

    assert told == "The service level is in force; 1 open incident was recomputed.\n"
    assert cli.shown("1", "handler")["sla_due"] == "2020-06-10T11:52:00+00:00"


@each_case(
    "words, target",
    [
        ("1 hour 30 minutes", Target(minutes=90)),
        ("90  MINUTES", Target(minutes=90)),
        ("2,000 hours", Target(minutes=120_000)),
        ("1 working day", Target(working_days=1)),
        ("None", NO_TARGET),
    ],
)
def test_a_target_is_written_as_it_is_said(
    cli: CommandLine, services: Services, words: str, target: Target
) -> None:
    assert _set(cli, _changed('"4 hours"', f'"{words}"'))[0] == 0

    assert services.service_levels.current().target(Priority.CRITICAL) == target


TARGET = 'Write "4 hours", "90 minutes", "3 working days" or "none".'
DAYS = "Write the days as [2026-12-24, 2026-12-31], without quotes."
HOURS = "Write the hours as 08:00-17:00, several with a comma between them."


@each_case(
    "old, new, told",
    [
        ('"4 hours"', '"4"', f"p1: {TARGET}"),
        ('"4 hours"', "4", f"p1: {TARGET}"),
        ('"4 hours"', '""', f"p1: {TARGET}"),
        ('"4 hours"', '"0 hours"', f"p1: {TARGET}"),
        ('"4 hours"', '"2 days"', f"p1: {TARGET}"),
        ('"4 hours"', '"2001 hours"', "p1: Give 1 minute to 2,000 hours."),
        ('"5 working days"', '"261 working days"', "p4: Give 1 to 260 working days."),
        ("[targets]", '[targets]\np0 = "1 hour"', "p0: There is no such key here; there are p1,"),
        ("true", '"yes"', "bank_holidays: Write true or false."),
        ("[]", '["2026-12-24"]', f"closed_days: {DAYS}"),
        ("[]", "[2026-12-24T12:00:00]", f"closed_days: {DAYS}"),
        ("[]", "2026-12-24", f"closed_days: {DAYS}"),
        ('monday = "08:00-17:00"', 'monday = "8-17"', f"monday: {HOURS}"),
        ('monday = "08:00-17:00"', "monday = 08:00:00", "monday: Write the hours in quotes: "),
        (
            'monday = "08:00-17:00"',
            'monday = "17:00-08:00"',
            "monday: It must close after it opens; write 24:00 for the end of the day.",
        ),
        ('saturday = ""\n', "", "saturday: It is missing; eds-tui service-level show --toml has"),
        ("sunday", "sonntag", "sunday: It is missing;"),
        ("bank_holidays = true\n", "", "bank_holidays: It is missing;"),
        ("closed_days", "closed", "closed_days: It is missing;"),
        ("[hours]", "[times]", "hours: It is missing;"),
        ("bank_holidays = true", "bank_holidays = yes", "file: This is no TOML: Invalid value "),
    ],
)
def test_a_wrong_key_is_named_beside_its_name_and_nothing_is_changed(
    cli: CommandLine, services: Services, old: str, new: str, told: str
) -> None:
    code, output, lines = _set(cli, _changed(old, new))

    assert (code, output) == (1, "")
    assert lines[0].startswith(told)
    assert services.service_levels.current() == EXAMPLE


def test_every_wrong_key_has_a_line(cli: CommandLine) -> None:
    toml = _changed("true", "1").replace('"4 hours"', "4").replace('"08:00-17:00"', '"8-17"', 1)

    assert [line.split(":")[0] for line in _set(cli, toml)[2]] == ["bank_holidays", "monday", "p1"]


def test_a_calendar_without_any_open_hour_is_refused_and_nothing_is_changed(
    cli: CommandLine, services: Services, people: People
) -> None:
    services.report.log(people.head, new_form())
    row = services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)

    result = _set(cli, _changed('"08:00-17:00"', '""'))

    sentence = "hours: Give at least one hour of the week in which you are open."
    assert result == (1, "", [sentence])
    assert services.service_levels.current() == EXAMPLE
    assert services.queue.open(people.handler, 1).row.sla_due == row.sla_due


@pytest.mark.parametrize("toml", ["a = " + "[" * 100_000, "a = " + "9" * 10_000, b"\xff\xfe", ""])
def test_what_is_no_service_level_at_all_is_refused_in_words(
    cli: CommandLine, toml: str | bytes
) -> None:
    code, output, lines = _set(cli, toml)

    assert (code, output) == (1, "")
    assert lines[0].startswith(("file: This is no TOML: ", "bank_holidays: It is missing"))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "can't be read: Is a directory."),
        ("missing", "can't be read: No such file or directory."),
    ],
)
def test_a_file_that_can_not_be_read_is_told(
    cli: CommandLine, tmp_path: Path, name: str, told: str
) -> None:
    result = cli("service-level", "set", str(tmp_path / name))

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"{tmp_path / name} {told}\n"


def test_a_file_of_more_than_1_mb_is_not_read_to_its_end(cli: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "level.toml"
    with file.open("wb") as opened:
        opened.truncate(1_048_577)

    result = cli("service-level", "set", str(file))

    assert result.exit_code == 1
    assert result.stderr == f"file: {file} has more than 1 MB; that is no service level.\n"
