"""Sitting at the kiosk in a test: pressing keys, waiting for their effect, looking."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable
from contextlib import suppress

from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key, Paste, Resize
from textual.geometry import Size
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.pilot import Pilot
from textual.widget import Widget

from eds_tui.domain.account import Account
from eds_tui.ui.app import Kiosk
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.widgets.incident_fields import IncidentFields
from eds_tui.ui.widgets.incident_list import IncidentList
from eds_tui.ui.widgets.line_input import LineInput
from eds_tui.ui.widgets.text_box import TextBox
from tests.factories import PASSWORD
from tests.ui.settling import is_alive, worked_through

PATIENCE = 60
"""Seconds that something is waited for at the most."""

_LOOK_AGAIN = 0.02
"""Seconds between two looks at what is waited for."""

_ASK_AFTER = 1.0
"""Seconds after which a program that does not answer is asked whether it is still there."""


def kiosk_of(pilot: Pilot[None]) -> Kiosk:
    """Return the program that is sat at."""
    assert isinstance(pilot.app, Kiosk)
    return pilot.app


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each when the one before it has had its effect."""
    for key in keys:
        _put(pilot, key)
        await _round(pilot)
    await settle(pilot)


async def burst(pilot: Pilot[None], *keys: str) -> None:
    """Press keys without waiting between them, then wait until all have had their effect."""
    for key in keys:
        _put(pilot, key)
    await settle(pilot)


async def write(pilot: Pilot[None], text: str) -> None:
    """Type a text."""
    await burst(pilot, *text)


class Text(str):
    """What is typed as text, as one part of a script."""

    __slots__ = ()


Script = tuple[str, ...]
"""Keys, and texts that are typed."""

CALL: Script = ("n", *"00000", "enter", "s", "4")
"""The keys of a call from the first school, up to its description."""


async def play(pilot: Pilot[None], script: Script) -> None:
    """Press the keys of a script and type its texts, each part when the one before is done."""
    for part in script:
        await (write(pilot, part) if isinstance(part, Text) else press(pilot, part))


async def paste(pilot: Pilot[None], text: str) -> None:
    """Paste a text, as a terminal with bracketed paste does."""
    pilot.app.post_message(Paste(text))
    await settle(pilot)


async def resize(pilot: Pilot[None], columns: int, rows: int) -> None:
    """Give the window another size, as a terminal does, and wait for its effect."""
    size = Size(columns, rows)
    assert isinstance(pilot.app._driver, HeadlessDriver)
    pilot.app._driver._size = size
    pilot.app.post_message(Resize(size, size))
    await _taken(kiosk_of(pilot))
    # The program waits a moment for a next size, and does nothing more by then.
    pilot.app._check_resize()
    await settle(pilot)


def _put(pilot: Pilot[None], key: str) -> None:
    """Hand a key to the program as its driver does."""
    name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    character: str | None
    try:
        character = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(name, name)))
    except KeyError:
        character = key if len(key) == 1 else None
    event = Key(name, character)
    event.set_sender(pilot.app)
    pilot.app.post_message(event)


async def look(pilot: Pilot[None]) -> None:
    """Let a second pass, at the end of which the kiosk looks at what others do."""
    await settle(pilot)
    kiosk_of(pilot)._tick()
    await settle(pilot)


async def until(pilot: Pilot[None], is_so: Callable[[], bool]) -> None:
    """Wait until something is so, whatever else is going on."""
    async with asyncio.timeout(PATIENCE):
        while not is_so():
            await pilot.pause(_LOOK_AGAIN)


