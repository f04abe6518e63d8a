"""The program is killed at any moment of a call: what was typed is kept, what was logged is once.

Several people sit at kiosks of their own on one database. Each life of a kiosk ends with SIGKILL
at a random moment; the next one looks at what the last one left (rules 8 and 36).
"""

from __future__ import annotations

import os
import random
import re
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import pytest

from eds_tui import bootstrap
from eds_tui.domain.account import NewAccount, Role
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from tests.factories import PASSWORD, People
from tests.ui.pty_kiosk import CALL, Seat

pytestmark = pytest.mark.long

LIST = "Reference   School"
"""The titles of the queue: its foot may say what was left unfinished."""
NOTHING = "Nothing was left unfinished"
SCHOOL = "Test School, Test Town"
SEATS = 5
KILLS = {"sqlite": 50, "postgresql": 10}
KEY_SECONDS = 0.05
"""Between two keys: a very quick typist."""
SUBMIT_AT, LATEST_KILL = 2.7, 3.5
"""Seconds of typing."""
MAY_BE_LOST = 2.0
"""Seconds of typing before the kill (rule 36)."""


@dataclass
class Life:
    """What one life of a kiosk showed before it was killed."""

    tag: str
    seen: list[tuple[float, int]] = field(default_factory=list)
    """How many words stood on the screen, and since when."""
    killed_at: float = 0.0

    def words_on(self, seat: Seat) -> int:
        """Return how many words of this life's call stand on the screen."""
        numbers = re.findall(rf"{self.tag}(\d\d\d)\b", seat.text())
        return max((int(number) + 1 for number in numbers), default=0)

    @property
    def at_least(self) -> int:
        """How many words must not be lost; whether one more was half typed does not count."""
        end = self.killed_at - MAY_BE_LOST
        return max((count for moment, count in self.seen if moment <= end), default=0)


@dataclass
class Sitter:
    """Somebody with an account of his own, whose kiosk is killed time after time."""

    login: str
    home: Path
    database_url: str
    dice: random.Random
    logged: set[str]
    """Tags of the calls that are in the database."""

    def sit(self, kills: int) -> list[str]:
        """Live so many lives and one more, and return what was wrong with what they left."""
        wrong = []
        before = None
        for turn in range(kills + 1):
            life = Life(f"{self.login}L{turn:02}w")
            environment = {"EDS_TUI_DATABASE_URL": self.database_url}
            with Seat(self.home, environment) as seat:
                seat.sign_in(self.login, LIST)
                if before is not None:
                    wrong += self.judge(seat, before)
                if turn < kills:
                    self.take_call(seat, life)
            before = life
        return wrong

    def take_call(self, seat: Seat, life: Life) -> None:
        """Type a call key by key, log it after a while, and be killed at some moment of it."""
        seat.ask("n", CALL)
        seat.ask("00000\rN2", "▸2 Site/Department◂", "Test Bursar")
        begin = monotonic()
        kill_at = begin + self.dice.uniform(0, LATEST_KILL)
        submit_at = begin + SUBMIT_AT + self.dice.uniform(-0.5, 0.5)
        keys = "".join(f"{life.tag}{number:03} " for number in range(200))
        for key in keys:
            if min(kill_at, submit_at) <= monotonic():
                break
            seat.write(key)
            seat.settle(KEY_SECONDS, KEY_SECONDS)
            life.seen.append((monotonic(), life.words_on(seat)))
        if submit_at < kill_at:
            seat.write("\x13")
        while (left := kill_at - monotonic()) > 0:
            seat.settle(left, left)
        os.kill(seat.process, signal.SIGKILL)
        life.killed_at = monotonic()

    def judge(self, seat: Seat, life: Life) -> list[str]:
        """Say what is wrong with what a life left: too little, or too much."""
        seat.ask("n", CALL)
        seat.write("\x05")
        seat.wait_for(f"{NOTHING}|{SCHOOL}")
        offered = SCHOOL in seat.text()
        words = 0
        if offered:
            seat.settle()
            words = life.words_on(seat)
            seat.ask("\x06", "Throw away all that is typed here?")
            seat.ask("y", "the form is empty")
        seat.ask("\x1b[27u", LIST)
        logged = self.how_often_logged(life)
        if logged + offered > 1 or logged > 1:
            return [f"{life.tag}: logged {logged} times, and offered: {offered}"]
        if not logged and words < life.at_least:
            return [f"{life.tag}: {words} words left of {life.at_least}"]
        if logged:
            self.logged.add(life.tag)
        return []

    def how_often_logged(self, life: Life) -> int:
        """Return how many incidents of a life are in the database."""
        return sum(life.tag in text for text in descriptions(self.database_url))


def descriptions(database_url: str) -> list[str]:
    """Return how the description of every incident begins."""
    database = Database.at(database_url)
    services = bootstrap.open_services(database)
    everything = ListQuery(View.ALL)
    rows = services.queue.page(
        services.accounts.by_login("handler"), everything, Window(limit=500)
    ).rows
    database.close()
    return [row.details for row in rows]


@pytest.mark.long_on_postgres
@pytest.mark.timeout(1200)
def test_a_kiosk_that_is_killed_at_any_moment_loses_two_seconds_and_logs_once(
    database: Database, database_url: str, people: People, dialect: str, tmp_path: Path
) -> None:
    """Rules 8 and 36."""
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    services = bootstrap.open_services(database)
    sitters = []
    for number in range(SEATS):
        login = f"k{number}"
        services.accounts.add(
            NewAccount(login=login, name=f"Handler {number}", role=Role.HANDLER), PASSWORD
        )
        home = tmp_path / login
        (home / "files").mkdir(parents=True)
        sitters.append(Sitter(login, home, database_url, random.Random(f"{seed} {number}"), set()))
    database.close()
    kills = KILLS[dialect] // SEATS
    with ThreadPoolExecutor(SEATS) as pool:
        wrong = [
            line for lines in pool.map(lambda each: each.sit(kills), sitters) for line in lines
        ]

    assert wrong == []
    texts = descriptions(database_url)
    assert len(texts) == sum(len(sitter.logged) for sitter in sitters)
