"""Every screen and dialog, each with the keys that lead to it, over the same few incidents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from eds_tui.domain.incident import ChosenFile
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.triage import StateChange
from eds_tui.services.container import Services
from eds_tui.services.files import FileShelf
from tests.factories import People, SetClock, new_form
from tests.ui.deciding import closed, hold, resolve
from tests.ui.sitting import Script, Text

DESCRIPTION = "Unable to access SIMS Finance. Error message attached."


@dataclass(frozen=True)
class Scene:
    """Where keys lead to."""

    login: str | None
    script: Script


def _scene(login: str | None, *script: str) -> Scene:
    return Scene(login, script)


_CALL = ("n", Text("00000"), "enter")
_REPORT = ("n", Text("01772 123456"), "enter", "s", "4", Text(DESCRIPTION))

SCENES: dict[str, Scene] = {
    "sign_in": _scene(None),
    "sign_in_refused": _scene(None, Text("nobody"), "enter", "x", "enter"),
    "queue": _scene("handler"),
    "queue_on_hold": _scene("handler", *["tab"] * 3),
    "search": _scene("handler", "slash"),
    "call_empty": _scene("handler", "n"),
    "call_with_results": _scene("handler", "n", Text("st")),
    "call_with_a_school": _scene("handler", *_CALL),
    "call_filled": _scene("handler", *_CALL, "s", "4", Text(DESCRIPTION)),
    "call_refused": _scene("handler", "n", "ctrl+s"),
    "receipt": _scene("handler", *_CALL, "s", "4", "x", "ctrl+s"),
    "receipt_confidential": _scene(
        "00000EDU", *_REPORT, "shift+tab", "shift+tab", "tab", "space", "ctrl+s"
    ),
    "incident": _scene("handler", Text("8"), "enter"),
    "incident_with_comments_and_files": _scene("handler", Text("7"), "enter"),
    "incident_confidential": _scene("handler", Text("6"), "enter"),
    "incident_with_a_comment_begun": _scene("00000EDU", Text("7"), "enter", "c", Text("Any news?")),
    "incident_closed": _scene("00000EDU", Text("1"), "enter"),
    "incident_not_found": _scene("00000EDU", Text("99"), "enter"),
    "home": _scene("00000EDU"),
    "report": _scene("00000EDU", "n"),
    "report_filled": _scene("00000EDU", *_REPORT, "ctrl+t", "down", "enter"),
    "report_refused": _scene("bursar", "n", "ctrl+s"),
    "site": _scene("handler", "o"),
    "people": _scene("handler", "z"),
    "hand_over": _scene("handler", "z", "enter", "a"),
    "information": _scene("00000EDU", "i"),
    "information_school": _scene("00000EDU", "i", "down"),
    "help": _scene("handler", "f1"),
    "help_of_a_form": _scene("00000EDU", "n", "f1"),
    "jump": _scene("handler", Text("12")),
    "jump_refused": _scene("handler", "1", "x", "enter"),
    "attach": _scene("00000EDU", "n", "ctrl+t"),
    "appearance": _scene("handler", "t"),
    "confirm": _scene("00000EDU", "n", "1", "ctrl+f"),
    "rate": _scene("00000EDU", "1", "enter", "f"),
    "rate_refused": _scene("00000EDU", "1", "enter", "f", "ctrl+s"),
    "pick": _scene("00000EDU", "7", "enter", "d"),
}

SMALL = ((59, 20), (60, 19), (40, 10), (20, 5), (1, 1))
"""Sizes of a terminal in which no screen has room."""

ONE_WAY_THROUGH = {
    "sign_in", "queue", "search", "call_filled", "receipt", "incident_with_comments_and_files",
    "home", "report_filled", "site", "information", "rate", "pick",
}  # fmt: skip
"""A scene of each screen, which is come to on PostgreSQL in the first part as well."""

every_scene = pytest.mark.parametrize("scene", [
    pytest.param(name, marks=pytest.mark.on_both if name in ONE_WAY_THROUGH else ())
    for name in SCENES
])  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """A closed database with the incidents of the scenes, the files, and the time that it is."""

    url: str
    files: Path
    now: datetime


def furnish(services: Services, people: People, clock: SetClock, folder: Path) -> None:
    """Log the incidents that the scenes show, and put files into the folder."""
    start = clock.now
    closed(services, people, clock)
    clock.now = start.replace(hour=7, day=start.day + 1)
    files = _files(folder)
    for changes in (
        {"description": "All Lancashire schools unable to log in.", "category": Category.PASSWORDS},
        {"description": "Problem with test system", "impact": Impact.ENTERPRISE},
        {"description": "Unable to amend student home address", "category": Category.SOFTWARE},
        {"description": "Printer in room 3 prints blank pages.", "category": Category.HARDWARE},
        {"description": "Payroll of a member of staff is wrong.", "confidential": True},
        {"description": DESCRIPTION, "category": Category.SOFTWARE, "files": files},
    ):
        services.report.log(people.head, new_form(**changes))
        clock.forward(minutes=17)
    services.report.log(people.neighbour, new_form(telephone=""))
    _decide(services, people, clock)
    clock.now = start.replace(day=start.day + 1)


def _files(folder: Path) -> tuple[ChosenFile, ...]:
    (folder / "Screenshots").mkdir()
    (folder / "error message.txt").write_text("0x80070005\n" * 9)
    (folder / "server.log").write_text("x" * 70_000)
    shelf = FileShelf(folder)
    return tuple(shelf.choose((), name) for name in ("error message.txt", "server.log"))


def _decide(services: Services, people: People, clock: SetClock) -> None:
    triage, handler = services.triage, people.handler
    triage.set_priority(handler, 2, None, Priority.CRITICAL)
    triage.set_state(
        handler, 3, None, StateChange(State.ON_HOLD_CHANGE, waiting_for="The upgrade in July")
    )
    resolve(services, people, 4)
    hold(services, people, 5)
    triage.set_priority(handler, 7, None, Priority.LOW)
    clock.forward(minutes=5)
    services.conversation.comment(people.head, 7, "Still not able to log in.", "scene-1")
    clock.forward(minutes=5)
    words = "Thank you.\nDoes it say 0x80070005 each time, on every computer in the office?"
    services.conversation.comment(handler, 7, words, "scene-2", "Mrs Testing")
