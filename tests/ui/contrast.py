"""What terminals show of what they are sent: how far each cell stands out, and without colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rich.color import Color
from rich.style import Style
from textual.pilot import Pilot
from textual.widget import Widget

from eds_tui.host.terminals import Kind
from eds_tui.ui.textual_ext.cells import cells_of
from eds_tui.ui.textual_ext.cursor import cursor_of
from tests.ui.sitting import kiosk_of

LEAST = 4.5
"""Contrast that text must have at least (WCAG 2, level AA)."""
LEAST_OF_BARS = 3.0
"""The same for what is no text."""
BARS = set("▁▂▃▄▅▆▇█▔▎▊▌▐ ")

Rgb = tuple[int, int, int]


def _palette(*colours: int) -> tuple[Rgb, ...]:
    return tuple((each >> 16, each >> 8 & 255, each & 255) for each in colours)


@dataclass(frozen=True)
class Painted:
    """How a cell is to look, as SGR parameters have said."""

    text: int | Rgb | None = None
    """One of the terminal's colours, or its red, green and blue; ``None`` is its own."""
    ground: int | Rgb | None = None
    bold: bool = False
    dim: bool = False
    underline: bool = False
    reverse: bool = False


@dataclass(frozen=True)
class Terminal:
    """How a terminal paints."""

    name: str
    colours: tuple[Rgb, ...]
    """The sixteen."""
    text: Rgb
    """Its own colour of text."""
    ground: Rgb
    paint: Callable[[Terminal, Painted], tuple[Rgb, Rgb]] = field(repr=False)
    """Returns the colours of text and ground of a cell."""

    def rgb(self, colour: int | Rgb | None, own: Rgb) -> Rgb:
        """Return what a colour is here."""
        if colour is None:
            return own
        if isinstance(colour, tuple):
            return colour
        if colour < 16:
            return self.colours[colour]
        red, green, blue = Color.from_ansi(colour).get_truecolor()
        return red, green, blue


def _halved(text: Rgb, ground: Rgb) -> Rgb:
    red, green, blue = ((a + b) // 2 for a, b in zip(text, ground, strict=True))
    return red, green, blue


def _bright(colour: int | Rgb | None) -> int | Rgb | None:
    return colour + 8 if isinstance(colour, int) and colour < 8 else colour


def _as_xterm(terminal: Terminal, cell: Painted) -> tuple[Rgb, Rgb]:
    """Bold brightens the colour of text; then text and ground change places."""
    colour = _bright(cell.text) if cell.bold else cell.text
    text = terminal.rgb(colour, terminal.text)
    ground = terminal.rgb(cell.ground, terminal.ground)
    text = _halved(text, ground) if cell.dim else text
    return (ground, text) if cell.reverse else (text, ground)


def _as_putty(terminal: Terminal, cell: Painted) -> tuple[Rgb, Rgb]:
    """Text and ground change places first; bold then brightens what is text."""
    text, ground = cell.text, cell.ground
    own_text, own_ground, own_bold = terminal.text, terminal.ground, (255, 255, 255)
    if cell.reverse:
        text, ground = ground, text
        own_text, own_ground, own_bold = own_ground, own_text, (85, 85, 85)
    front = terminal.rgb(_bright(text), own_bold) if cell.bold else terminal.rgb(text, own_text)
    behind = terminal.rgb(ground, own_ground)
    return (_halved(front, behind) if cell.dim else front), behind


def _as_console(terminal: Terminal, cell: Painted) -> tuple[Rgb, Rgb]:
    """As the kernel's vt.c builds an attribute of what it was told."""
    assert not isinstance(cell.text, tuple)
    assert not isinstance(cell.ground, tuple)
    text, ground = 7 if cell.text is None else cell.text, (cell.ground or 0) & 7
    assert text < 16
    # A bright colour is set as the dark one, and bold.
    bold = cell.bold or text > 7
    text &= 7
    if cell.underline:
        text = 15
    elif cell.dim:
        text = 8
    if cell.reverse:
        text, ground = text & 8 | ground, text & 7
    text ^= 8 * bold
    return terminal.colours[text], terminal.colours[ground]


CONSOLE = Terminal(
    "Linux console",
    _palette(
        0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA,
        0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF,
    ),
    (170, 170, 170), (0, 0, 0), _as_console,
)  # fmt: skip
PUTTY = Terminal(
    "PuTTY",
    _palette(
        0x000000, 0xBB0000, 0x00BB00, 0xBBBB00, 0x0000BB, 0xBB00BB, 0x00BBBB, 0xBBBBBB,
        0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF,
    ),
    (187, 187, 187), (0, 0, 0), _as_putty,
)  # fmt: skip
XTERM = Terminal(
    "xterm",
    _palette(
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ),
    (0, 0, 0), (255, 255, 255), _as_xterm,
)  # fmt: skip
WHITE_ON_BLACK = replace(XTERM, name="xterm -rv", text=(255, 255, 255), ground=(0, 0, 0))


def painted(parameters: str) -> Painted:
    """Return what SGR parameters say of a cell."""
    codes = [int(code) for code in parameters.split(";") if code]
    values: dict[str, Any] = {}
    while codes:
        code = codes.pop(0)
        if code in (38, 48):
            kind = codes.pop(0)
            count = 3 if kind == 2 else 1
            taken, codes = codes[:count], codes[count:]
            colour = (taken[0], taken[1], taken[2]) if kind == 2 else taken[0]
            values["text" if code == 38 else "ground"] = colour
        else:
            values |= _said(code)
    return Painted(**values)


def _said(code: int) -> dict[str, int | bool | None]:
    flags = {1: "bold", 2: "dim", 4: "underline", 7: "reverse"}
    if code in flags:
        return {flags[code]: True}
    if code in (39, 49):
        return {"text" if code == 39 else "ground": None}
    for first, name, add in (
        (30, "text", 0),
        (40, "ground", 0),
        (90, "text", 8),
        (100, "ground", 8),
    ):
        if first <= code < first + 8:
            return {name: code - first + add}
    assert code in (3, 9), code
    return {}


def luminance(colour: Rgb) -> float:
    """Return the relative luminance of a colour, 0 to 1."""
    linear = []
    for value in colour:
        share = value / 255
        linear.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(text: Rgb, ground: Rgb) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(text), luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05)


