"""What comes in from a terminal beside single keys: runs of characters, and pastes that were cut.

A key costs Textual some hundred microseconds, and a text that comes all at once is thousands of
keys. As one event it costs little more than one of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual.events import AppBlur, AppFocus, Event, Key, Paste
from textual.keys import KEY_NAME_REPLACEMENTS, _character_to_key
from textual.message import Message

TEXT = "text"
"""The name of the key that stands for a run of characters; no binding has it."""
KEY = 16
"""What a key counts for while it waits; a character of a text is 1, and far lighter than that."""
_PASTED = 4
"""Characters of a paste that count for one: they are done with at once."""


class TypedText(Event):
    """Printable characters that came at once, without the marks of a paste.

    Args:
        text: At least one character.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def parted(self) -> tuple[TypedText, TypedText | None]:
        """Return the first character, and what follows it, if anything."""
        rest = self.text[1:]
        return TypedText(self.text[0]), TypedText(rest) if rest else None

    def as_key(self) -> Key:
        """Return one key for all of it: that of a character, or one that only a text takes."""
        return key_of(self.text) if len(self.text) == 1 else Key(TEXT, self.text)

    def each(self) -> Iterator[Key]:
        """Return the key of each character, made when it is asked for."""
        return map(key_of, self.text)


def key_of(character: str) -> Key:
    """Return the key that a printable character is, as Textual names it."""
    name = character if character.isalnum() else _character_to_key(character)
    return Key(KEY_NAME_REPLACEMENTS.get(name, name), character)


class TakesText:
    """Something to type in, which takes a run of characters as one key."""

    __slots__ = ()


class CutPaste(Paste):
    """A paste of which only the beginning was kept.

    Args:
        text: The beginning.
        dropped: Characters after it.
    """

    def __init__(self, text: str, dropped: int) -> None:
        super().__init__(text)
        self.dropped = dropped


# Whoever takes a paste takes this one, too; Textual goes by the name of the class.
CutPaste.handler_name = Paste.handler_name


def dropped(event: Paste) -> int:
    """Return how many characters of a paste were not kept."""
    return event.dropped if isinstance(event, CutPaste) else 0


def weight(event: Message) -> int:
    """Return what an event counts for while it waits; 0 for what comes from elsewhere."""
    if isinstance(event, TypedText):
        return len(event.text)
    if isinstance(event, Paste):
        return KEY + len(event.text) // _PASTED
    return KEY if isinstance(event, Key | AppFocus | AppBlur) else 0
