"""Writes ``eds_tui/pages/keys.md`` from the commands: ``uv run python -m tests.keys_page``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from eds_tui.ui.commands.base import Command
from eds_tui.ui.commands.lists import IN_EVERY_LIST, LIST_KEYS
from eds_tui.ui.commands.triage import Tick
from eds_tui.ui.screens.call import CallScreen
from eds_tui.ui.screens.correction import CorrectionScreen
from eds_tui.ui.screens.home import HomeScreen
from eds_tui.ui.screens.incident import IncidentScreen
from eds_tui.ui.screens.information import InformationScreen
from eds_tui.ui.screens.people import PeopleScreen
from eds_tui.ui.screens.pile import PileScreen
from eds_tui.ui.screens.queue import QueueScreen
from eds_tui.ui.screens.report import ReportScreen
from eds_tui.ui.screens.search import SearchScreen
from eds_tui.ui.screens.sign_in import SignInScreen
from eds_tui.ui.screens.site import SiteScreen
from tests.reading import PAGES

PAGE = PAGES / "keys.md"
PLACES = (
    QueueScreen, CallScreen, IncidentScreen, CorrectionScreen, SearchScreen, SiteScreen,
    PeopleScreen, PileScreen, HomeScreen, ReportScreen, InformationScreen, SignInScreen,
)  # fmt: skip
"""Every place that has a help, the service centre's first."""
_BEGINNING = """\
# Every key, place by place

`?` shows those of the place where one is (where one types `F1` or `Ctrl+G`), and does what is
chosen there. A key means the same in every place. What a dialog asks is answered by the keys that
stand beside its words, `Ctrl+S` sends, `Esc` goes back. An account is offered what its role may do.
"""
_IN_LISTS = "In every list of the service centre"
_KEYS, _WIDTH = 17, 79
"""Columns of the keys, and of a line."""

Row = tuple[str, str]


def written() -> str:
    """Return the page as the commands have it now."""
    parts = [_BEGINNING, _section(_IN_LISTS, [*LIST_KEYS, *_rows(IN_EVERY_LIST)])]
    for kind in PLACES:
        rows = [*_rows(kind.COMMANDS_HERE), *kind.KEYS_OF_WIDGETS]
        if Tick in kind.COMMANDS_HERE:
            usual = [*LIST_KEYS, *_rows(IN_EVERY_LIST)]
            without = "".join(
                f", without {row[0]}" for row in _rows(IN_EVERY_LIST) if row not in rows
            )
            own = [row for row in rows if row not in usual]
            parts.append(_section(kind.NAME, own, f"\nBeside those of every list{without}:\n"))
        else:
            parts.append(_section(kind.NAME, rows))
    return "\n".join(parts)


def _rows(commands: Iterable[type[Command]]) -> list[Row]:
    return [(command.all_keys(), command.help()) for command in commands]


def _section(title: str, rows: Iterable[Row], more: str = "") -> str:
    lines = [line for keys, words in rows for line in _lines(keys, words)]
    return "\n".join([f"## {title}", more, *lines, ""])


def _lines(keys: str, words: str) -> Iterator[str]:
    first, *others = textwrap.wrap(words, _WIDTH - _KEYS - 4)
    yield f"    {keys:<{_KEYS - 1}} {first}"
    yield from (f"{'':{_KEYS + 4}}{line}" for line in others)


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
