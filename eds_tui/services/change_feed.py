"""The service that returns what others have changed, for the screens (rules 30 and 39)."""

from __future__ import annotations

import threading
from collections.abc import Callable

from eds_tui.domain.account import Account, Action
from eds_tui.domain.clock import Clock
from eds_tui.domain.remote_changes import Bookmark, RemoteChanges, remote_changes
from eds_tui.repository.listening import ChangeSignals
from eds_tui.repository.unit_of_work import Database

AT_ONCE = 500
"""Events after which it is not worth while to tell them apart."""


class ChangeFeed:
    """Reads the event log from where one stopped, at a cost that no length of it changes."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def since(self, actor: Account, bookmark: Bookmark | None) -> tuple[Bookmark, RemoteChanges]:
        """Return what an account may learn of what has come after a bookmark, and the next one.

        Args:
            actor: Who reads.
            bookmark: From the call before; ``None`` begins at the end of the log, with the changes
                that anything may have changed before that.
        """
        actor.require(Action.READ_INCIDENTS)
        # The database's wall would hide what has just been made confidential.
        with self._database.reading(actor, walled=False) as work:
            if bookmark is not None:
                changes = work.events.since(bookmark, AT_ONCE)
                if len(changes) < AT_ONCE:
                    ids = [change.event_id for change in changes]
                    return bookmark.after(ids, self._clock.seconds()), remote_changes(
                        actor.scope, changes
                    )
            end = Bookmark.at_end(work.events.latest_ids(), self._clock.seconds())
        return end, RemoteChanges(everything=True)

    def listener(self, wake: Callable[[], None]) -> Listener:
        """Return what calls ``wake``, in another thread, when it is worth while to look."""
        return Listener(self._database.change_signals(), wake)


class Listener:
    """Wakes somebody whenever another program may have changed something.

    Args:
        signals: What is waited for; ``None`` wakes nobody.
        wake: Called in another thread, at any time until a little after ``stop``.
    """

    def __init__(self, signals: ChangeSignals | None, wake: Callable[[], None]) -> None:
        self._signals = signals
        self._wake = wake
        self.thread = threading.Thread(target=self._run, name="listener", daemon=True)
        """Where it waits; it ends soon after ``stop``."""

    def start(self) -> None:
        """Begin, in a thread of its own."""
        if self._signals is not None:
            self.thread.start()

    def stop(self) -> None:
        """End, without waiting for the thread."""
        if self._signals is not None:
            self._signals.stop()

    def _run(self) -> None:
        for _ in self._signals or ():
            self._wake()
