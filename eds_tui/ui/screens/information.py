"""All there is to read: states, help, support, and the school's own details (rule 14)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static
from textual.widgets.option_list import Option

from eds_tui.domain.lifecycle import State
from eds_tui.domain.school import School
from eds_tui.domain.targets import ServiceLevel
from eds_tui.domain.text import one_line, visible
from eds_tui.services.information import Topic, targets_in_lines
from eds_tui.ui.commands.base import Command, Handlers, bindings
from eds_tui.ui.commands.everywhere import Back, Help, NextCall, Redraw
from eds_tui.ui.commands.incidents import Copy
from eds_tui.ui.features.copying import copy_text
from eds_tui.ui.features.host import task
from eds_tui.ui.runtime.background import in_thread_with_timeout
from eds_tui.ui.screens.base import BaseScreen
from eds_tui.ui.styles import sheet
from eds_tui.ui.widgets.name_list import NameList


class InformationScreen(BaseScreen[None]):
    """Titles on the left, the text of the one under the cursor on the right.

    Args:
        topics: The texts that are the same for everybody.
        school: The reader's own; ``None`` for the service centre.
        level: Reads the targets in force; in a thread.
    """

    CSS_PATH = sheet("information")
    NAME = "Information"
    COMMANDS_HERE = (NextCall, Back, Copy, Redraw, Help)
    KEYS_OF_WIDGETS = (
        ("↑ ↓", "Go to another title."),
        ("PgDn  PgUp", "Scroll the text."),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(*COMMANDS_HERE),
        Binding("pagedown", "scroll_text(1)", show=False, priority=True),
        Binding("pageup", "scroll_text(-1)", show=False, priority=True),
    ]

    def __init__(
        self, *, topics: Sequence[Topic], school: School | None, level: Callable[[], ServiceLevel]
    ) -> None:
        super().__init__()
        self._at_a_school = school is not None
        self._level = level
        self._with_targets = {topic.title for topic in topics if topic.has_targets}
        self._targets: tuple[str, ...] = ()
        self._pages = [("What the states mean", _states(), "")]
        if school is not None:
            self._pages += [
                ("Your school", _school(school), ""),
                ("Broadband and online services", _line(school), ""),
            ]
        self._pages += [(topic.title, _text(topic), topic.link) for topic in topics]

    def commands(self) -> tuple[type[Command], ...]:
        """Return what this person can do: calls are taken at the service centre."""
        at_a_school = self._at_a_school
        return tuple(each for each in self.COMMANDS_HERE if not at_a_school or each is not NextCall)

    def handlers(self) -> Handlers:
        """Return what the commands do here that only this screen has."""
        return {Copy: self._copy_link}

    def _copy_link(self) -> None:
        _, _, link = self._pages[self.query_one(NameList).highlighted or 0]
        copy_text(self, link)

    def body(self) -> ComposeResult:
        """Draw titles and text."""
        with Horizontal():
            yield NameList(
                *(Option(Content(title)) for title, *_ in self._pages), markup=False, compact=True
            )
            with VerticalScroll(can_focus=False):
                yield Static("", id="text", markup=False)
        # Across the whole screen: a link that is broken can't be copied.
        yield Static("", id="link", markup=False)

    def on_mount(self) -> None:
        """Show the first text, and read the targets in force."""
        self.query_one(NameList).highlighted = 0
        self._read_targets()

    @task(exclusive=True, group="targets")
    async def _read_targets(self) -> None:
        self._targets = targets_in_lines(await in_thread_with_timeout(self._level))
        self._show(self.query_one(NameList).highlighted or 0)

    @on(NameList.OptionHighlighted)
    def show_text(self, event: NameList.OptionHighlighted) -> None:
        """Show the text of the title under the cursor."""
        self._show(event.option_index)
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _show(self, place: int) -> None:
        title, text, link = self._pages[place]
        if title in self._with_targets and self._targets:
            text = Content("\n").join([text, Content(""), *map(Content, self._targets)])
        self.query_one("#text", Static).update(text)
        below = self.query_one("#link", Static)
        below.update(Content(visible(link)))
        below.display = bool(link)

    def action_scroll_text(self, step: int) -> None:
        """Scroll the text by a screenful."""
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=step * scroll.size.height, animate=False)


def _states() -> Content:
    rows = [
        Content.assemble((f"{state.label}\n", "bold"), f"{state.explanation}\n") for state in State
    ]
    return Content("\n").join(rows)


_ABOUT_THE_ADDRESS = (
    "The notified address serves all incidents of the school.",
    "Who is sent the e-mails, further down, says how to have it changed.",
)


def _school(school: School) -> Content:
    rows = [
        ("Portal number", school.portal_number),
        ("Name", school.name),
        ("Town", school.town),
        ("LA number", school.la_number),
        ("DfE number", school.dfe_number),
        ("Telephone", school.telephone),
        ("Notified address", school.email),
    ]
    lines = [f"{label:<18}{one_line(value) or 'not on record'}" for label, value in rows]
    if school.closed:
        lines.append("It is closed, and takes no new incident.")
    lines += ["", *_ABOUT_THE_ADDRESS, "", "Contacts"]
    for person in school.contacts:
        parts = (person.name, person.job, person.telephone, person.email)
        lines.append(one_line(" · ".join(part for part in parts if part)))
    return Content("\n".join(lines))


def _line(school: School) -> Content:
    return Content(
        f"Connection type   {one_line(school.connection_type) or 'not on record'}\n"
        f"Bandwidth         {one_line(school.bandwidth) or 'not on record'}"
    )


def _text(topic: Topic) -> Content:
    paragraphs = [" ".join(part.split()) for part in topic.text.split("\n\n")]
    return Content(visible("\n\n".join(paragraphs), lines=True))
