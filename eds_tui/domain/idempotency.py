"""Idempotency keys: a request under a key is done once (rule 8).

Whoever gets no answer does not know whether it was done. Asked for again under the same key it is
done once, and answered as it was the first time.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from eds_tui.domain.errors import Conflict, InvalidInput
from eds_tui.domain.text import visible

LONGEST_KEY = 64
"""Characters that a key may have."""

KEPT_FOR = timedelta(days=90)
"""How long a key is known; after that it would be done again."""


class KeyTaken(Conflict):
    """The key stands for something else.

    Args:
        key: As it was given.
    """

    title = "Key used before"

    def __init__(self, key: str) -> None:
        super().__init__(
            f"The key {key} was used for something else before, so nothing was done."
            " Give each thing a key of its own."
        )


class DoneBefore(Conflict):
    """It was done under this key before; nothing was done now.

    Args:
        result: What was answered then, as values that JSON has.
    """

    title = "Done already"

    def __init__(self, result: dict[str, Any]) -> None:
        super().__init__("It was done already.")
        self.result = result
        """What was answered then."""


@dataclass(frozen=True, slots=True)
class Request:
    """Something that is to be done once."""

    account_id: int
    """For whom; two accounts may use the same key."""
    key: str
    fingerprint: str
    """Tells one content from another."""

    @classmethod
    def of(cls, account_id: int, key: str, *content: object) -> Request:
        """Return the request to do something once.

        Args:
            account_id: For whom.
            key: 1 to 64 printable characters.
            content: All that makes it this request and no other, as values that JSON has.

        Raises:
            InvalidInput: The key will not do.
        """
        check_key(key)
        plain = json.dumps(content, ensure_ascii=True)
        return cls(account_id, key, hashlib.sha256(plain.encode()).hexdigest())


def check_key(key: str) -> None:
    """Refuse a key that is empty, too long, or that can't be read.

    Raises:
        InvalidInput: Which of these it is.
    """
    if not key.strip() or len(key) > LONGEST_KEY:
        raise InvalidInput({"key": f"A key has 1 to {LONGEST_KEY} characters."})
    if visible(key) != key or not key.isprintable():
        raise InvalidInput({"key": "A key has printable characters only."})
