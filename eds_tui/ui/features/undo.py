"""Taking one's own last decision back on each of some incidents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from eds_tui.domain.account import Account
from eds_tui.domain.errors import Conflict, EdsError, InvalidInput, ShutOut
from eds_tui.domain.incident import format_number
from eds_tui.domain.undo import ReasonNeeded
from eds_tui.domain.version_conflict import VersionConflict
from eds_tui.domain.views import IncidentRow
from eds_tui.services.triage import Triage


@dataclass
class TakenBack:
    """What came of taking decisions back."""

    done: list[IncidentRow] = field(default_factory=list)
    """The incidents of which it was taken back, as they then are."""
    conflicts: list[VersionConflict] = field(default_factory=list)
    """Those that others have changed since."""
    needs_reason: list[ReasonNeeded] = field(default_factory=list)
    """Those that nothing was done about yet: a reason is to be asked for."""
    refusals: list[str] = field(default_factory=list)
    """Why each of the others was not, those that others have changed among them."""
    is_nothing: bool = True
    """Whether there was nothing of this person's to take back anywhere."""

    def asked(self) -> tuple[str, tuple[IncidentRow, ...], tuple[int, ...]]:
        """Return what to ask, for which incidents, and the numbers of those asked about later."""
        question = self.needs_reason[0].question
        rows = [each.row for each in self.needs_reason if each.question == question]
        later = [each.row.number for each in self.needs_reason if each.question != question]
        return question, tuple(rows), tuple(later)


def take_back_each(
    triage: Triage, account: Account, numbers: Sequence[int], reason: str = ""
) -> TakenBack:
    """Take back what can be.

    Args:
        triage: The service.
        account: Whose decisions they are.
        numbers: The incidents'.
        reason: Why; may be empty until it is asked for.
    """
    taken = TakenBack()
    for number in numbers:
        try:
            taken.done.append(triage.undo(account, number, reason))
        except ShutOut:
            raise
        except ReasonNeeded as needed:
            taken.needs_reason.append(needed)
        except VersionConflict as error:
            taken.conflicts.append(error)
            taken.refusals.append(error.message)
        except InvalidInput as error:
            # The sentence is about the decision; of several it has to say whose.
            named = f"{format_number(number)}: " if len(numbers) > 1 else ""
            taken.refusals.append(f"{named}{error.message}")
        except Conflict as error:
            taken.refusals.append(error.message)
            continue
        except EdsError as error:
            taken.refusals.append(error.message)
        taken.is_nothing = False
    return taken
