"""The SGR parameters of a style, as the terminal at hand shows them readably.

A terminal of few colours paints bold as a brighter colour: bold black is dark grey. Dim is darker
than any theme allows for, and a Linux console paints underlined text white. Before a light ground
all that is left out; colours and signs say there what it would have said.
"""

from __future__ import annotations

from functools import lru_cache

from rich.color import Color, ColorSystem, ColorType
from rich.style import Style
from textual.strip import Strip

from eds_tui.host.terminals import Colours, Kind

_SYSTEMS = {
    Colours.NONE: ColorSystem.STANDARD,
    Colours.SIXTEEN: ColorSystem.STANDARD,
    Colours.MANY: ColorSystem.EIGHT_BIT,
    Colours.ALL: ColorSystem.TRUECOLOR,
}
_LIGHT = frozenset({2, 3, 6, 7, *range(9, 16)})
"""Of the sixteen colours those before which text is dark."""


@lru_cache(maxsize=4096)
def sgr(style: Style | None, kind: Kind) -> str:
    """Return the parameters for a style, without what could not be read."""
    if style is None:
        return ""
    if kind.colours is Colours.NONE:
        style = style.without_color
    system = _SYSTEMS[kind.colours]
    fades = _is_of_sixteen(style.color, system) and _is_of_sixteen(style.bgcolor, system)
    before_light = fades and _is_before_light(style, system)
    text, ground, reverse = _turned(style) if fades else _as_it_is(style)
    plain = Style(
        color=text,
        bgcolor=ground,
        bold=style.bold and not before_light,
        dim=style.dim and not fades,
        italic=style.italic,
        underline=style.underline and not (before_light and kind.console),
        reverse=reverse,
        strike=style.strike,
    )
    return str(Strip.render_ansi(plain, system))


Colouring = tuple[Color | None, Color | None, bool | None]
"""Colour of text, of what is behind it, and whether they change places."""


def _as_it_is(style: Style) -> Colouring:
    return style.color, style.bgcolor, style.reverse


def _turned(style: Style) -> Colouring:
    """Return colours that have changed places: a Linux console leaves the brightness behind."""
    text, ground = style.color, style.bgcolor
    if not style.reverse or text is None or ground is None or text.is_default or ground.is_default:
        return _as_it_is(style)
    number = text.downgrade(ColorSystem.STANDARD).number or 0
    return ground, Color.from_ansi(number & 7), False


def _is_of_sixteen(color: Color | None, system: ColorSystem) -> bool:
    if color is None or system is ColorSystem.STANDARD:
        return True
    return color.type in (ColorType.DEFAULT, ColorType.STANDARD)


def _is_before_light(style: Style, system: ColorSystem) -> bool:
    """Return whether the text stands before a light ground, as far as that is known."""
    ground, text = _number(style.bgcolor, system), _number(style.color, system)
    if style.reverse:
        # The terminal's own text is light where its ground is dark, of which most are.
        return text is None or text in _LIGHT
    return ground in _LIGHT


def _number(color: Color | None, system: ColorSystem) -> int | None:
    """Return which of the sixteen a colour is; ``None`` for the terminal's own."""
    if color is None or color.is_default:
        return None
    return color.downgrade(ColorSystem.STANDARD).number
