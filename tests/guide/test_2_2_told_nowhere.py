"""Guide 2.2: a school is told the same whether or not there are confidential ones (24 and 25)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from eds_tui import bootstrap
from eds_tui.domain.account import Account
from eds_tui.domain.drafts import box_of
from eds_tui.domain.errors import EdsError
from eds_tui.domain.incident import format_number
from eds_tui.domain.presence import Writing
from eds_tui.domain.priority import Priority
from eds_tui.domain.remote_changes import RemoteChanges
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.settings import Settings
from tests.cli.running import CommandLine
from tests.factories import new_form
from tests.furnished import Furnished
from tests.guide.questions import QUESTIONS
from tests.guide.worlds import FILE, LIVES, Hiding, World
from tests.mail.receiver import Receiver
from tests.services.delivering import receiver, send_all, settings

__all__ = ["receiver", "settings"]

pytestmark = pytest.mark.long_on_postgres

SECRET = "Zebra"
LIVED = list(itertools.product(Hiding, LIVES))
SEARCHES = (
    "", SECRET, "z", f"{SECRET} new", "printer", "points", "of another", "%", "state:open",
    "state:closed", "state:hold", "is:late", "is:confidential", "is:replied", "impact:1",
    "priority:1", "category:h", "from:01/01/2020", "school:00000 z",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """The numbers that have been given out in a world."""

    secrets: tuple[int, ...]
    pointing: dict[str, int]
    """The visible ones that point to a secret, or have one below them."""


def happen(world: World) -> Told:
    """Let the same things happen in a world, to confidential ones only where those are there."""
    services, people = world.services, world.people
    for at in range(2):
        number = world.log(people.head, f"Printer {at} jams")
        services.conversation.comment(people.handler, number, "We come.", world.key())
    elsewhere = world.log(people.neighbour, "Of another school")
    secrets = []
    for at, (hiding, life) in enumerate(LIVED):
        number = world.log_secret(hiding, f"{SECRET} {life}")
        secrets.append(number)
        # Half of them are hidden before that happens to them, half after.
        if at % 2:
            world.live(number, life)
        world.hide(number, hiding)
        if not at % 2:
            world.live(number, life)
    pointing: dict[str, int] = {}
    for hiding in Hiding:
        end, below = (world.log_secret(hiding, f"{SECRET} end") for _ in range(2))
        numbers = world.point(end, below, elsewhere)
        names = (f"{hiding.name} {what}" for what in ("duplicate", "child", "major"))
        pointing |= zip(names, numbers, strict=True)
        for number in (end, below):
            world.hide(number, hiding)
            secrets.append(number)
    world.log(people.bursar, "The last one that is seen")
    for number in secrets[:: len(LIVES) // 2]:
        for person in (people.head, people.bursar, people.handler):
            typed = {"text": "Still so", "submission": f"{person.login} {number}"}
            services.drafts.save(person, f"{box_of('comment', [number])}:key", typed)
    return Told(tuple(secrets), pointing)


@pytest.fixture
def worlds(furnished: Furnished, tmp_path: Path) -> Iterator[tuple[World, World]]:
    """A world with confidential incidents, and the same without."""
    (tmp_path / FILE).write_text("secret")
    urls = furnished.copy(), furnished.copy()
    with_them, without = (bootstrap.open_database(url) for url in urls)
    yield (
        World(with_them, furnished.people, tmp_path, told=True),
        World(without, furnished.people, tmp_path, told=False),
    )
    for database, url in zip((with_them, without), urls, strict=True):
        database.close()
        furnished.store.drop(url)


def answer(ask: Callable[[], object]) -> str:
    """Return all that is answered; row ids of comments and files, which nobody reads, are not."""
    try:
        said = repr(ask())
    except EdsError as refused:
        said = repr((type(refused), refused.title, vars(refused), refused.__cause__))
    return re.sub(r"\bid=\d+", "id", said)


def told_by_the_services(world: World, actor: Account, told: Told) -> Iterator[tuple[str, str]]:
    """Yield what is asked, and what is answered to an account."""
    services, page = world.services, Window(limit=500)
    asked: dict[str, Callable[[], object]] = {
        view: partial(services.queue.page, actor, ListQuery(view), page) for view in View
    }
    asked["closed list"] = partial(services.queue.latest_closed, actor)
    asked["counts"] = partial(services.queue.counts, actor)
    asked["drafts"] = partial(services.drafts.under, actor, "")
    asked["alike"] = partial(services.search.elsewhere, actor, f"{SECRET} new", 0)
    some = told.secrets[:: len(LIVES) // 2]
    spellings = [each for n in some for each in (str(n), format_number(n))]
    for text in (*SEARCHES, *spellings):
        asked[f"search {text}"] = partial(services.search.find, actor, text, page)
    for name, number in told.pointing.items():
        asked[name] = partial(services.queue.open, actor, number)
    for number in some:
        asked |= {
            f"{name} {number}": partial(q, services, actor, number) for name, q in QUESTIONS.items()
        }
        services.presence.say(world.people.handler, "theirs", Writing(number))
        asked[f"presence {number}"] = partial(services.presence.others, actor, "own", number)
        asked[f"history {number}"] = partial(services.history.of_incident, actor, number)
        box = box_of("comment", [number])
        asked[f"draft {number}"] = partial(services.drafts.left, actor, box)
    for name, ask in asked.items():
        yield name, answer(ask)


def told_by_commands(
    command: CommandLine, actor: Account, told: Told
) -> Iterator[tuple[str, object]]:
    """Yield commands of an account, with all that each prints and its exit code."""
    numbers = [f"{number}" for number in (told.secrets[0], told.secrets[-1])]
    runs: list[tuple[str, ...]] = [("list", "--view", "all", "--limit", "500")]
    runs += [("show", number) for number in (*numbers, *map(str, told.pointing.values()))]
    runs += [(*run, "--json") for run in runs]
    for number in numbers:
        runs += [("comment", number, "Still so"), ("attachment", number, FILE, "--out", "-")]
        runs += [("history", number)]
    for run in runs:
        done = command("incidents", *run, "--as", actor.login)
        yield " ".join(run), (done.exit_code, done.stdout, done.stderr)


def go_on(world: World, told: Told) -> None:
    """Let more happen to what is confidential, and nothing else."""
    services, people = world.services, world.people
    for number in world.secrets.keys() & set(told.secrets[: len(LIVES)]):
        services.conversation.work_note(people.handler, number, f"{SECRET} note", world.key())
        if services.queue.open(people.handler, number).row.closes_at is None:
            services.conversation.comment(people.handler, number, "Between us", world.key())
            services.triage.set_priority(people.handler, number, None, Priority.LOW)
            services.triage.undo(people.handler, number)
            services.triage.link(people.lead, number, None, told.pointing["LATER major"])
    if world.told:
        services.report.log(
            people.handler,
            new_form(
                school_id=people.school.id, caller="Caller", confidential=True, description=SECRET
            ),
        )


def test_rule_24_every_surface_tells_a_school_the_same_as_if_there_were_none(
    worlds: tuple[World, World], furnished: Furnished, tmp_path: Path
) -> None:
    """States, times of hiding, roles of the school and the other one, services and commands."""
    told = happen(worlds[0])
    assert happen(worlds[1]) == told
    people = furnished.people
    bookmarks = {}
    for world, actor in itertools.product(worlds, (people.head, people.neighbour)):
        bookmarks[world.told, actor.login], _ = world.services.feed.since(actor, None)
    for world in worlds:
        go_on(world, told)
    for world, actor in itertools.product(worlds, (people.head, people.neighbour)):
        _, news = world.services.feed.since(actor, bookmarks[world.told, actor.login])
        assert news == RemoteChanges()
    for actor in (people.head, people.bursar, people.neighbour):
        answers = [dict(told_by_the_services(world, actor, told)) for world in worlds]
        assert answers[0] == answers[1]
        # What they typed there is given back without the number.
        assert "INC" not in answers[0]["drafts"]
        commands = [CommandLine(tmp_path, str(world.database.engine.url)) for world in worlds]
        shown = [dict(told_by_commands(command, actor, told)) for command in commands]
        assert shown[0] == shown[1]
    handlers = [dict(told_by_the_services(world, people.handler, told)) for world in worlds]
    assert format_number(told.secrets[0]) in handlers[0]["drafts"]
    differing = {name for name in handlers[0] if handlers[0][name] != handlers[1][name]}
    assert {"counts", "all", f"search {SECRET}", *told.pointing} <= differing


def test_rule_25_nothing_is_sent_of_what_is_hidden_nor_is_its_number(
    worlds: tuple[World, World], receiver: Receiver, settings: Settings
) -> None:
    """Guide 2.2 and 2.6: no e-mail is sent about a confidential incident."""
    sent = []
    for world in worlds:
        happen(world)
        delivery = bootstrap.open_delivery(world.database, settings, world.clock)
        assert delivery is not None
        send_all(delivery)
        sent.append(
            sorted(
                (*each.recipients, str(each.message["Subject"]), each.body)
                for each in receiver.received
            )
        )
        receiver.received.clear()
    assert sent[0] == sent[1]
    assert any("is being dealt with, so this" in body for *_, body in sent[0])


def test_rule_24_a_form_that_is_sent_again_is_answered_as_it_was_at_first(
    worlds: tuple[World, World], tmp_path: Path
) -> None:
    """Its files may be gone by then, and the handler is told how it is by now."""
    world = worlds[0]
    happen(world)
    (tmp_path / FILE).unlink()
    resent = {
        number: world.services.report.log(actor, form)
        for number, (actor, form, _) in world.secrets.items()
    }
    for number, (actor, _, receipt) in world.secrets.items():
        by_school = not actor.role.is_service_centre
        assert resent[number] == receipt if by_school else resent[number].confidential
        assert not resent[number].differs
    assert {actor.login for actor, *_ in world.secrets.values()} >= {"00000EDU", "handler"}
