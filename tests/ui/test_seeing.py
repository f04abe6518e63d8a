"""What can be read by weak eyes: the measure that ``test_scenes`` looks at every screen with."""

from __future__ import annotations

import pytest

from tests.ui.contrast import (
    CONSOLE,
    PUTTY,
    WHITE_ON_BLACK,
    XTERM,
    Painted,
    Terminal,
    contrast,
    painted,
    weak,
)

BLACK, WHITE, GREY = (0, 0, 0), (255, 255, 255), (85, 85, 85)


def test_the_contrast_of_black_and_white_is_twenty_one() -> None:
    """WCAG 2: the ends of the scale."""
    assert contrast(WHITE, BLACK) == pytest.approx(21)
    assert contrast((119, 119, 119), WHITE) == pytest.approx(4.48, abs=0.005)


def test_what_is_sent_is_understood() -> None:
    assert painted("1;38;2;1;2;3;48;5;244") == Painted((1, 2, 3), 244, bold=True)
    assert painted("7;4;2;97;41") == Painted(15, 1, reverse=True, underline=True, dim=True)
    assert painted("39;49") == Painted()


@pytest.mark.parametrize(
    ("terminal", "parameters", "seen"),
    [
        # Bold brightens, so that black becomes grey.
        (CONSOLE, "1;30;47", (GREY, (170, 170, 170))),
        (PUTTY, "1;30;47", (GREY, (187, 187, 187))),
        (XTERM, "1;30;47", ((127, 127, 127), (229, 229, 229))),
        # So does bold in reverse, but for xterm, which brightens first.
        (CONSOLE, "1;7", (GREY, (170, 170, 170))),
        (PUTTY, "1;7", (GREY, (187, 187, 187))),
        (WHITE_ON_BLACK, "1;7", (BLACK, WHITE)),
        # A Linux console has no underline, and says it in white.
        (CONSOLE, "4;30;46", (WHITE, (0, 170, 170))),
        (CONSOLE, "2", (GREY, BLACK)),
        (XTERM, "38;5;244;48;5;16", ((128, 128, 128), BLACK)),
    ],
)  # fmt: skip
def test_a_cell_is_seen_as_its_terminal_paints_it(
    terminal: Terminal, parameters: str, seen: tuple[tuple[int, int, int], tuple[int, int, int]]
) -> None:
    assert terminal.paint(terminal, painted(parameters)) == seen


def test_what_is_faint_is_found_and_a_bar_may_be_fainter_than_text() -> None:
    assert weak({"2": {"x"}}, (CONSOLE,)) == {("Linux console", "2", "x", "2.82")}
    assert weak({"": {"x"}}, (CONSOLE, PUTTY, XTERM)) == set()
    assert weak({"31;40": {"█"}}, (XTERM,)) == set()
    assert weak({"31;40": {"x"}}, (XTERM,)) != set()
