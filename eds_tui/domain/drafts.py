"""Drafts: which box and session each belongs to, and who may go on with it (rule 36).

The place of a draft names its box and, behind it, a key of its own: several drafts of one box live
side by side. A box on an incident is ``comment:INC0000001``, that of a decision on several ones
``question:3-…``; a form is a box of its own.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from eds_tui.domain.incident import format_number, parse_number
from eds_tui.domain.text import one_line
from eds_tui.domain.views import Draft

LEASE = timedelta(seconds=60)
"""For how long a session of another machine counts as living after it was seen last."""
RENEW_EVERY = timedelta(seconds=20)
"""How often a session says that it goes on with its drafts."""
CALL, REPORT, CORRECTION = "call", "report", "correct"
FORMS = {CALL: "call", REPORT: "report"}
"""The kinds of drafts that are whole forms, in words."""
FEEDBACK = "feedback"
SCHOOL = "school"
_UNPLACED = "unplaced"
_TEXTS = frozenset({"text", "description"})
_TYPED = ("text", "caller")
"""What the person typed in a box, as opposed to what the program adds."""
_IN_WORDS = FORMS | {
    "comment": "comment",
    "note": "work note",
    "question": "question to the school",
    "change": "change that is waited for",
    "until": "deferral",
    "resolution": "resolution",
    "reopened": "reason for reopening",
    "rang": "name of a caller",
    "hide": "reason for a change of confidential",
    "undo": "reason for taking back",
    "file": "reason for taking a file back",
    CORRECTION: "correction",
    "handover": "hand-over note",
    FEEDBACK: "rating",
    SCHOOL: "change of a school",
}


def box_of(kind: str, numbers: Sequence[int]) -> str:
    """Return the name of a box in which something is typed about incidents.

    Args:
        kind: What is typed there.
        numbers: The incidents' numbers, of which the order does not matter.
    """
    if len(numbers) == 1:
        return f"{kind}:{format_number(numbers[0])}"
    digest = hashlib.sha256(" ".join(map(str, sorted(numbers))).encode()).hexdigest()
    return f"{kind}:{len(numbers)}-{digest[:16]}"


def box_at_school(school_id: int, field: str) -> str:
    """Return the name of the box in which a field of a school is typed anew."""
    return f"{SCHOOL}:{school_id}-{field}"


def new_place(box: str) -> str:
    """Return a place for another draft of a box."""
    return f"{box}:{uuid.uuid4().hex[:16]}"


def another_place(place: str) -> str:
    """Return another place for the box, or the form, that a place is of."""
    kind = kind_of(place)
    return f"{kind}:{uuid.uuid4().hex}" if kind in FORMS else new_place(_box(place))


def is_at(place: str, box: str) -> bool:
    """Return whether a draft was typed in a box."""
    return place == box or place.startswith(f"{box}:")


def kind_of(place: str) -> str:
    """Return what is typed at a place: ``comment``, ``note``, ``call``."""
    kind, _, rest = place.partition(":")
    return rest.partition(":")[0] if kind == _UNPLACED else kind


def number_of(place: str) -> int | None:
    """Return the number of the one incident that a place is about; ``None`` for any other."""
    kind, _, rest = place.partition(":")
    about = rest.partition(":")[0]
    known = kind not in FORMS and kind != _UNPLACED and about.startswith("INC")
    return parse_number(about) if known else None


def goes_on_from(draft: Draft, earlier: Draft) -> bool:
    """Return whether a draft is what the same session made of an earlier one.

    So it is where the database was slow when the program was killed: it has some of what was
    typed, and this machine has all.
    """
    is_same = draft.session != "" and draft.session == earlier.session
    return is_same and earlier.saved_at <= draft.saved_at


def unplaced(draft: Draft) -> Draft:
    """Return a draft as it is given back to whoever may not know of its incident (rule 24).

    Nothing but what they typed themselves is left of it.
    """
    digest = hashlib.sha256(draft.place.encode("utf-8", "surrogatepass")).hexdigest()
    body = {name: draft.body[name] for name in _TYPED if name in draft.body}
    return replace(draft, place=f"{_UNPLACED}:{kind_of(draft.place)}:{digest[:24]}", body=body)


def is_unplaced(place: str) -> bool:
    """Return whether a draft is one that could not be placed."""
    return place.startswith(f"{_UNPLACED}:")


def text_of(draft: Draft) -> str:
    """Return the text that was typed: a comment, a description."""
    return str(draft.body.get("description") or draft.body.get("text") or "")


def in_words(draft: Draft) -> str:
    """Return what a draft is: ``work note on INC0000003``."""
    what = _IN_WORDS.get(kind_of(draft.place), "text")
    if is_unplaced(draft.place) or kind_of(draft.place) in FORMS:
        return what
    number = number_of(draft.place)
    if number is not None:
        return f"{what} on {format_number(number)}"
    numbers = draft.body.get("numbers", ())
    return f"{what} on {len(numbers)} incidents" if numbers else what


def given_back(draft: Draft) -> str:
    """Return the sentence with which the words of an unplaced draft are given back."""
    what = _IN_WORDS.get(kind_of(draft.place), "text")
    return f"A {what} that you typed could not be placed. Your words: {one_line(text_of(draft))}"


def beside(draft: Draft) -> Draft:
    """Return a draft with a place of its own, beside another one of the same place.

    It has no submission key: that belongs to the other one. Done again, it gets the same place.
    """
    body = {name: value for name, value in draft.body.items() if name != "submission"}
    digest = hashlib.sha256(json.dumps(draft.body, sort_keys=True).encode()).hexdigest()
    kind = kind_of(draft.place)
    place = f"{kind}:{digest[:32]}" if kind in FORMS else f"{_box(draft.place)}:{digest[:16]}"
    return replace(draft, place=place, body=body, session="")


def covers(body: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return whether a draft has all of another: what was typed on after it was kept."""
    return all(
        value == body.get(name) or (name in _TEXTS and str(body.get(name, "")).startswith(value))
        for name, value in other.items()
        if name not in _NOT_TYPED
    )


MEANT_FOR = "meant_for"
"""Under which a draft of words to a school names the row id of that school."""
_NOT_TYPED = frozenset({"submission", "cursor", "offered", MEANT_FOR})
"""What a draft has beside what was typed: its key, where the cursor stood, what is only offered,
and for which school it was typed."""


def _box(place: str) -> str:
    return ":".join(place.split(":")[:2])
