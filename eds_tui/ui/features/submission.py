"""Sending a text once, however often it is tried (rule 8)."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from eds_tui.domain.errors import AlreadySent
from eds_tui.domain.text import storable

Result = TypeVar("Result")


class Submission:
    """The key under which the text of a box is sent, and what has been tried under it."""

    def __init__(self) -> None:
        self.key = uuid.uuid4().hex
        """Belongs to one text, and to whoever sends it."""
        self._tried: list[str] = []

    def renew(self) -> None:
        """Begin another text."""
        self.key, self._tried = uuid.uuid4().hex, []

    def values(self) -> dict[str, Any]:
        """Return what a draft keeps of it."""
        values: dict[str, Any] = {"submission": self.key}
        return values | {"tried": list(self._tried)} if self._tried else values

    def restore(self, body: Mapping[str, Any]) -> None:
        """Go on with what a draft has kept; one that kept nothing gets a key of its own."""
        self.renew()
        self.key = str(body.get("submission") or self.key)
        self._tried = [str(each) for each in body.get("tried", ())]

    async def send(self, text: str, send: Callable[[str], Awaitable[Result]]) -> Result:
        """Send a text under the key, and under another one where that has served another text.

        Args:
            text: What is sent.
            send: Sends it under a key.

        Raises:
            AlreadySent: An earlier text of this very box was sent, of which that was not known.
        """
        self._tried = [*dict.fromkeys((*self._tried, _digest(text)))]
        try:
            result = await send(self.key)
        except AlreadySent as error:
            own = _digest(error.sent) in self._tried
            self.renew()
            if own:
                raise
            result = await send(self.key)
        self.renew()
        return result


def _digest(text: str) -> str:
    return hashlib.sha256(storable(text).encode()).hexdigest()[:16]
