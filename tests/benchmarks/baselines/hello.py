"""The smallest Textual program: it says hello."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        """Show the line."""
        yield Static("Hello, world")


if __name__ == "__main__":
    Hello().run()
