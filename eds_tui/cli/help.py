"""Shows the pages on daily use, running it and contributing, and the help of any command."""

from __future__ import annotations

from importlib.resources import files

import click

from eds_tui.domain.errors import NotFound

_PAGES = files("eds_tui") / "pages"
_ENDING = ".md"


def topics() -> dict[str, str]:
    """Return the title of each page by its topic, the topics in alphabetical order."""
    names = sorted(page.name for page in _PAGES.iterdir() if page.name.endswith(_ENDING))
    return {name.removesuffix(_ENDING): _title(name) for name in names}


def page(topic: str) -> str:
    """Return the text of the page about a topic, as Markdown.

    Raises:
        NotFound: There is none; the message names those that there are.
    """
    if topic not in topics():
        known = ", ".join(topics())
        raise NotFound(f"There is no page and no command {topic}. The pages are: {known}.")
    return _text(f"{topic}{_ENDING}")


@click.command()
@click.argument("topic", nargs=-1)
@click.pass_context
def help_(ctx: click.Context, topic: tuple[str, ...]) -> None:
    """Read the page about TOPIC, or the help of the command TOPIC; alone, list the pages."""
    if not topic:
        click.echo("Pages, each read with eds-tui help TOPIC:\n")
        formatter = ctx.make_formatter()
        formatter.write_dl(sorted(topics().items()))
        click.echo(formatter.getvalue(), nl=False)
    elif (found := _command_help(ctx, topic)) is not None:
        click.echo(found)
    else:
        click.echo_via_pager(page(" ".join(topic)))


def _command_help(ctx: click.Context, names: tuple[str, ...]) -> str | None:
    """Return the help of a command of the program, or ``None`` where there is no such command."""
    within = ctx.find_root()
    for name in names:
        group = within.command
        command = group.get_command(within, name) if isinstance(group, click.Group) else None
        if command is None:
            return None
        within = click.Context(command, info_name=name, parent=within)
    return within.get_help()


def _title(name: str) -> str:
    return _text(name).splitlines()[0].removeprefix("# ")


def _text(name: str) -> str:
    return (_PAGES / name).read_text(encoding="utf-8")
