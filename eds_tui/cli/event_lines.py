"""Writes events of the log as plain lines, and as JSON for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from eds_tui.domain.event import OPERATOR, Event
from eds_tui.domain.history import in_lines, in_words
from eds_tui.domain.text import visible


def event_lines(events: Iterable[Event], *, as_json: bool) -> Iterator[str]:
    """Yield a line for each event: in words, or as JSON with from and to as they are stored."""
    if as_json:
        return map(_event_json, events)
    return (visible(line) for each in events for line in in_lines(each))


def _event_json(event: Event) -> str:
    from eds_tui.repository.recorded_fields import to_json

    details = dict(event.details)
    return json.dumps(
        {
            "at": event.at.isoformat(),
            "kind": event.kind.value,
            "actor": event.actor or None,
            "operator": details.pop(OPERATOR, None),
            "words": in_words(event),
            "details": to_json(details),
        }
    )
