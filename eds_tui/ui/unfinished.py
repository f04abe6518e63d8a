"""What is said of things that were left unfinished (rule 36)."""

from __future__ import annotations

from collections.abc import Sequence

from eds_tui.domain.views import Draft

_NAMED = 3


def unfinished(drafts: Sequence[Draft]) -> str:
    """Return a sentence that says what was left, and how to go on with it."""
    places = [draft.place.partition(":") for draft in drafts]
    forms = sum(kind != "comment" for kind, _, _ in places)
    comments = [number for kind, _, number in places if kind == "comment"]
    words = []
    if forms:
        words.append(f"{forms} unfinished: n, then Ctrl+E goes on with it.")
    if comments:
        named = ", ".join(comments[:_NAMED])
        more = f" and {len(comments) - _NAMED} more" if len(comments) > _NAMED else ""
        words.append(f"A comment was not sent on {named}{more}: it waits there.")
    return " ".join(words)
