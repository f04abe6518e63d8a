"""A long list is held window by window, and stays what it is while others change it (rule 38)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from eds_tui.domain.sorting import Sort, place
from eds_tui.domain.views import PAGE_SIZE, Page, Window
from eds_tui.ui.features.paged_list import MOST_HELD, Pager
from eds_tui.ui.presentation.columns import queue_columns
from eds_tui.ui.widgets.incident_list import IncidentList
from tests.rows import row

KEY = partial(place, Sort.NEWEST)
TOTAL = MOST_HELD + PAGE_SIZE
"""More than is held."""


class Rows:
    """A list of the newest incidents first, of which windows are read."""

    def __init__(self, numbers: list[int]) -> None:
        self.numbers = numbers
        self.asked: list[Window] = []
        """The windows that were read."""
        self.meanwhile: Callable[[], object] | None = None
        """What happens while the next one is read."""

    def fetch(self, window: Window) -> Page:
        """Return a window, as the repository does."""
        self.asked.append(window)
        found = self._found(window)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()
        more, rows = len(found) > window.limit, found[: window.limit]
        beyond = window.key is not None
        if window.key is not None and window.inclusive:
            beyond = max(self.numbers, default=0) > window.key.number
        if window.newer:
            return Page(tuple(map(row, reversed(rows))), newer=more, older=beyond)
        return Page(tuple(map(row, rows)), newer=beyond, older=more)

    def _found(self, window: Window) -> list[int]:
        key = window.key
        if window.newer:
            return [each for each in reversed(self.numbers) if key is None or each > key.number]
        last = key.number + window.inclusive if key is not None else TOTAL + 1
        return [each for each in self.numbers if each < last]


class Held:
    """A list on a screen, with what feeds it."""

    def __init__(self, total: int = TOTAL) -> None:
        self.source = Rows(list(range(total, 0, -1)))
        self.widget = IncidentList(queue_columns(), empty="Nothing.")
        self.pager = Pager(self.widget, self.source.fetch, KEY)

    @property
    def numbers(self) -> list[int]:
        """The incidents that are held."""
        return [each.number for each in self.widget.rows]

    @property
    def at(self) -> int:
        """The incident under the cursor."""
        under = self.widget.row
        assert under is not None
        return under.number

    @property
    def more(self) -> tuple[bool, bool]:
        """Whether the list goes on above and below what is held."""
        page = self.widget.page
        assert page is not None
        return page.newer, page.older


def down_from(number: int, count: int) -> list[int]:
    """Return so many numbers from one down."""
    return list(range(number, number - count, -1))


async def test_it_grows_to_what_is_held_at_most_and_then_lets_go_at_its_other_end() -> None:
    held = Held()
    await held.pager.load()
    for count in (1, 2, 3):
        assert (held.numbers, held.more) == (down_from(TOTAL, count * PAGE_SIZE), (False, True))
        await held.pager.more(newer=False)
    assert (held.numbers, held.more) == (down_from(MOST_HELD, MOST_HELD), (True, False))
    asked = len(held.source.asked)
    await held.pager.more(newer=False)
    assert len(held.source.asked) == asked
    await held.pager.more(newer=True)
    assert (held.numbers, held.more) == (down_from(TOTAL, MOST_HELD), (False, True))
    asked = len(held.source.asked)
    await held.pager.more(newer=True)
    assert len(held.source.asked) == asked


async def test_an_end_of_the_list_is_shown_with_the_cursor_there_and_the_ticks_stay() -> None:
    held = Held()
    await held.pager.load()
    held.widget.tick()
    await held.pager.go_to_end(newer=False)
    assert (held.at, held.numbers) == (1, down_from(PAGE_SIZE, PAGE_SIZE))
    assert [each.number for each in held.widget.ticked] == [TOTAL]
    await held.pager.go_to_end(newer=True)
    assert (held.at, held.numbers) == (TOTAL, down_from(TOTAL, PAGE_SIZE))
    assert [each.number for each in held.widget.ticked] == [TOTAL]


async def test_one_comes_back_to_where_it_was_left_also_far_down() -> None:
    """A second window is read only where the first does not have it."""
    for at, first, windows in (
        (None, TOTAL, 1), (TOTAL - 3, TOTAL, 1), (TOTAL - PAGE_SIZE, TOTAL - PAGE_SIZE, 2),
    ):  # fmt: skip
        held = Held()
        await held.pager.load(KEY(row(at)) if at else None)
        assert (held.at, held.numbers[0]) == (at or TOTAL, first)
        assert len(held.source.asked) == windows
    short = Held(3)
    await short.pager.load(KEY(row(TOTAL)))
    assert (short.at, len(short.source.asked)) == (3, 1)


async def test_it_is_read_again_with_the_cursor_on_its_incident_and_as_much_as_was_held() -> None:
    held = Held()
    numbers = held.source.numbers
    held.source.numbers = numbers[5:]
    await held.pager.load()
    await held.pager.more(newer=False)
    held.widget.go_to(TOTAL - 7)
    held.source.numbers = numbers
    await held.pager.refresh()
    assert (held.at, held.numbers) == (TOTAL - 7, down_from(TOTAL, 2 * PAGE_SIZE))

    await held.pager.go_to_end(newer=False)
    held.source.numbers = numbers[:-5]
    await held.pager.refresh()
    assert (held.at, held.numbers) == (6, down_from(PAGE_SIZE, PAGE_SIZE - 5))
    assert held.more == (True, False)
    held.source.numbers = numbers[:-PAGE_SIZE]
    await held.pager.refresh()
    assert held.numbers == down_from(2 * PAGE_SIZE - 5, PAGE_SIZE - 5)
    held.source.numbers = []
    await held.pager.refresh()
    assert held.numbers == []
    held.source.numbers = [TOTAL]
    await held.pager.refresh()
    assert held.numbers == [TOTAL]


async def test_what_comes_too_late_is_not_shown() -> None:
    """Rules 38 and 39: what was decided meanwhile stays, and no list shows another's rows."""
    held = Held()
    await held.pager.load()
    held.source.meanwhile = lambda: held.widget.put(row(TOTAL, priority=1))
    await held.pager.more(newer=False)
    assert held.numbers == down_from(TOTAL, PAGE_SIZE)
    held.source.meanwhile = lambda: held.widget.put(row(TOTAL, priority=2))
    asked = len(held.source.asked)
    await held.pager.refresh()
    assert len(held.source.asked) == asked + 2
    held.source.meanwhile = lambda: held.widget.put(row(TOTAL, priority=3))
    await held.pager.go_to_end(newer=False)
    assert held.at == TOTAL

    other = Pager(held.widget, Rows([7]).fetch, KEY)
    await other.load()
    await held.pager.refresh()
    assert held.numbers == [7]


async def test_where_a_search_was_given_up_it_goes_on_and_is_read_again_so_far() -> None:
    found = {None: [90, 80], 80: [70], 50: [40]}
    """The hits that are read from each place on."""
    reached = {None: 80, 80: 50, 50: 10}

    def fetch(window: Window) -> Page:
        begun = window.key.number if window.key is not None else None
        return Page(tuple(map(row, found[begun])), goes_on=KEY(row(reached[begun])))

    widget = IncidentList(queue_columns(), empty="Nothing.")
    pager = Pager(widget, fetch, KEY)
    await pager.load()
    await pager.more(newer=True)
    assert [each.number for each in widget.rows] == [90, 80]
    await pager.more(newer=False)
    assert [each.number for each in widget.rows] == [90, 80, 70]
    found[None] = [95, 90, 80]
    await pager.refresh()
    assert [each.number for each in widget.rows] == [95, 90, 80, 70]
    await pager.more(newer=False)
    assert [each.number for each in widget.rows] == [95, 90, 80, 70, 40]
