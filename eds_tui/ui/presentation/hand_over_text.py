"""Piles and hand-over notes in words (rule 51)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from eds_tui.domain.clock import age
from eds_tui.domain.hand_over import HandOverNote, Pile
from eds_tui.domain.when import dated
from eds_tui.ui.presentation.cells import cut, fit

_NUMBERS = ("Open", "Late", "Oldest")
_NUMBER_WIDTH = 7
_NAME_AT_MOST = 44
_LINE = 73
"""Cells that a line has where notes are read."""


def pile_heading(width: int) -> str:
    """Return the titles over the lines of piles.

    Args:
        width: Cells that there are.
    """
    return _line("Who", _NUMBERS, width)


def pile_line(pile: Pile, width: int) -> str:
    """Return whose a pile is and how it stands, in one line.

    Args:
        pile: The pile.
        width: Cells that there are.
    """
    oldest = age(pile.oldest, pile.as_of) if pile.oldest else "–"
    late = str(pile.late) if pile.late else "–"
    mark = " (disabled)" if pile.disabled else ""
    holder = pile.holder
    team = f", {holder.team}" if holder.account_id is not None and holder.team else ""
    return _line(f"{holder.label}{team}{mark}", (str(pile.open), late, oldest), width)


def _line(name: str, numbers: Sequence[str], width: int) -> str:
    room = max(8, min(_NAME_AT_MOST, width - len(numbers) * (_NUMBER_WIDTH + 1)))
    cells = (f"{number:>{_NUMBER_WIDTH}}" for number in numbers)
    return " ".join((fit(name, room), *cells))


def note_lines(notes: Iterable[HandOverNote]) -> Iterator[str]:
    """Yield notes whole, a blank line between them: who, when, the note, the incidents."""
    for place, note in enumerate(notes):
        if place:
            yield ""
        yield f"{'● ' if note.is_new else ''}{dated(note.at)}  {note.title}"
        yield from (note.note.rstrip() or "(no note)").split("\n")
        for each in note.incidents:
            stands = f"with {each.now_with}" if each.now_with else "with nobody"
            now = stands if each.is_open else "done"
            yield cut(f"  {each.reference}  {now}  {each.about}", _LINE)
