"""Every command has its key, its words and its row in the help; no place is without help."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from textual.binding import Binding
from textual.pilot import Pilot

from eds_tui.services.container import Services
from eds_tui.ui import commands as commands_package
from eds_tui.ui import dialogs as dialogs_package
from eds_tui.ui import screens as screens_package
from eds_tui.ui.app import Kiosk
from eds_tui.ui.commands.base import Command, key_name
from eds_tui.ui.commands.everywhere import FormHelp, Help, ListHelp
from eds_tui.ui.commands.incidents import NEW
from eds_tui.ui.dialogs.appearance import AppearanceDialog
from eds_tui.ui.dialogs.confirm import ConfirmDialog
from eds_tui.ui.dialogs.conflict import ConflictDialog
from eds_tui.ui.dialogs.dialog import Dialog
from eds_tui.ui.dialogs.help import HelpDialog, HelpRow
from eds_tui.ui.dialogs.receipt import ReceiptDialog
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.screens.lock import LockScreen
from eds_tui.ui.widgets.bars import KeyBar
from tests.factories import People, new_form
from tests.keys_page import PAGE, written
from tests.keys_page import PLACES as PLACES_OF_THE_PAGE
from tests.ui.conftest import Open
from tests.ui.sitting import lines, place, press, prose, resize


def below(kind: type[Any]) -> Iterator[type[Any]]:
    """Yield every class that is made from a class."""
    for child in kind.__subclasses__():
        yield child
        yield from below(child)


for package in (commands_package, dialogs_package, screens_package):
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)

COMMANDS: list[type[Command]] = sorted(below(Command), key=lambda kind: kind.__qualname__)
PLACES: list[type[BaseScreen[Any]]] = sorted(
    (
        kind
        for kind in below(BaseScreen)
        if kind.COMMANDS_HERE and kind.__module__.startswith("eds_tui.") and kind is not LockScreen
    ),
    key=lambda kind: kind.__qualname__,
)
"""All but the lock, which has two keys, tells them itself and is over the session, not in it."""
DIALOGS: list[type[Dialog[Any]]] = sorted(
    (kind for kind in below(Dialog) if kind.__module__.startswith("eds_tui.")),
    key=lambda kind: kind.__qualname__,
)
ANSWERED_BY_LETTERS = (AppearanceDialog, ConfirmDialog, ConflictDialog, ReceiptDialog)
every_dialog = pytest.mark.parametrize("kind", DIALOGS, ids=lambda kind: kind.__qualname__)
every_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda kind: kind.__qualname__)
every_place = pytest.mark.parametrize("kind", PLACES, ids=lambda kind: kind.__qualname__)

WAYS: dict[str, tuple[str | None, list[str]]] = {
    "SignInScreen": (None, []),
    "QueueScreen": ("handler", []),
    "CallScreen": ("handler", ["n"]),
    "IncidentScreen": ("handler", ["enter"]),
    "CorrectionScreen": ("handler", ["e"]),
    "SearchScreen": ("handler", ["slash"]),
    "SiteScreen": ("handler", ["o"]),
    "InformationScreen": ("handler", ["i"]),
    "PeopleScreen": ("handler", ["z"]),
    "PileScreen": ("handler", ["z", "enter"]),
    "HomeScreen": ("00000EDU", []),
    "ReportScreen": ("00000EDU", ["n"]),
}


def keys_of(binding: Any) -> list[str]:
    """Return the keys of a binding however it is written."""
    if isinstance(binding, Binding):
        return [key.strip() for key in binding.key.split(",")]
    return [key.strip() for key in binding[0].split(",")]


def here(pilot: Pilot[None]) -> BaseScreen[Any]:
    """Return the place in front."""
    front = pilot.app.screen
    assert isinstance(front, BaseScreen)
    return front


@every_command
def test_a_command_says_in_one_sentence_what_it_does(command: type[Command]) -> None:
    """The docstring is the row in the help: one line, one full stop at its end."""
    words = command.help()
    assert "\n" not in words
    assert words[0].isupper()
    assert words.endswith(".")


@every_command
def test_a_command_has_a_short_name_and_keys(command: type[Command]) -> None:
    """The name stands in the row of keys, where there is little room."""
    assert 0 < len(command.label) <= 18
    assert command.label == command.label.strip()
    assert all(key.strip() == key and key for key in command.keys.split(","))


@every_command
def test_no_command_hangs_on_a_key_that_some_terminals_lack(command: type[Command]) -> None:
    """Pitfalls 24 and 25: one key at least is neither a function key nor Alt."""
    plain = [
        key
        for key in command.keys.split(",")
        if not (key[0] == "f" and key[1:].isdigit()) and "alt+" not in key
    ]
    assert plain
    ambiguous = {"ctrl+h", "ctrl+i", "ctrl+m", "ctrl+left_square_bracket"}
    assert not ambiguous & set(command.keys.split(","))


@every_dialog
def test_no_dialog_is_finished_by_ctrl_alone(kind: type[Dialog[Any]]) -> None:
    """What no plain key does is a button, and so is leaving where no letter answers."""
    buttons = {button.action for button in kind.BUTTONS}
    if kind not in ANSWERED_BY_LETTERS:
        assert "leave" in buttons
    for binding in kind.__dict__.get("BINDINGS", ()):
        assert isinstance(binding, Binding)
        if all("+" in key or key[1:].isdigit() for key in keys_of(binding)):
            assert binding.action in buttons


def test_every_place_is_opened_by_the_tests_below() -> None:
    """A new place is to be added to the ways."""
    assert {kind.__name__ for kind in PLACES} == set(WAYS)


def test_the_page_of_keys_is_what_the_commands_say() -> None:
    """Written anew by ``uv run python -m tests.keys_page``."""
    assert set(PLACES_OF_THE_PAGE) == set(PLACES)
    assert PAGE.read_text(encoding="utf-8") == written()


@every_place
def test_no_two_commands_of_a_place_share_a_key(kind: type[BaseScreen[Any]]) -> None:
    """A key does one thing."""
    keys = [key for command in kind.COMMANDS_HERE for key in command.keys.split(",")]
    assert sorted(keys) == sorted(set(keys))


@every_place
def test_the_help_is_the_last_command_of_a_place_and_shown(kind: type[BaseScreen[Any]]) -> None:
    """The row of keys always has room for it."""
    last = kind.COMMANDS_HERE[-1]
    assert last in {Help, FormHelp, ListHelp}
    assert last.shown


@every_place
def test_every_command_that_the_app_owns_is_an_action_of_it(kind: type[BaseScreen[Any]]) -> None:
    for command in kind.COMMANDS_HERE:
        if command.owner:
            assert callable(getattr(Kiosk, f"action_{command.command_name()}"))


@every_place
def test_every_key_of_a_place_is_in_its_help(kind: type[BaseScreen[Any]]) -> None:
    """Bindings beside the commands are told among the keys of the parts."""
    told = {key for keys, _ in kind.KEYS_OF_WIDGETS for key in keys.split()}
    known = {key for command in kind.COMMANDS_HERE for key in command.keys.split(",")}
    for binding in kind.__dict__.get("BINDINGS", ()):
        for key in keys_of(binding):
            assert key in known or key_name(key) in told, key


ANSWERS = {"answer", "choose", "turn_bell"}
"""Actions of dialogs that answer what their title asks: their keys stand beside the words."""
BY_ACTION = {
    "leave": "Leave", "sign_out": "Leave", "send": "Send", "repaint": "Repaint", "reply": "Reply",
    "another": "New incident", "next_call": "Next call", "same": "Next school",
    "open": "Go to", "copy": "Copy", "attach": "Attach", "drop_file": "Remove file",
}  # fmt: skip
"""What the keys mean that are bound beside the commands."""
WHERE_ONE_IS = frozenset(
    {"enter", "ctrl+j", "up", "down", "left", "right", "home", "end", "pageup", "pagedown"}
    | {"backspace", "delete"}
)
"""Keys that move or do what the cursor is on: in text, in a list, among files."""


def bound_beside_commands() -> Iterator[tuple[str, str]]:
    """Yield keys with their meaning, of dialogs and of the program."""
    for kind in (Kiosk, *DIALOGS):
        for binding in kind.__dict__.get("BINDINGS", ()):
            action = binding.action.partition("(")[0]
            for key in set(keys_of(binding)) - WHERE_ONE_IS:
                if action not in ANSWERS:
                    yield key, BY_ACTION[action]


def test_a_key_means_the_same_in_every_place() -> None:
    """In all screens and dialogs: no hand has to know where it is."""
    meanings: dict[str, set[str]] = {}
    for key, meaning in (
        *((key, each.meaning()) for each in COMMANDS for key in each.keys.split(",")),
        *bound_beside_commands(),
    ):
        if key != "enter":
            meanings.setdefault(key, set()).add(meaning)
    assert {key: found for key, found in meanings.items() if len(found) > 1} == {}
    assert {"n", "tab", "f1", "escape", "ctrl+s"} <= set(meanings)


@every_command
def test_what_begins_an_incident_says_so(command: type[Command]) -> None:
    """One key, a call for one and a report for the other: both read *New*."""
    if command.meaning() == NEW:
        assert command.label.startswith("New ")


def rows_of_help(pilot: Pilot[None]) -> list[HelpRow]:
    """Return the rows of the help in front."""
    front = pilot.app.screen
    assert isinstance(front, HelpDialog)
    return list(front._rows)


@pytest.mark.parametrize("kind", WAYS)
async def test_a_place_has_its_keys_in_a_row_and_all_of_them_in_its_help(
    kiosk: Open, services: Services, people: People, kind: str
) -> None:
    services.report.log(people.head, new_form())
    login, way = WAYS[kind]
    async with kiosk(login) as pilot:
        await press(pilot, *way)
        assert place(pilot) == kind
        await _the_row_of_keys_has_whole_names_and_always_the_help(pilot)
        await resize(pilot, 100, 60)
        await _the_help_lists_every_command_and_key(pilot)
        assert place(pilot) == kind


async def _the_row_of_keys_has_whole_names_and_always_the_help(pilot: Pilot[None]) -> None:
    """Pitfall 54: as many as there is room for, none cut, the help last."""
    front = here(pilot)
    pairs = [f"{command.key()} {command.label}" for command in front.offered()]
    possible = ["  ".join([*pairs[:count], pairs[-1]]) for count in range(len(pairs))]
    for width in (80, 60, 40, 20):
        await resize(pilot, width, 24)
        row = next(row for row in reversed(possible) if len(row) <= width - 2)
        assert lines(pilot)[front.query_one(KeyBar).region.y].strip() == row


async def _the_help_lists_every_command_and_key(pilot: Pilot[None]) -> None:
    """F1: a row for each, in words, and the name of the screen on top; each has its handler."""
    front = here(pilot)
    done = {command.command_name() for command in front.all_handlers()}
    for command in front.COMMANDS_HERE:
        name = command.command_name()
        assert command.owner or name in done
    typed_in = bool(front.query("LineInput, TextBox"))
    without_letters = [each for each in front.commands() if each.needs_button()]
    assert list(front.buttons()) == (without_letters if typed_in else [])
    await press(pilot, "f1")
    assert place(pilot) == "HelpDialog"
    assert f"Keys: {front.NAME}" in prose(pilot)
    told = [(row.keys, row.words) for row in rows_of_help(pilot)]
    of_commands = [(command.all_keys(), command.help()) for command in front.commands()]
    assert told == [*of_commands, *front.keys_of_widgets()]
    seen = ""
    while (more := " ".join(prose(pilot).replace("│", " ").split())) not in seen:
        seen += more
        await press(pilot, "pagedown")
    for keys, words in told:
        assert " ".join(keys.split()) in seen
        assert words.split()[0] in seen
    await press(pilot, "escape")
