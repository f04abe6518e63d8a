"""What is said of things that were left unfinished (rule 36)."""

from __future__ import annotations

from collections.abc import Sequence

from eds_tui.domain.drafts import (
    FEEDBACK,
    FORMS,
    SCHOOL,
    given_back,
    in_words,
    is_unplaced,
    kind_of,
    number_of,
)  # fmt: skip
from eds_tui.domain.incident import format_number
from eds_tui.domain.views import Draft
from eds_tui.ui.commands.everywhere import Unfinished
from eds_tui.ui.commands.incidents import ChangeSchool, Comment, Rate, TakeFileBack
from eds_tui.ui.commands.people import HandOverPile
from eds_tui.ui.commands.triage import Correct, FlipConfidential, SetState, Undo, WorkNote

_NAMED = 3
_KEYS = {
    "comment": Comment.key(),
    "note": WorkNote.key(),
    "question": f"{SetState.key()} c",
    "change": f"{SetState.key()} h",
    "until": f"{SetState.key()} d",
    "resolution": f"{SetState.key()} r",
    "reopened": f"{SetState.key()} i",
    "hide": FlipConfidential.key(),
    "undo": Undo.key(),
    "file": TakeFileBack.key(),
    "correct": Correct.key(),
    FEEDBACK: Rate.key(),
    SCHOOL: ChangeSchool.key(),
}
"""The keys that ask for each kind of text again, on the same incident."""


def unfinished(drafts: Sequence[Draft]) -> str:
    """Return what is said at the sign-in: what was left, and how to go on with it.

    What is open in another session is not counted: it was not left.
    """
    left = [draft for draft in drafts if not draft.is_elsewhere]
    lost = [draft for draft in left if is_unplaced(draft.place)]
    forms = [draft for draft in left if kind_of(draft.place) in FORMS]
    texts = [draft for draft in left if draft not in lost and draft not in forms]
    comments = [number for draft in texts if (number := _of_comment(draft)) is not None]
    others = [in_words(draft) for draft in texts if _of_comment(draft) is None]
    words = []
    if forms:
        words.append(f"{len(forms)} unfinished: n, then Ctrl+E goes on with it.")
    if comments:
        numbers = _named(list(dict.fromkeys(map(format_number, comments))))
        words.append(f"A comment was not sent on {numbers}: it waits there.")
    if others:
        words.append(f"Not sent, and kept: {_named(others)}.")
    if lost:
        words.append(given_back(lost[0]))
    if others or lost or len(texts) > 1:
        words.append(f"{Unfinished.key()} shows all.")
    return " ".join(words)


def is_gone_on_with(draft: Draft) -> bool:
    """Return whether there is a place to go to with a draft."""
    return kind_of(draft.place) in FORMS or number_of(draft.place) is not None


def going_on(draft: Draft) -> str:
    """Return how a text that a decision asked for is put back."""
    key = _KEYS.get(kind_of(draft.place), "")
    if kind_of(draft.place) == "handover":
        return f"It is put back when it is asked for again: {HandOverPile.key()} on a pile."
    if not key or kind_of(draft.place) == "comment" or is_unplaced(draft.place):
        return ""
    if number_of(draft.place) is not None:
        where = "on the incident"
    else:
        at_school = kind_of(draft.place) == SCHOOL
        where = "on the card of the school" if at_school else "with the same incidents ticked"
    return f"It is put back when it is asked for again: {key} {where}."


def _of_comment(draft: Draft) -> int | None:
    return number_of(draft.place) if kind_of(draft.place) == "comment" else None


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"
