"""The field and the place in it where typing stopped are found again (rule 36)."""

from __future__ import annotations

from typing import Any

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Button, Input, TextArea

from eds_tui.ui.features.cursor_place import cursor_place, go_back_to


class Form(Screen[None]):
    """A field of one line, one of many, and some that have no text."""

    def compose(self) -> ComposeResult:
        """Put the fields below one another."""
        yield Input("one line", id="line")
        yield TextArea("first\nsecond", id="text")
        yield Button("Choose", id="choice")
        yield Button("Nameless")


class Program(App[None]):
    """Shows forms, and nothing else."""


PLACES: tuple[list[Any], ...] = (
    ["line", 0], ["line", 4], ["text", 0, 5], ["text", 1, 3], ["choice"],
)  # fmt: skip
DAMAGED: tuple[tuple[Any, list[Any]], ...] = (
    (["text"], ["text", 0, 0]), (["text", 1], ["text", 0, 0]),
    (["text", "x", None], ["text", 0, 0]), (["line"], ["line", 8]),
    (["line", "x"], ["line", 8]), (["line", 99], ["line", 8]), (["choice", 3], ["choice"]),
)  # fmt: skip
"""Places of which a part is missing or wrong, each with where one is then."""
NO_PLACES: tuple[Any, ...] = (
    None, [], "line", 4, {}, [None], [4, "line"], ["gone", 1], ["gone", 0, 0],
)  # fmt: skip


async def test_each_place_is_found_again() -> None:
    """Of one that is damaged the field, and where there is none one stays where one is."""
    found = [(place, place) for place in PLACES]
    missing = [(place, ["line", 8]) for place in NO_PLACES]
    async with Program().run_test() as pilot:
        form = Form()
        await pilot.app.push_screen(form)
        line, text = form.query_one(Input), form.query_one(TextArea)
        for place, then in (*found, *DAMAGED, *missing):
            form.set_focus(line)
            line.cursor_position = len(line.value)
            text.move_cursor((0, 0))
            go_back_to(form, place)
            await pilot.pause()
            assert (place, cursor_place(form)) == (place, then)


async def test_a_field_without_a_name_and_none_at_all_are_no_place() -> None:
    async with Program().run_test() as pilot:
        form = Form()
        await pilot.app.push_screen(form)
        form.set_focus(form.query(Button).last())
        assert cursor_place(form) == []
        form.set_focus(None)
        assert cursor_place(form) == []
