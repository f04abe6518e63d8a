"""The signs around the number of an incident in a list: cursor, tick, and what is unread."""

from __future__ import annotations

from eds_tui.domain.unread import MARK


def signs_of(*, marked: bool, ticked: bool, unread: bool) -> str:
    """Return the signs before and behind a number: the mark of what is unread stands before it."""
    if unread:
        return MARK + (("«" if ticked else "◂") if marked else ("+" if ticked else " "))
    return (("»" if ticked else "▸") if marked else ("+" if ticked else " ")) + " "
