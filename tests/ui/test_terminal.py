"""What is sent to the terminal makes it show what was drawn, however little is sent."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from random import Random

import pyte
import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import (
    ChopsUpdate,
    CompositorUpdate,
    InlineUpdate,
    LayoutUpdate,
)
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip

from eds_tui.host.terminals import MODERN
from eds_tui.ui.textual_ext.terminal import Frame, Harmless
from tests import nasty
from tests.ui.pty_screen import TerminalScreen, stray

BLACK = Color(0, 0, 0)
COLUMNS, ROWS = 30, 6
UPDATES = 80
STYLES = (None, Style(color="red"), Style(bold=True, bgcolor="#102030"), Style(reverse=True))
AGREED = (
    "a", "bc", "word ", "  ", "…", "é", "▸", "[x]", "日", "日本", "打印机没有", "プリンター",
    "\U0001f44d", "e\u0301", "Z\u0351\u036b", "日\u0301", "e\u0301日x", "x日", "한",
)  # fmt: skip
"""Texts on whose width every terminal agrees."""
DISPUTED = (
    "\u26a0\ufe0f", "\u2764\ufe0f\u270f\ufe0f", "1\ufe0f\u20e3", "\U0001f44d\U0001f3fd",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f3f3\ufe0f\u200d\U0001f308",
    "\U0001f6dc", "\U0001fae9",
)  # fmt: skip
"""Texts that are wider on some terminals than on others."""


class Pair:
    """Two terminals: one is sent all that was drawn, the other only what differs."""

    def __init__(self) -> None:
        self.frame = Frame()
        self.console = Console(file=io.StringIO(), color_system="truecolor", force_terminal=True)
        self.whole, self.sparing = (TerminalScreen(COLUMNS, ROWS) for _ in range(2))

    def show(self, update: CompositorUpdate) -> str:
        """Send an update to both, and return what was sent to the sparing one."""
        sent = self.frame.difference(update)
        assert sent is not None
        pyte.Stream(self.sparing).feed(sent)
        # Between two moves of the cursor a line feed does nothing, but at the foot it scrolls.
        pyte.Stream(self.whole).feed(update.render_segments(self.console).replace("\n", ""))
        return sent


def cells(screen: TerminalScreen) -> list[list[tuple[str, str, str, bool, bool]]]:
    """Return what is seen of every cell."""
    rows = [[screen.buffer[y][x] for x in range(COLUMNS)] for y in range(ROWS)]
    return [
        [(cell.data, cell.fg, cell.bg, cell.bold, cell.reverse) for cell in row] for row in rows
    ]


def strip(random: Random, width: int, texts: tuple[str, ...]) -> Strip:
    """Return random text of an exact width."""
    drawn = Strip([])
    while drawn.cell_length < width:
        segment = Segment(random.choice(texts), random.choice(STYLES))
        drawn = Strip([*drawn, segment])
    return drawn.crop(0, width).apply_filter(Harmless(), BLACK)


def whole_screen(random: Random, texts: tuple[str, ...]) -> LayoutUpdate:
    """Return a paint of all rows, each in one or two strips."""
    rows: list[list[Strip]] = []
    for _ in range(ROWS):
        left = random.randint(1, COLUMNS - 1)
        rows.append([strip(random, width, texts) for width in (left, COLUMNS - left)])
    return LayoutUpdate([*rows], Region(0, 0, COLUMNS, ROWS))


def some_spans(random: Random, texts: tuple[str, ...]) -> ChopsUpdate:
    """Return a paint of parts of some rows, cut anywhere."""
    chops: list[dict[int, Strip | None]] = []
    ends: list[list[int]] = []
    for _ in range(ROWS):
        cuts = sorted({0, COLUMNS, *random.choices(range(1, COLUMNS), k=4)})
        pairs = list(pairwise(cuts))
        chops.append({a: random.choice([None, strip(random, b - a, texts)]) for a, b in pairs})
        ends.append([b for _, b in pairs])
    spans = []
    for y in sorted(random.sample(range(ROWS), random.randint(1, ROWS))):
        first = random.randint(0, COLUMNS - 1)
        spans.append((y, first, random.randint(first + 1, COLUMNS)))
    return ChopsUpdate(chops, spans, ends)


def updates(random: Random, texts: tuple[str, ...]) -> Iterator[CompositorUpdate]:
    """Yield paints of the whole screen and of parts of it."""
    yield whole_screen(random, texts)
    for _ in range(UPDATES):
        yield (whole_screen if random.random() < 0.1 else some_spans)(random, texts)


@pytest.mark.parametrize("seed", range(20))
def test_the_terminal_shows_what_was_drawn_when_only_the_difference_is_sent(seed: int) -> None:
    pair = Pair()
    for update in updates(Random(seed), AGREED):
        pair.show(update)
        assert pair.sparing.display == pair.whole.display
        assert cells(pair.sparing) == cells(pair.whole)


@pytest.mark.parametrize("seed", range(20))
def test_a_text_whose_width_is_in_dispute_is_as_wide_as_was_reckoned(seed: int) -> None:
    pair = Pair()
    for update in updates(Random(seed), ("a", "bc", "word ", "日", *DISPUTED)):
        pair.show(update)
        assert cells(pair.sparing) == cells(pair.whole)
        assert [sum(map(cell_len, row)) for row in pair.sparing.display] == [COLUMNS] * ROWS


def of_list(rows: list[Strip], foot: Strip, *, part: bool) -> CompositorUpdate:
    """Return a paint of a list with a line below it, whole or as what has changed."""
    lines = [*rows, foot]
    if not part:
        return LayoutUpdate([[line] for line in lines], Region(0, 0, COLUMNS, ROWS))
    chops: list[dict[int, Strip | None]] = [{0: line} for line in lines]
    return ChopsUpdate(chops, [(y, 0, COLUMNS) for y in range(ROWS)], [[COLUMNS]] * ROWS)


@pytest.mark.parametrize("texts", [AGREED, ("a", "bc", "word ", "日", *DISPUTED)])
@pytest.mark.parametrize("seed", range(8))
def test_rows_that_move_look_as_drawn_wherever_they_move(seed: int, texts: tuple[str, ...]) -> None:
    random, pair = Random(seed), Pair()
    stock = [strip(random, COLUMNS, texts) for _ in range(40)]
    top = 20
    for _ in range(UPDATES):
        top = min(max(top + random.choice((-5, -2, -1, 0, 1, 1, 2, 5)), 0), len(stock) - ROWS)
        rows = stock[top : top + ROWS - 1]
        marked = random.randrange(len(rows))
        rows[marked] = strip(random, COLUMNS, texts)
        if random.random() < 0.2:
            pair.show(some_spans(random, texts))
        pair.show(of_list(rows, strip(random, COLUMNS, texts), part=random.random() < 0.8))
        assert cells(pair.sparing) == cells(pair.whole)
        assert pair.sparing.margins is None


@pytest.mark.parametrize(("by", "step"), [(1, "\n"), (2, "\n\n"), (-1, "\x1bM")])
def test_a_terminal_moves_by_itself_what_only_moves(by: int, step: str) -> None:
    pair, random = Pair(), Random(1)
    stock = [strip(random, COLUMNS, ("a", "bc", "word ")) for _ in range(12)]
    foot = strip(random, COLUMNS, AGREED)
    pair.show(of_list(stock[4 : 3 + ROWS], foot, part=True))

    sent = pair.show(of_list(stock[4 + by : 3 + by + ROWS], foot, part=True))

    at = 5 if by > 0 else 1
    assert sent.startswith(f"\x1b[1;5r\x1b[{at};1H{step}\x1b[r")
    assert sent.count("H") == 1 + abs(by)
    assert cells(pair.sparing) == cells(pair.whole)


@pytest.mark.parametrize("why", ["unknown", "unable"])
def test_rows_are_not_moved_where_they_are_not_known_or_the_terminal_can_not(why: str) -> None:
    pair, random = Pair(), Random(1)
    stock = [strip(random, COLUMNS, ("a", "bc", "word ")) for _ in range(12)]
    if why == "unable":
        pair.frame.use(replace(MODERN, moves_rows=False))
    pair.show(of_list(stock[: ROWS - 1], stock[-1], part=True))
    if why == "unknown":
        pair.frame.forget()

    sent = pair.show(of_list(stock[1:ROWS], stock[-1], part=True))

    assert not re.search(r"\x1b\[[\d;]*r", sent)
    assert cells(pair.sparing) == cells(pair.whole)


def test_what_is_shown_already_is_not_sent_again() -> None:
    pair, update = Pair(), whole_screen(Random(1), AGREED)

    assert pair.show(update) != ""
    assert pair.show(update) == ""


def test_after_it_forgot_everything_is_sent() -> None:
    pair, update = Pair(), whole_screen(Random(1), AGREED)
    first = pair.show(update)
    pair.sparing.reset()
    pair.frame.forget()

    assert pair.show(update) == first
    assert pair.sparing.display == pair.whole.display


def test_one_changed_character_is_sent_with_its_place_and_nothing_else() -> None:
    pair = Pair()
    pair.show(LayoutUpdate([[Strip([Segment("the old text")])]], Region(3, 2, 12, 1)))

    sent = pair.show(LayoutUpdate([[Strip([Segment("the odd text")])]], Region(3, 2, 12, 1)))

    assert sent == "\x1b[3;9Hd"


def test_a_changed_colour_is_sent_though_the_text_is_the_same() -> None:
    pair = Pair()
    pair.show(LayoutUpdate([[Strip([Segment("word", Style(color="red"))])]], Region(0, 0, 4, 1)))

    pair.show(LayoutUpdate([[Strip([Segment("word", Style(color="blue"))])]], Region(0, 0, 4, 1)))

    assert [cell[1] for cell in cells(pair.sparing)[0][:4]] == ["blue"] * 4


def test_an_update_of_a_kind_that_is_not_known_is_left_to_textual() -> None:
    assert Frame().difference(InlineUpdate([Strip([Segment("inline")])])) is None


@pytest.mark.parametrize("text", nasty.ALL, ids=[repr(text)[:40] for text in nasty.ALL])
def test_no_text_steers_the_terminal_or_takes_more_room_than_was_reckoned(text: str) -> None:
    line = text.replace("\n", " ")
    drawn = [Segment("left "), Segment(line, Style(bold=True)), Segment(" right")]

    harmless = Harmless().apply(drawn, BLACK)

    assert stray("".join(segment.text for segment in harmless).encode()) == []
    assert sum(cell_len(segment.text) for segment in harmless) == sum(
        cell_len(segment.text) for segment in drawn
    )
    assert [segment.style for segment in harmless] == [segment.style for segment in drawn]


def test_brackets_and_plain_text_go_to_the_terminal_as_they_are() -> None:
    drawn = [Segment(text) for text in (*nasty.MARKUP, "é 日本 \u26a0")]

    assert Harmless().apply(drawn, BLACK) == drawn
