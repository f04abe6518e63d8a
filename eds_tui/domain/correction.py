"""Puts right what an incident was logged with, and says who is told of that (rule 40).

What was said or attached while an incident was of another school is between the service centre and
that school: whoever stores the move keeps it back, and no reader of the new school ever gets it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from eds_tui.domain.decision import PUT_RIGHT, Aspect, Decision, aspects
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.event import SCHOOLS
from eds_tui.domain.found import Found
from eds_tui.domain.incident import LONGEST_DESCRIPTION, Channel, line_problem, text_problem
from eds_tui.domain.lifecycle import State
from eds_tui.domain.notification import NotificationKind
from eds_tui.domain.priority import Category, Impact
from eds_tui.domain.text import storable
from eds_tui.domain.triage import check_not_closed
from eds_tui.domain.triage_fields import LOGGED, TriageFields, difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What is put right; ``None`` leaves a field as it is."""

    category: Category | None = None
    impact: Impact | None = None
    school_id: int | None = None
    caller: str | None = None
    telephone: str | None = None
    email: str | None = None
    description: str | None = None

    def __bool__(self) -> bool:
        """Return whether it is about anything."""
        return any(getattr(self, field.name) is not None for field in fields(self))

    def as_stored(self) -> Correction:
        """Return it with texts as they can be stored, lines without blanks around them."""
        return replace(
            self,
            caller=_line(self.caller),
            telephone=_line(self.telephone),
            email=_line(self.email),
            description=None if self.description is None else storable(self.description),
        )


def _line(text: str | None) -> str | None:
    return None if text is None else storable(text).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """The school that an incident is to be put to, as it is by now."""

    title: str
    closed: bool


def check_correction(correction: Correction) -> None:
    """Refuse texts that will not do.

    Raises:
        InvalidInput: With a sentence for each wrong field, from the top of the form.
    """
    lines = {
        "caller": line_problem("caller's name", correction.caller, required=True)
        if correction.caller is not None
        else "",
        "telephone": line_problem("telephone", correction.telephone or ""),
        "email": line_problem("caller's address", correction.email or ""),
        "description": text_problem("description", correction.description, LONGEST_DESCRIPTION)
        if correction.description is not None
        else "",
    }
    if problems := {name: sentence for name, sentence in lines.items() if sentence}:
        raise InvalidInput(problems)


def put_right(
    found: Found,
    now: datetime,
    *,
    correction: Correction,
    destination: Destination | None,
    by: str,
) -> Decision:
    """Put right what was logged; the school reads what was changed, a new one is told as of a new.

    Args:
        found: The incident.
        now: The moment.
        correction: What is put right.
        destination: The school that it names, where there is one of that id.
        by: The name of whoever does it.

    Raises:
        InvalidInput: The incident is closed, or can't be put to that school.
    """
    check_not_closed(found.row.state)
    before = found.fields
    after = _corrected(before, correction)
    moves = after.school_id != before.school_id
    details = {}
    if moves:
        title = _checked(destination).title
        details[SCHOOLS] = [found.row.school, title]
        after = _as_new(after, now, by)
    changed = aspects(difference(before, after)) & PUT_RIGHT
    return Decision(
        after=after,
        about=min(changed, default=_about(correction)),
        comment="" if moves else told(before, after),
        notify=NotificationKind.LOGGED if moves else None,
        details=details,
        already={"correction": NOTHING_CHANGED},
        moves_school=moves,
    )


def _corrected(before: TriageFields, correction: Correction) -> TriageFields:
    wanted: dict[str, Any] = {
        "category": correction.category,
        "impact": correction.impact,
        "school_id": correction.school_id,
        "contact_name": correction.caller,
        "contact_telephone": correction.telephone,
        "contact_email": correction.email,
        "description": correction.description,
    }
    given = {name: value for name, value in wanted.items() if value is not None}
    return replace(before, **given)


def _about(correction: Correction) -> Aspect:
    return next(
        (aspect for aspect in PUT_RIGHT if getattr(correction, _NAMES[aspect]) is not None),
        Aspect.DESCRIPTION,
    )


_NAMES = {aspect: aspect.value for aspect in PUT_RIGHT} | {Aspect.SCHOOL: "school_id"}


def _checked(destination: Destination | None) -> Destination:
    if destination is None:
        raise InvalidInput({"school": GONE})
    if destination.closed:
        raise InvalidInput({"school": SCHOOL_CLOSED})
    return destination


def _as_new(after: TriageFields, now: datetime, by: str) -> TriageFields:
    """Return the fields as the new school is to find them.

    It has been asked nothing, so that the hold for its answer ends (rule 17), and what another
    school reported itself is to it what the service centre logged (rule 29).
    """
    if after.state is State.ON_HOLD_CUSTOMER:
        after = after.moved(State.IN_PROGRESS, now)
    if after.channel is Channel.SELF_SERVICE:
        after = replace(after, channel=Channel.PHONE, logged_by=by)
    return after


def told(before: TriageFields, after: TriageFields) -> str:
    """Return what the school reads of a correction, from and to; empty where nothing is corrected.

    A description is not repeated: it stands above, as it now reads.
    """
    from eds_tui.domain.history import changes_in_words

    made = difference(before, after)
    names = [name for name in LOGGED if name in made and name not in {"school_id", "channel"}]
    lines = {name: made[name] for name in names if name != "description"}
    parts = [changes_in_words(lines)] if lines else []
    if "description" in made:
        parts.append("the description, which now reads as above")
    return f"Put right by the service centre: {'; '.join(parts)}." if parts else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What there is to know before a correction is saved: who would be told of it."""

    former: str
    """The school that it is of, by name and town."""
    confidential: bool
    new: str = ""
    """The school that it is put to; empty where it stays."""
    email: str = ""
    """The address that is notified of that school's incidents."""
    closed: bool = False
    """Whether that school is closed."""


def who_is_told(telling: Telling) -> str:
    """Return in a sentence or two who will be told what, before it is saved (rules 28, 40)."""
    if telling.confidential:
        return "Confidential: nobody is told anything, at no school."
    if not telling.new:
        return f"No e-mail; {telling.former} reads in it what was changed."
    if telling.closed:
        return SCHOOL_CLOSED
    how = f"by e-mail to {telling.email}" if telling.email else "by no e-mail: it has no address"
    return (
        f"{telling.new} is told as of a new one, {how}. {telling.former} is told nothing more;"
        " what was said and attached so far stays here."
    )


NOTHING_CHANGED = "Nothing is changed: it holds all that already."
GONE = "That school is no longer in the list; choose again."
SCHOOL_CLOSED = "That school is closed: no incident can be put to it. Choose another."
MOVED_BACK = (
    "It was put to another school, which has been told. That is not undone: put the school right"
    " again instead."
)
