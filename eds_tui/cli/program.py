"""The program ``eds-tui``: loads a command by name, and prints errors as sentences."""

from __future__ import annotations

import builtins
import importlib
import os
import sys
from types import TracebackType
from typing import IO, Any

import click

from eds_tui import __version__
from eds_tui.cli.context import database_option, settings
from eds_tui.domain.errors import EdsError, InvalidInput, OutcomeUnknown
from eds_tui.domain.text import visible

COMMANDS = {
    "account": "Add, list, change, disable and enable accounts.",
    "audit": "Show who signed in, and who changed accounts, schools, calendar and texts.",
    "db": "Look after the database.",
    "demo": "Open a demonstration with made-up schools and incidents.",
    "doctor": "Say in words what is wrong with terminal, database, mail, clock or folders.",
    "feedback": "List what schools said of closed incidents.",
    "help": "Read the pages: daily use, every key, running it, settings, contributing.",
    "incidents": "List, search, show, log, triage and answer incidents without the screen.",
    "information": "Read what the states mean, whom to contact, targets and more.",
    "kiosk": "Open the kiosk where others use the terminal as well: it is never left.",
    "mail": "Show the e-mails that are not sent, and try them again.",
    "message": "Show and set the texts of e-mails.",
    "preload": "Have the kiosk loaded, so that sessions over SSH begin sooner.",
    "reply": "Add, list and remove canned replies.",
    "school": "Add, list, find, show and change schools.",
    "service-level": "Show and set the service hours and the targets.",
    "view": "List, keep, rename and drop saved views.",
    "worker": "Send the e-mails that are queued, and keep house.",
}
"""Each command and its line of help; ``eds_tui/cli/NAME.py`` has it under the same name, ``-``
being ``_`` there and Python's own names ending in ``_``."""


_LOOK = "Look whether it was done before you do it again."


class Refusal(click.ClickException):
    """A refusal in words on standard error, exit code 1."""

    def __init__(self, error: EdsError) -> None:
        super().__init__(error.message)
        problems = error.problems if isinstance(error, InvalidInput) else {}
        self.lines = [f"{field}: {sentence}" for field, sentence in problems.items()]
        if error.more:
            self.lines = [error.message, *error.more]

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence; of a form, one line for each field that is wrong."""
        for line in self.lines or [self.message]:
            click.echo(visible(line, lines=not self.lines), file=file, err=True)


class Program(click.Group):
    """A group that imports a command only when it is called, and prints errors as sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command, or return ``None`` for a name that is none."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        module = importlib.import_module(f"eds_tui.cli.{name}")
        command: click.Command = getattr(module, f"{name}_" if hasattr(builtins, name) else name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except OutcomeUnknown as error:
            error.more = error.more or (_LOOK,)
            raise Refusal(error) from error
        except EdsError as error:
            raise Refusal(error) from error


@click.group(
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="eds-tui", message="%(prog)s %(version)s")
@database_option
@click.pass_context
def program(ctx: click.Context) -> None:
    """Log, follow and answer the ICT faults of schools.

    Without a command it opens the full-screen kiosk.
    """
    if ctx.invoked_subcommand is None:
        from eds_tui.cli.kiosk import open_kiosk

        ctx.exit(open_kiosk(settings()))


def main() -> None:
    """Run the program with the arguments it was called with."""
    if not os.environ.get("EDS_TUI_DEBUG"):
        sys.excepthook = _tell_unexpected
    for stream in (sys.stdout, sys.stderr):
        # A terminal that is not UTF-8 gets a question mark rather than a failure.
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    program(prog_name="eds-tui")


def _tell_unexpected(
    kind: type[BaseException], error: BaseException, _where: TracebackType | None
) -> None:
    # A traceback would show what people typed, and helps only whoever can read it.
    reason = error.strerror if isinstance(error, OSError) and error.strerror else kind.__name__
    click.echo(
        f"eds-tui had to stop: {reason}. With EDS_TUI_DEBUG=1 in the environment it says where.",
        err=True,
    )
    if sys.stdout is not None:
        _give_up_output()


def _give_up_output() -> None:
    try:
        sys.stdout.flush()
    except OSError:
        # Python tries again at its end, and another failure there would change the exit code.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
