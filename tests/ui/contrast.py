"""What is painted, run by run: how far it stands out, and what is left of it without colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.color import Color
from rich.style import Style
from textual.pilot import Pilot
from textual.widget import Widget

from eds_tui.ui.textual_ext.cursor import cursor_of

LEAST = 4.5
"""Contrast that text must have at least (WCAG 2, level AA)."""

LEAST_OF_BARS = 3.0
"""The same for what is no text."""
BARS = set("▁▂▃▄▅▆▇█▔▎▊▌▐ ")


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


def luminance(color: Color) -> float:
    """Return the relative luminance of a colour, 0 to 1."""
    linear = []
    for value in color.get_truecolor():
        share = value / 255
        linear.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(style: Style) -> float:
    """Return the contrast ratio of text and background, 1 to 21."""
    assert style.color is not None
    assert style.bgcolor is not None
    assert not style.dim
    darker, lighter = sorted((luminance(style.color), luminance(style.bgcolor)))
    return (lighter + 0.05) / (darker + 0.05)


def weak(pilot: Pilot[None]) -> set[tuple[str, float]]:
    """Return what is painted with too little contrast; what lies behind a dialog is to recede."""
    boxes = pilot.app.screen.query(".dialog--box")
    found = set()
    for run in runs(pilot, boxes.first() if boxes else pilot.app.screen):
        least = LEAST_OF_BARS if set(run.text) <= BARS else LEAST
        if run.text.strip() and contrast(run.style) < least:
            found.add((run.text.strip(), round(contrast(run.style), 2)))
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