@dataclass(frozen=True)
class Run:
    """Characters painted in one style."""

    text: str
    style: Style


def runs(pilot: Pilot[None], widget: Widget) -> Iterator[Run]:
    """Yield what is painted of a widget, line by line."""
    strips = pilot.app.screen._compositor.render_strips()
    region = widget.region
    for strip in strips[region.y : region.bottom]:
        for segment in strip.crop(region.x, region.right):
            yield Run(segment.text, segment.style or Style())


def looks(pilot: Pilot[None], kind: Kind | None = None) -> dict[str, set[str]]:
    """Return what is sent for every character in sight, by the SGR parameters before it.

    What lies behind a dialog is to recede, and is left out.

    Args:
        pilot: Sits at the kiosk.
        kind: What its terminal is taken to show, if anything else than it is now.
    """
    boxes = pilot.app.screen.query(".dialog--box")
    region = (boxes.first() if boxes else pilot.app.screen).region
    found: dict[str, set[str]] = {}
    for strip in pilot.app.screen._compositor.render_strips()[region.y : region.bottom]:
        for text, sgr, _ in cells_of(
            strip.crop(region.x, region.right), kind or kiosk_of(pilot).kind
        ):
            if text.strip():
                found.setdefault(sgr, set()).add(text)
    return found


def weak(sent: dict[str, set[str]], terminals: Sequence[Terminal]) -> set[tuple[str, ...]]:
    """Return what has too little contrast: where, how it was sent, what, and how little."""
    found: set[tuple[str, ...]] = set()
    for sgr, characters in sent.items():
        for terminal in terminals:
            measured = contrast(*terminal.paint(terminal, painted(sgr)))
            least = LEAST_OF_BARS if characters <= BARS else LEAST
            if measured < least:
                sample = "".join(sorted(characters))[:20]
                found.add((terminal.name, sgr, sample, f"{measured:.2f}"))
    return found


def attributes(run: Run) -> tuple[bool, bool, bool, bool]:
    """Return what a terminal without colours shows of a style."""
    style = run.style
    return bool(style.bold), bool(style.reverse), bool(style.underline), bool(style.italic)


def in_monochrome(pilot: Pilot[None], widget: Widget) -> list[tuple[str, tuple[bool, ...]]]:
    """Return what is painted of a widget, character by character, without colours."""
    return [(char, attributes(run)) for run in runs(pilot, widget) for char in run.text]


def is_at_cursor(pilot: Pilot[None], widget: Widget) -> bool:
    """Return whether the terminal's own cursor stands in a widget."""
    place = cursor_of(pilot.app.screen.focused)
    return place is not None and widget.region.contains_point(place)
