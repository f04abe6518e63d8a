"""The command line: commands, options and exit codes; heavy parts only where needed."""

from eds_tui.cli.program import main

__all__ = ["main"]
