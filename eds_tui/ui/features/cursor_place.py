"""Where in a form typing stopped, kept with its draft and gone back to (rule 36)."""

from __future__ import annotations

from typing import Any

from textual.css.query import NoMatches
from textual.widget import Widget
from textual.widgets import Input, TextArea

from eds_tui.ui.features.form_host import HasFields


def cursor_place(host: HasFields) -> list[Any]:
    """Return the field that has the focus, by its id, and the cursor in it; empty for none."""
    field = host.focused
    if field is None or not field.id:
        return []
    if isinstance(field, Input):
        return [field.id, field.cursor_position]
    if isinstance(field, TextArea):
        return [field.id, *field.cursor_location]
    return [field.id]


def go_back_to(host: HasFields, place: Any) -> None:
    """Put the focus and the cursor where ``cursor_place`` said that they were.

    A place that is none any more, or never was one, is left alone.
    """
    if not isinstance(place, list) or not place or not isinstance(place[0], str):
        return
    try:
        field = host.query_one(f"#{place[0]}", Widget)
    except NoMatches:
        return
    field.focus()
    cursor = [each for each in place[1:] if isinstance(each, int)]
    if isinstance(field, TextArea) and len(cursor) > 1:
        field.move_cursor((cursor[0], cursor[1]))
    elif isinstance(field, Input) and cursor:
        field.cursor_position = cursor[0]
