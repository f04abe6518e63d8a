"""An action a person can take: its key, its name and its help are one declaration."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from inspect import cleandoc
from typing import ClassVar

from textual.binding import Binding

KEY_NAMES = {
    "question_mark": "?",
    "exclamation_mark": "!",
    "slash": "/",
    "asterisk": "*",
    "equals_sign": "=",
    "minus": "-",
    "plus": "+",
    "number_sign": "#",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "space": "Space",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}
_FUNCTION = re.compile(r"f\d+")


class Command:
    """The docstring of a command is its row in the help; the other words are here."""

    keys: ClassVar[str]
    """Keys that do it, with commas between; the first is the one shown."""
    label: ClassVar[str]
    """One or two words for the row of keys at the bottom."""
    shown: ClassVar[bool] = True
    """Whether it is in the row of keys; the help has them all."""
    first: ClassVar[bool] = False
    """Whether the key is taken even from a field that is being typed in."""

    means: ClassVar[str] = ""
    """What its keys mean wherever they do anything, where several commands share them; else it is
    the label."""

    owner: ClassVar[str] = ""
    """``app.`` where the program does it rather than the screen."""

    @classmethod
    def command_name(cls) -> str:
        """Return the name under which a handler is found: ``NewCall`` is ``new_call``."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def action(cls) -> str:
        """Return Textual's action: a method of the app, or the handler that the screen names."""
        name = cls.command_name()
        return f"{cls.owner}{name}" if cls.owner else f"perform({name!r})"

    @classmethod
    def binding(cls) -> Binding:
        """Return the binding that Textual needs."""
        return Binding(cls.keys, cls.action(), cls.label, show=False, priority=cls.first)

    @classmethod
    def help(cls) -> str:
        """Return what it does, in a sentence."""
        return cleandoc(cls.__doc__ or "")

    @classmethod
    def meaning(cls) -> str:
        """Return what its keys mean in every place."""
        return cls.means or cls.label

    @classmethod
    def key(cls) -> str:
        """Return the first key as people write it: ``Ctrl+S``, ``Esc``, ``n``."""
        return key_name(cls.keys.split(",")[0])

    @classmethod
    def needs_button(cls) -> bool:
        """Return whether no key does it that is on every keyboard: Ctrl, Alt, F1 or Esc alone."""
        keys = cls.keys.split(",")
        return all("+" in key or key == "escape" or _FUNCTION.fullmatch(key) for key in keys)

    @classmethod
    def all_keys(cls) -> str:
        """Return every key as people write it."""
        return "  ".join(key_name(key) for key in cls.keys.split(","))


Handlers = Mapping[type[Command], Callable[[], object]]
"""What a screen or a feature does for each command; a coroutine that comes back is awaited."""


def key_name(key: str) -> str:
    """Return a key as people write it."""
    *modifiers, name = key.split("+")
    shown = KEY_NAMES.get(name, name.upper() if len(name) > 1 or modifiers else name)
    return "+".join([*(part.capitalize() for part in modifiers), shown])


def bindings(*commands: type[Command]) -> list[Binding]:
    """Return the bindings of a screen's commands."""
    return [command.binding() for command in commands]
