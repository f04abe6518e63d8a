"""The errors that are shown to a person as a sentence: something is refused or unavailable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class EdsError(Exception):
    """A refusal or failure that is put to the person in words.

    Args:
        message: One or two sentences in plain English, shown as they are.
    """

    title = "Not done"
    """The heading over the message."""

    more: Sequence[str] = ()
    """Lines that say more, for where there is room for them."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
        """The sentence that the person reads."""


class InvalidInput(EdsError):
    """Something typed does not hold; every field that is wrong is named (rule 9).

    Args:
        problems: Field name to the sentence shown beside that field, in the order of the form.
    """

    title = "Please check the form"

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)
        """Field name to sentence, first wrong field first."""


class NotFound(EdsError):
    """There is no such thing, or none that this person may learn of (rule 24)."""

    title = "Not found"


class Ambiguous(NotFound):
    """Several things are meant by what was given.

    Args:
        message: What the person reads.
        candidates: A line for each that may be meant.
    """

    def __init__(self, message: str, candidates: Sequence[str]) -> None:
        super().__init__(message)
        self.more = tuple(candidates)


class NotAllowed(EdsError):
    """The account's role may not do this."""

    title = "Not allowed"


class ShutOut(NotAllowed):
    """The account was disabled or changed while its person was signed in: the session ends."""

    title = "Signed out"


class SignInRefused(EdsError):
    """The account name and password do not open the kiosk; the reason is never given away."""

    title = "Not signed in"


class SignInDelayed(SignInRefused):
    """The password was not looked at: this session has to wait before its next try."""


class Conflict(EdsError):
    """What was to be made or changed conflicts with what is stored already."""

    title = "Changed meanwhile"


class AlreadySent(Conflict):
    """It was sent before with other words; what is typed now was not sent.

    Args:
        message: What the person reads.
        sent: The words that were sent, by the same person under the same key.
    """

    def __init__(self, message: str, sent: str) -> None:
        super().__init__(message)
        self.sent = sent


class AnotherSchool(Conflict):
    """An incident belongs to another school than the one that words were typed for (rule 40).

    Args:
        reference: The incident's.
        meant: The school that they were typed for.
        now: The school that it belongs to by now.
        school_id: The row id of that one.
    """

    def __init__(self, reference: str, meant: str, now: str, school_id: int) -> None:
        super().__init__(
            f"{reference} belongs to {now} now. This was meant for {meant}, and is not sent."
        )
        self.school = now
        """Name and town of the school that it belongs to by now."""
        self.school_id = school_id
        """Its row id."""


class TakenOver(Conflict):
    """Another session goes on with the draft: this one is to go on with a draft of its own."""


class Superseded(EdsError):
    """What was being read has been given up: something newer has been asked for. Nobody is told."""


class Unavailable(EdsError):
    """The database, a file or a setting can't be reached or used just now.

    Caught where any of them may be meant, or where it is all the same; ``OutOfReach`` is caught
    where a database that comes back is waited for, or what was asked may be asked again.
    """

    title = "Not available"


class OutOfReach(Unavailable):
    """The database can't be reached or used just now; the same may succeed a little later."""


class DatabaseBusy(OutOfReach):
    """Others use the database, and nothing was changed."""


BUSY = "The database is busy. Nothing was changed; please try again."
"""What is said then."""


class OnlyReadable(OutOfReach):
    """The database can be read and not changed, as a standby can until it takes over."""


class AccessRefused(OutOfReach):
    """The database server answers, and does not let the program in."""


class UnfitDatabase(Unavailable):
    """The database is one that the program can't keep everything in."""


class ServerTooOld(Unavailable):
    """The database server is of a version that the program does not work with."""

    title = "Wrong database version"


class OutcomeUnknown(OutOfReach):
    """The answer was lost: what was asked for may have been done, or not.

    Whoever asks again does so under the same submission key, and finds out.

    Args:
        message: What is shown.
        cause: What went wrong, without what follows from it; the message by default.
    """

    title = "Not known whether it was done"

    def __init__(self, message: str, cause: str = "") -> None:
        super().__init__(message)
        self.cause = cause or message
        """What went wrong, for whoever says in words of their own what follows from it."""


class SchemaMismatch(EdsError):
    """The database belongs to another version of the program."""

    title = "Wrong database version"


def is_of_outage(error: EdsError) -> bool:
    """Return whether an error says that the database can't be reached, and nothing beside it.

    That an answer was lost, or others were at work, stays so when the database answers again.
    """
    past = (OutcomeUnknown, DatabaseBusy, OnlyReadable)
    return isinstance(error, OutOfReach) and not isinstance(error, past)
