"""What is open at other schools and reads like what is being typed (rule 33)."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.timer import Timer

from eds_tui.domain.clock import age
from eds_tui.domain.errors import EdsError, ShutOut
from eds_tui.domain.lookalike import Lookalike
from eds_tui.domain.text import first_line
from eds_tui.services.search import Search
from eds_tui.ui.dialogs.pick import PickDialog
from eds_tui.ui.runtime.background import in_thread_with_timeout, showing_errors
from eds_tui.ui.screens.form import FormScreen
from eds_tui.ui.widgets.elsewhere import ElsewhereLine
from eds_tui.ui.widgets.text_box import TextBox

PAUSE = 0.4
"""Seconds without a key after which one looks."""


class ElsewhereForm(FormScreen):
    """A form that looks, whenever its writer pauses, for the same fault at other schools."""

    _search: Search
    _pause: Timer | None = None
    _found: tuple[Lookalike, ...] = ()

    @property
    def school_id(self) -> int | None:
        """The caller's school; ``None`` while it is not chosen."""
        raise NotImplementedError

    def elsewhere(self) -> ComposeResult:
        """Draw the line."""
        yield ElsewhereLine()

    @on(TextBox.Changed, "#description")
    def look_soon(self) -> None:
        """Look when nothing has been typed for a moment."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self.look_elsewhere)

    @work(exclusive=True, group="elsewhere")
    async def look_elsewhere(self) -> None:
        """Look for what reads alike now; what is found for an earlier text is not shown."""
        text, school_id = self.fields.description.text, self.school_id
        found: tuple[Lookalike, ...] = ()
        async with showing_errors(self._keep_quiet):
            if school_id is not None:
                found = await in_thread_with_timeout(
                    self._search.elsewhere, self._account, text, school_id
                )
        self._found = found
        line = self.query_one(ElsewhereLine)
        line.more = max(0, len(found) - 1)
        line.shown = self._parts(found[0]) if found else ("", "", "", "")
        line.display = line.display or bool(found)

    def _keep_quiet(self, error: EdsError) -> None:
        """Disturb nobody's typing by what was not asked for."""
        if isinstance(error, ShutOut):
            self.show_error(error)

    def _parts(self, found: Lookalike) -> tuple[str, str, str, str]:
        mark = "CONFIDENTIAL " if found.confidential else ""
        how_old = age(found.opened_at, self._clock())
        return found.reference, f"{mark}{found.details}", found.town, how_old

    def action_look_elsewhere(self) -> None:
        """Go to the one that was found, or ask which; the form stays as it is."""
        if not self._found:
            self.say("Nothing that is open at another school reads alike so far.")
        elif len(self._found) == 1:
            self._look_at(0)
        else:
            parts = map(self._parts, self._found)
            lines = [f"{ref} {town}, {old}: {first_line(text)}" for ref, text, town, old in parts]
            self.app.push_screen(PickDialog("Look at which?", lines), self._look_at)

    def _look_at(self, place: int | None) -> None:
        if place is not None:
            self.app.push_screen(self._screens.incident(self._found[place].number))