async def seconds_pass(pilot: Pilot[None], count: int = 3) -> None:
    """Let the program's clock tick so many times, each time waiting for what that begins."""
    for _ in range(count):
        kiosk_of(pilot)._tick()
        await settle(pilot)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing is left to be done: no key, no call to a service, no message.

    A scroll bar that appears makes a second layout necessary, so two rounds are to be quiet.
    """
    while await _round(pilot) or await _round(pilot):
        pass


async def _round(pilot: Pilot[None]) -> bool:
    """Wait until everything there is to do now is done; return whether that was a call."""
    app = kiosk_of(pilot)
    if not await _taken(app):
        return False
    await app.keys.idle()
    busy = await _workers_done(app)
    await app.animator.wait_until_complete()
    await worked_through(app, PATIENCE)
    if not is_alive(app):
        return False
    # What is below a dialog is laid out by a timer of its own, and painted with the dialog.
    for below in app._background_screens:
        below._on_timer_update()
    app.screen._on_timer_update()
    held_back = bool(app._batch_count)
    if held_back:
        # By a timer, of which nothing else is to be seen.
        await asyncio.sleep(_LOOK_AGAIN)
    return busy or held_back or app.screen.size != app.size or not _only_asking(app)


async def _taken(app: Kiosk) -> bool:
    """Wait until the program has taken every event that was handed to it, or has ended."""
    done = asyncio.Event()
    while is_alive(app) and not done.is_set():
        if not app.call_later(done.set):
            return False
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), _ASK_AFTER)
    return done.is_set()


async def _workers_done(app: Kiosk) -> bool:
    """Wait for every worker but those that wait for a dialog; return whether there were any."""
    busy = False
    while not _only_asking(app):
        # A worker may come to wait for a dialog meanwhile, and is not waited for from then on.
        await asyncio.wait(_running(app), timeout=_LOOK_AGAIN)
        busy = True
    return busy


def _running(app: Kiosk) -> set[asyncio.Task[object]]:
    tasks = (worker._task for worker in app.workers if not worker.is_finished)
    return {task for task in tasks if task is not None and not task.done()}


def _only_asking(app: Kiosk) -> bool:
    """Return whether each worker that still runs waits for the answer of a dialog."""
    asked = sum(
        callback.future is not None and bool(callback.future._callbacks)
        for screen in app.screen_stack
        for callback in screen._result_callbacks
    )
    return len(_running(app)) <= asked


async def sign_in(pilot: Pilot[None], login: str = "handler", password: str = PASSWORD) -> None:
    """Sign in at the sign-in screen."""
    await settle(pilot)
    await burst(pilot, *login, "enter", *password, "enter")


async def begin_session(app: Kiosk, account: Account) -> None:
    """Go where a sign-in leads, without the password, whose check is slow on purpose."""
    await app.sessions.begin(account)


def lines(pilot: Pilot[None]) -> list[str]:
    """Return the lines of the screen as they are painted."""
    strips = pilot.app.screen._compositor.render_strips()
    return [strip.text.rstrip() for strip in strips]


def screen(pilot: Pilot[None]) -> str:
    """Return the screen as it is painted, as one text."""
    return "\n".join(lines(pilot))


def prose(pilot: Pilot[None]) -> str:
    """Return what is painted with every run of blanks and line breaks as one blank."""
    return " ".join(screen(pilot).split())


def place(pilot: Pilot[None]) -> str:
    """Return the kind of the screen in front."""
    return type(pilot.app.screen).__name__


def said(pilot: Pilot[None]) -> str:
    """Return what the place in front has to say just now."""
    front = pilot.app.screen
    assert isinstance(front, BaseScreen)
    return front.notice.text


def focused(pilot: Pilot[None]) -> str:
    """Return the id of what has the focus."""
    return pilot.app.focused.id or "" if pilot.app.focused else ""


def incident_list(pilot: Pilot[None], selector: str = "IncidentList") -> IncidentList:
    """Return a list of the place in front."""
    return pilot.app.screen.query_one(selector, IncidentList)


def numbers(pilot: Pilot[None], selector: str = "IncidentList") -> list[int]:
    """Return the numbers of the incidents that a list holds, from its top."""
    return [row.number for row in incident_list(pilot, selector).rows]


def marked(pilot: Pilot[None]) -> tuple[int, str]:
    """Return height on the screen and reference of the row with the cursor."""
    for y, row in enumerate(lines(pilot)):
        if row.startswith("▸INC"):
            return y, row[1:11]
    return -1, ""


def painted(pilot: Pilot[None], widget: Widget) -> str:
    """Return what is painted of a widget, with every run of blanks as one blank."""
    region = widget.region
    rows = lines(pilot)[region.y : region.bottom] if widget.display else []
    return " ".join(" ".join(row[region.x : region.right] for row in rows).split())


def beside(pilot: Pilot[None], field: str) -> str:
    """Return what is said beside a field of a form."""
    return painted(pilot, pilot.app.screen.query_one(f"#field-{field} .field--note"))


def fields(pilot: Pilot[None]) -> IncidentFields:
    """Return the fields of the form in front."""
    return pilot.app.screen.query_one(IncidentFields)


def line(pilot: Pilot[None], name: str) -> LineInput:
    """Return a field of one line."""
    return pilot.app.screen.query_one(f"#{name}", LineInput)


def box(pilot: Pilot[None], name: str = "box") -> TextBox:
    """Return a field of many lines; without a name the box for a comment."""
    return pilot.app.screen.query_one(f"#{name}", TextBox)
