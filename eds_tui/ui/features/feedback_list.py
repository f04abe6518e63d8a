"""What schools said of closed incidents, in one list for leads (rule 14)."""

from __future__ import annotations

from collections.abc import Iterator

from eds_tui.domain.account import Account
from eds_tui.domain.clock import full_time
from eds_tui.domain.incident import format_number
from eds_tui.domain.rated_incident import RatedIncident
from eds_tui.domain.text import first_line, one_line
from eds_tui.services.feedback_list import FeedbackList
from eds_tui.ui import dialogs
from eds_tui.ui.features.host import Host, task
from eds_tui.ui.runtime.background import in_thread_with_timeout

_MOST = 200
"""Ratings that are shown at most; eds-tui feedback has more."""


class FeedbackReading:
    """Shows the latest ratings, newest first.

    Args:
        host: The screen.
        feedback: The service.
        account: Who reads; a lead.
    """

    def __init__(self, *, host: Host, feedback: FeedbackList, account: Account) -> None:
        self.host = host
        self._feedback = feedback
        self._account = account

    @task(blocks_input=True)
    async def show(self) -> None:
        """Show them."""
        found = await in_thread_with_timeout(self._feedback.latest, self._account, None, _MOST)
        if not found:
            self.host.say("No school has given feedback yet.")
            return
        title = f"Feedback of schools, the latest {len(found)}"
        lines = [line for rated in found for line in _lines(rated)]
        self.host.app.push_screen(dialogs.ReadDialog(title, lines[:-1]))


def _lines(rated: RatedIncident) -> Iterator[str]:
    given = rated.feedback
    about = f"{rated.school}: {first_line(rated.details)}"
    yield f"{given.rating} of 5  {format_number(rated.number)}  {full_time(given.at)}"
    yield one_line(about)
    for line in given.words.splitlines():
        yield f"  {one_line(line)}"
    yield ""
