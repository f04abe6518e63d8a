"""What is left out of a style where a terminal would show it unreadably."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.style import Style

from eds_tui.host.terminals import MODERN, Colours, Kind
from eds_tui.ui.textual_ext.sgr import sgr

FEW = replace(MODERN, colours=Colours.SIXTEEN)
CONSOLE = replace(FEW, console=True)
BARE = replace(MODERN, colours=Colours.NONE)


@pytest.mark.parametrize(
    ("style", "kind", "sent"),
    [
        ("bold white on black", FEW, "1;37;40"),
        ("bold black on cyan", FEW, "30;46"),
        ("bold underline black on white", FEW, "4;30;47"),
        ("bold underline black on white", CONSOLE, "30;47"),
        ("bold underline white on black", CONSOLE, "1;4;37;40"),
        ("dim white on black", FEW, "37;40"),
        ("reverse bold bright_white on black", CONSOLE, "30;47"),
        ("reverse bold default on default", FEW, "7;39;49"),
        ("bold reverse red on black", BARE, "7"),
        ("bold underline red on black", BARE, "1;4"),
        ("bold #000000 on #eeeeee", MODERN, "1;38;2;0;0;0;48;2;238;238;238"),
        ("reverse #000000 on #eeeeee", MODERN, "7;38;2;0;0;0;48;2;238;238;238"),
        ("bold #000000 on #eeeeee", replace(MODERN, colours=Colours.MANY), "1;38;5;16;48;5;254"),
        ("bold #000000 on #eeeeee", FEW, "30;107"),
        ("dim default on default", MODERN, "39;49"),
    ],
)  # fmt: skip
def test_what_is_sent_for_a_style(style: str, kind: Kind, sent: str) -> None:

    assert sgr(Style.parse(style), kind) == sent


def test_no_style_is_none() -> None:
    assert sgr(None, FEW) == ""
    assert sgr(Style(), FEW) == ""
