"""An unexpected error: a reference, what was typed stays in hand, and it goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.worker import WorkerFailed

from eds_tui.services.container import Services
from eds_tui.ui.dialogs.help import HelpDialog
from eds_tui.ui.features.form_draft import FormDraft
from eds_tui.ui.features.help_palette import HelpPalette
from eds_tui.ui.features.lookalikes import Lookalikes
from eds_tui.ui.runtime.idle_lock import IdleLock
from eds_tui.ui.runtime.unexpected_errors import FEW, SHORT_SECONDS, UnexpectedErrors
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.screens.call import CallScreen
from eds_tui.ui.textual_ext.terminal_app import TerminalApp
from eds_tui.ui.widgets.bars import Heading, KeyBar
from eds_tui.ui.widgets.field import Field
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.text_box import TextBox
from eds_tui.ui.widgets.tick_box import TickBox
from tests.factories import People
from tests.ui.conftest import Open
from tests.ui.faulty import INSIDE, TYPED, breaks, reference, told, until
from tests.ui.sitting import box, focused, kiosk_of, place, play, press, prose

pytestmark = pytest.mark.unexpected_error


def keys(*names: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Return what presses keys, waiting for nothing."""

    async def press_them(pilot: Pilot[None]) -> None:
        await press(pilot, *names)

    return press_them


async def a_second_passes(pilot: Pilot[None]) -> None:
    """Let the kiosk's clock tick."""
    kiosk_of(pilot)._tick()


async def nothing(pilot: Pilot[None]) -> None:
    """Wait for the kiosk's own clock."""


async def smaller(pilot: Pilot[None]) -> None:
    """Change the size of the window."""
    await pilot.resize_terminal(70, 22)


async def called_later(pilot: Pilot[None]) -> None:
    """Do what the driver does when the terminal reads again."""
    app = kiosk_of(pilot)
    app.call_later(app.action_redraw)


async def a_task_fails(pilot: Pilot[None]) -> None:
    """Begin what nobody waits for."""

    async def fails() -> None:
        raise RuntimeError(INSIDE)

    kept = asyncio.create_task(fails())
    await asyncio.wait({kept})


async def a_worker_fails(pilot: Pilot[None]) -> None:
    """Begin a worker that shows no error itself."""

    async def fails() -> None:
        raise RuntimeError(INSIDE)

    pilot.app.screen.run_worker(fails())


async def repainted(pilot: Pilot[None]) -> None:
    """Have the top line painted."""
    front = pilot.app.screen
    assert isinstance(front, BaseScreen)
    front.heading.refresh()


async def laid_out(pilot: Pilot[None]) -> None:
    """Have the height of the bottom line measured."""
    front = pilot.app.screen
    assert isinstance(front, BaseScreen)
    front.notice.refresh(layout=True)


@dataclass(frozen=True)
class Way:
    """A way in which an error comes into the program."""

    owner: type
    method: str
    begin: Callable[[Pilot[None]], Awaitable[None]]


WAYS = {
    "worker": Way(FormDraft, "keep", a_second_passes),
    "interval": Way(IdleLock, "tick", nothing),
    "timer": Way(Lookalikes, "look", keys(".")),
    "key binding": Way(HelpPalette, "show", keys("f1")),
    "key of a widget": Way(TickBox, "on_key", keys("shift+tab", "x")),
    "handler by name": Way(CallScreen, "on_screen_resume", keys("f1", "escape")),
    "handler by decorator": Way(Field, "problem", keys(".")),
    "watcher": Way(TickBox, "watch_value", keys("shift+tab", "space")),
    "call_later": Way(TerminalApp, "action_redraw", called_later),
    "call_after_refresh": Way(TextBox, "scroll_cursor_visible", smaller),
    "compose of a dialog": Way(HelpDialog, "content", keys("f1")),
    "on_mount of a dialog": Way(HelpDialog, "on_mount", keys("f1")),
    "paint": Way(Heading, "render", repainted),
    "layout": Way(KeyBar, "render", laid_out),
    "validator": Way(LineInput, "validate_value", keys(*["shift+tab"] * 4, "5")),
}


