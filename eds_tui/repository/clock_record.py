"""Stores how the clock goes, and refuses what a clock that can't be trusted would make final."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select

from eds_tui.domain.clock import Clock
from eds_tui.domain.clock_trust import ClockInDoubt, ClockRecord, in_words, is_off, judged
from eds_tui.repository.tables import clock_record


class ClockRepository:
    """Holds a clock against the database server's, or against how it has gone so far.

    Args:
        connection: To the database.
        clock: By which everything is stored.
    """

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def skew(self) -> timedelta:
        """Return by how much the machine's clock is ahead of what it should say."""
        skew = self._clock.skew()
        return self.judged()[1] if skew is None else skew

    def remark(self) -> str:
        """Return in a sentence that the machine's clock is off; nothing where it is not."""
        return in_words(self.skew(), of_server=self._clock.skew() is not None)

    def require(self) -> None:
        """Refuse to make something true for good by a clock that can't be right.

        What is stored is of the database server's time, where it has one, whatever the clock here
        says.

        Raises:
            ClockInDoubt: With a sentence.
        """
        if self._clock.skew() is None and is_off(self.judged()[1]):
            raise ClockInDoubt(f"{self.remark()} This can be done once it is.")

    def is_to_be_noted(self) -> bool:
        """Return whether there is more to keep of how the clock goes than is kept."""
        return self._clock.skew() is None and self.judged()[0] != self._known()

    def note(self) -> None:
        """Keep how the clock goes."""
        record, _ = self.judged()
        self._connection.execute(delete(clock_record))
        self._connection.execute(
            insert(clock_record).values(
                id=1, era=record.era, began_at=record.began_at, since=record.since,
                doubted=record.doubted, doubted_since=record.doubted_since,
            )
        )  # fmt: skip

    def judged(self) -> tuple[ClockRecord, timedelta]:
        """Return what is to be kept of the machine's own clock, and by how much it is ahead."""
        return judged(self._known(), self._clock)

    def _known(self) -> ClockRecord | None:
        columns = clock_record.c
        row = self._connection.execute(
            select(
                columns.era, columns.began_at, columns.since, columns.doubted,
                columns.doubted_since,
            )
        ).first()  # fmt: skip
        return None if row is None else ClockRecord(**row._mapping)
