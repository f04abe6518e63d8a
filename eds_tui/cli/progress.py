"""Shows on a terminal how far a long piece of work has come."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

import click

from eds_tui.domain.progress import Progress

_STEPS = 1_000


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """Show a bar beside the output once one is told how far it is; nothing where no terminal is.

    Args:
        label: What goes on.
    """
    with ExitStack() as stack:

        @cache
        def bar() -> Any:
            stream = sys.stderr
            hidden = stream is None or not stream.isatty()
            shown: Any = click.progressbar(
                length=_STEPS, label=label, file=stream, hidden=hidden, width=0
            )
            return stack.enter_context(shown)

        def tell(done: float) -> None:
            bar().update(max(0, int(done * _STEPS) - bar().pos))

        yield tell
