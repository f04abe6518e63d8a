"""The help of a screen: what every key does there, and doing what is chosen in it (rule 54)."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from eds_tui.ui import dialogs
from eds_tui.ui.commands.base import Command
from eds_tui.ui.features.host import Host


@dataclass(frozen=True, kw_only=True)
class Helped:
    """What a screen's help is about."""

    name: str
    """What the help calls the screen."""
    commands: Callable[[], tuple[type[Command], ...]]
    """Returns what this person can do there."""
    works_now: Callable[[type[Command]], bool]
    """Returns whether a command does something just now."""
    keys_of_widgets: Callable[[], tuple[tuple[str, str], ...]]
    """Returns the keys that parts of the screen answer, and what they do."""
    do: Callable[[str], Coroutine[Any, Any, object]]
    """Runs an action of the screen."""


class HelpPalette:
    """Shows what the keys of a screen do, and does what is chosen there.

    Args:
        host: The screen.
        helped: What there is to say of it.
    """

    def __init__(self, *, host: Host, helped: Helped) -> None:
        self.host = host
        self._helped = helped

    def show(self) -> None:
        """Show the help."""

        helped = self._helped
        rows = [
            dialogs.HelpRow.of(each, works=helped.works_now(each)) for each in helped.commands()
        ]
        rows += [dialogs.HelpRow(keys, words) for keys, words in helped.keys_of_widgets()]
        self.host.app.push_screen(dialogs.HelpDialog(helped.name, rows), self._do)

    async def _do(self, command: type[Command] | None) -> None:
        if command is not None:
            await self._helped.do(command.action())
