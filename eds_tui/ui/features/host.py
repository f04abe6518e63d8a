"""What a feature may ask of the screen that holds it, and how it works off the event loop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from eds_tui.domain.errors import EdsError, OutOfReach
from eds_tui.ui.runtime.background import showing_errors
from eds_tui.ui.textual_ext.typeahead import BLOCKS_INPUT

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer
    from textual.worker import Worker

    from eds_tui.ui.commands.chord import Chord


class Host(Protocol):
    """A screen, as far as a feature knows it."""

    @property
    def app(self) -> App[Any]:
        """The program, which shows dialogs and screens."""

    @property
    def is_in_front(self) -> bool:
        """Whether nothing lies over the screen, as a dialog does."""

    def say(self, text: str, *, bad: bool = False) -> None:
        """Show a sentence until the next key, marked where it says that something failed."""

    def refuse(self, error: EdsError) -> None:
        """Show what was not done, and why."""

    def show_error(self, error: EdsError) -> None:
        """Show why something was not done; a disabled account is shown out."""

    def ask(self, chord: Chord) -> None:
        """Ask something that the next key answers."""

    def run_worker(
        self,
        work: Callable[[], Coroutine[Any, Any, None]],
        name: str = "",
        group: str = "default",
        *,
        exclusive: bool = False,
    ) -> Worker[None]:
        """Run an async function as a worker that ends with the screen."""

    def set_timer(self, delay: float, callback: Callable[[], object] | None = None) -> Timer:
        """Call something after so many seconds, unless the screen has ended by then."""


class Hosted(Protocol):
    """A feature or a screen: what has a host, which a screen is itself."""

    @property
    def host(self) -> Host:
        """The screen."""


Owner = TypeVar("Owner", bound=Hosted)
Parameters = ParamSpec("Parameters")


def task(
    *, blocks_input: bool = False, exclusive: bool = False, group: str = "default"
) -> Callable[
    [Callable[Concatenate[Owner, Parameters], Coroutine[Any, Any, None]]],
    Callable[Concatenate[Owner, Parameters], Worker[None]],
]:
    """Run a method as a worker of the host, and show every error that it raises.

    Args:
        blocks_input: Whether keys wait until it is done: what follows is typed for what it shows.
        exclusive: Whether it cancels what runs in its group; never for what changes something.
        group: The name of the group.
    """

    def decorated(
        method: Callable[Concatenate[Owner, Parameters], Coroutine[Any, Any, None]],
    ) -> Callable[Concatenate[Owner, Parameters], Worker[None]]:
        @wraps(method)
        def start(
            owner: Owner, /, *args: Parameters.args, **kwargs: Parameters.kwargs
        ) -> Worker[None]:
            async def run() -> None:
                async with showing_errors(owner.host.show_error):
                    await method(owner, *args, **kwargs)

            # The function, not its coroutine: one that is cancelled before it began has none.
            return owner.host.run_worker(
                run,
                name=method.__name__,
                group=f"{BLOCKS_INPUT}, {group}" if blocks_input else group,
                exclusive=exclusive,
            )

        return start

    return decorated


@asynccontextmanager
async def retrying(host: Host) -> AsyncIterator[None]:
    """Show errors as ``task`` does, but not that the database is still out of reach."""
    async with showing_errors(
        lambda error: None if isinstance(error, OutOfReach) else host.show_error(error)
    ):
        yield
