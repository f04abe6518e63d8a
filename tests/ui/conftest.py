"""The tests of the screens sit at the real kiosk over a real database with its people in it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Hashable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from logging import WARNING
from pathlib import Path
from typing import Any, Protocol

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.timer import Timer

from eds_tui import bootstrap
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.settings import FileTree, Settings
from eds_tui.ui.app import Kiosk
from eds_tui.ui.features import draft_keeper
from eds_tui.ui.runtime import background
from eds_tui.ui.textual_ext import held_key, typeahead
from tests.counting import KIOSK_STARTED
from tests.factories import People, SetClock
from tests.furnished import (
    Furnished,
    database_url,
    five_incidents,
    people,
    three_incidents,
    two_incidents,
)
from tests.stores import Store
from tests.ui.pty_data import prepared
from tests.ui.scenes import Stage, furnish
from tests.ui.sitting import begin_session, settle

__all__ = ["database_url", "five_incidents", "people", "three_incidents", "two_incidents"]

Size = tuple[int, int]
STANDARD: Size = (80, 24)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that files are attached from and saved to."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


@pytest.fixture
def home(furnished: Furnished, tmp_path: Path) -> Path:
    """The home folder of who sits at a pseudo-terminal, with a database that has the people."""
    return prepared(furnished, tmp_path / "home")


@pytest.fixture
def without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is tried at once, and its answer is waited for however busy the machine is."""
    monkeypatch.setattr(draft_keeper, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(draft_keeper, "PATIENCE", 60.0)
    monkeypatch.setattr(background, "ANSWER_SECONDS", 60.0)
    monkeypatch.setattr(typeahead, "BLOCKED_SECONDS", 60.0)


@pytest.fixture
def clock_of_its_own_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no second pass in the kiosk but those that the test lets pass."""
    begin = Kiosk.set_interval

    def set_interval(app: Kiosk, _interval: float, *of: Any, **more: Any) -> Timer:
        return begin(app, timedelta(days=1).total_seconds(), *of, **more)

    monkeypatch.setattr(Kiosk, "set_interval", set_interval)


@pytest.fixture
def settings(database_url: str, folder: Path) -> Settings:
    """Settings that lead to the test's database and folder."""
    return Settings(
        database_url=database_url,
        files=FileTree(folder),
        idle_lock=timedelta(0),
        session_end=timedelta(0),
    )


class Open(Protocol):
    """Opens the kiosk."""

    def __call__(
        self,
        login: str | None = "handler",
        *,
        size: Size = STANDARD,
        connect: Callable[[], Services] | None = None,
        hints: tuple[str, ...] = (),
        settings: Settings | None = None,
        notifications: bool = False,
        look_every: int = 0,
    ) -> AbstractAsyncContextManager[Pilot[None]]:
        """Return a context in which somebody sits at the kiosk.

        Args:
            login: Who has signed in; ``None`` for the sign-in screen.
            size: Columns and rows.
            connect: Returns the services, if others than the test's.
            hints: Lines for the sign-in screen.
            settings: Others than the test's.
            notifications: Whether Textual may show its own.
            look_every: Seconds between two looks at what others do; none by default, so that what
                somebody else does in a test is seen when the test says so.
        """


@pytest.fixture
def kiosk(
    services: Services,
    people: People,
    clock: SetClock,
    settings: Settings,
    record_property: Callable[[str, object], None],
) -> Open:
    """The kiosk over the test's database, with a signed-in handler in front of it."""
    of_the_test = settings

    @asynccontextmanager
    async def open_kiosk(
        login: str | None = "handler",
        *,
        size: Size = STANDARD,
        connect: Callable[[], Services] | None = None,
        hints: tuple[str, ...] = (),
        settings: Settings | None = None,
        notifications: bool = False,
        look_every: int = 0,
    ) -> AsyncIterator[Pilot[None]]:
        record_property(KIOSK_STARTED, "")
        app = Kiosk(
            settings=settings or of_the_test,
            connect=connect or (lambda: services),
            hints=hints,
            clock=clock,
            look_every=look_every,
        )
        async with app.run_test(size=size, notifications=notifications) as pilot:
            await settle(pilot)
            if login is not None:
                await begin_session(app, services.accounts.by_login(login))
                await settle(pilot)
            try:
                yield pilot
            finally:
                # As at the end of the real program, before its screens are taken apart.
                app._exit = True
                app.workers.cancel_all()

    return open_kiosk


@pytest.fixture(scope="session")
def stage(furnished: Furnished, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The incidents of the scenes, logged once."""
    files, clock = tmp_path_factory.mktemp("stage"), SetClock()
    url = furnished.copy()
    database = bootstrap.open_database(url)
    furnish(bootstrap.open_services(database, clock), furnished.people, clock, files)
    database.close()
    return Stage(url, files, clock.now)


@pytest.fixture
def scenery(
    stage: Stage, store: Store, database: Database, database_url: str, folder: Path, clock: SetClock
) -> None:
    """The incidents and files of the scenes, in the test's database and folder."""
    database.close()
    store.replace(database_url, stage.url)
    shutil.copytree(stage.files, folder, dirs_exist_ok=True)
    clock.now = stage.now


@pytest.fixture(scope="session", autouse=True)
def sheets_parsed_once() -> Iterator[None]:
    """Let the style sheets be parsed once for all kiosks of these tests, which all have the same.

    A kiosk parses each once for a theme; that is a tenth of what it does in a test.
    """
    parsed: dict[Hashable, list[RuleSet]] = {}
    parse = Stylesheet._parse_rules

    def parse_once(sheets: Stylesheet, *of: Any, **more: Any) -> list[RuleSet]:
        colours = frozenset(sheets._variables.items())
        key = (of, tuple(more.items()), colours)
        if key not in parsed:
            parsed[key] = parse(sheets, *of, **more)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parse_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_key_is_held() -> Iterator[None]:
    """Let no key count as held down: whoever presses one again has waited for its effect."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(held_key, "REPEAT_SECONDS", 0.0)
        yield


@pytest.fixture(autouse=True)
def no_unexpected_error(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Fail a test in which something went wrong that nobody foresaw, unless it is about that."""
    yield
    if request.node.get_closest_marker("unexpected_error") is None:
        assert [r.getMessage() for r in caplog.get_records("call") if r.levelno > WARNING] == []