@pytest.mark.long
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
async def test_a_call_is_gone_on_with_to_its_number(
    kiosk: Open, services: Services, people: People, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture, way: Way,
) -> None:  # fmt: skip
    async with kiosk() as pilot:
        await play(pilot, TYPED)
        breaks(monkeypatch, way.owner, way.method)
        await way.begin(pilot)
        assert (await reference(pilot, caplog)).startswith("What you typed is still here;")
        assert place(pilot) == "CallScreen"
        typed = box(pilot, "description").text
        assert typed.rstrip(".") == "Printer jams"
        while focused(pilot) != "description":
            await press(pilot, "tab")
        await press(pilot, *" again", "ctrl+s")
        assert place(pilot) == "ReceiptDialog"
        assert "INC0000001" in prose(pilot)
    assert services.queue.open(people.lead, 1).description == f"{typed} again"


@pytest.mark.parametrize("begin", [a_task_fails, a_worker_fails])
async def test_what_nobody_waits_for_is_told(
    kiosk: Open, caplog: pytest.LogCaptureFixture, begin: Callable[[Pilot[None]], Awaitable[None]]
) -> None:
    async with kiosk() as pilot:
        await play(pilot, TYPED)
        await begin(pilot)
        await reference(pilot, caplog)
        assert box(pilot, "description").text == "Printer jams"


async def test_what_is_told_behind_a_dialog_is_there_when_it_is_closed(
    kiosk: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A tall dialog covers it."""
    async with kiosk() as pilot:
        await press(pilot, "f1")
        breaks(monkeypatch, IdleLock, "tick")
        await until(lambda: "reference" in told(pilot))
        assert place(pilot) == "HelpDialog"
        await press(pilot, "escape")
        await reference(pilot, caplog)
        assert place(pilot) == "QueueScreen"


async def test_what_a_place_still_does_ends_before_its_parts_go(kiosk: Open) -> None:
    """It would fail without them, and be told in the place that is in front by then."""
    left: list[int] = []
    async with kiosk() as pilot:
        await press(pilot, "n")
        form = pilot.app.screen

        async def work() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                left.append(len(form.query(TextBox)))

        form.run_worker(work())
        await pilot.app.pop_screen()
    assert left == [1]


REPEATED = {
    "paint": (Heading, "render", repainted),
    "timer": (TickBox, "on_key", keys("shift+tab", *"x" * (FEW + 1))),
    "dialog": (HelpDialog, "content", keys(*["f1"] * (FEW + 1))),
}


@pytest.mark.parametrize("way", REPEATED.values(), ids=REPEATED)
@pytest.mark.long
async def test_an_error_that_repeats_ends_the_kiosk_and_the_next_sign_in_has_what_was_typed(
    kiosk: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str], way: tuple[type, str, Any],
) -> None:  # fmt: skip
    """The log has no more of it than that, and the last thing on the terminal is in it."""
    owner, method, begin = way

    async def type_until_it_ends(patch: pytest.MonkeyPatch) -> None:
        async with kiosk() as pilot:
            await play(pilot, TYPED)
            breaks(patch, owner, method, always=True)
            await begin(pilot)
            await until(lambda: not pilot.app.is_running)

    with pytest.raises(RuntimeError, match=INSIDE), monkeypatch.context() as patch:
        await type_until_it_ends(patch)
    assert 0 < len(caplog.records) <= FEW + 2
    assert f"({caplog.messages[-1]})" in " ".join(capsys.readouterr().err.split())
    async with kiosk() as pilot:
        await press(pilot, "n", "ctrl+e")
        assert box(pilot, "description").text == "Printer jams"


def test_errors_are_too_many_only_within_a_short_time() -> None:
    seconds = [0.0]
    errors = UnexpectedErrors(lambda: seconds[0])
    for _ in range(4 * FEW):
        seconds[0] += SHORT_SECONDS / FEW
        errors.log(raised(int, "x"))
        assert not errors.are_too_many
    errors.log(raised(int, "x"))
    assert errors.are_too_many


def test_what_comes_the_same_way_has_the_same_reference_whatever_was_typed() -> None:
    errors = UnexpectedErrors()
    first = errors.log(raised(int, "x"))
    assert errors.log(raised(int, "y")) == first
    assert errors.log(raised(next, iter(()))) != first
    assert errors.log(WorkerFailed(raised(int, "z"))) == first


def raised(call: Callable[[Any], object], value: object) -> Exception:
    """Return what a call raises."""
    try:
        call(value)
    except Exception as error:
        return error
    raise AssertionError("It does not fail.")
