"""The command ``eds-tui information``: what can be read in the kiosk, as plain lines (rule 14)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import click

from eds_tui.cli.context import TEXT, acting, database_option, opened_services, settings
from eds_tui.cli.options import json_option
from eds_tui.cli.school_lines import school_lines
from eds_tui.domain.errors import Ambiguous, NotFound
from eds_tui.domain.folding import fold
from eds_tui.domain.text import visible
from eds_tui.services.information import Topic


@click.command()
@click.argument("title", type=TEXT, required=False)
@click.option("--as", "login", metavar="ACCOUNT", type=TEXT, help="Adds the school of an account.")
@json_option
@database_option
def information(title: str | None, login: str | None, as_json: bool) -> None:
    """Read what TITLE, or part of a title, says; alone, list the titles.

    That is what the states mean, how to report, whom to contact, escalation, complaints, service
    level targets and feedback; with --as a school account, its school's details as well.
    """
    found = list(_topics(login))
    if title is not None:
        found = [_meant(title, found)]
    if as_json or title is not None:
        found = [_with_figures(topic) if topic.has_targets else topic for topic in found]
    for topic in found:
        if as_json:
            parts = {"title": topic.title, "text": topic.text, "link": topic.link or None}
            click.echo(json.dumps(parts))
        elif title is None:
            click.echo(topic.title)
        else:
            click.echo(visible(topic.text, lines=True))
            if topic.link:
                click.echo(f"\n{visible(topic.link)}")


def _topics(login: str | None) -> Iterator[Topic]:
    from eds_tui.domain.lifecycle import State
    from eds_tui.services.information import topics

    states = [f"{state.label}\n  {state.explanation}" for state in State]
    yield Topic("What the states mean", "\n".join(states))
    if login is not None:
        with opened_services() as services:
            own = services.schools.own(acting(services, login))
        if own is not None:
            yield Topic("Your school", "\n".join(school_lines(own)))
    chosen = settings()
    for topic in topics(chosen.service_centre_telephone, chosen.service_centre_email):
        paragraphs = (" ".join(part.split()) for part in topic.text.split("\n\n"))
        yield replace(topic, text="\n\n".join(paragraphs))


def _with_figures(topic: Topic) -> Topic:
    from eds_tui.services.information import targets_in_lines

    with opened_services() as services:
        figures = targets_in_lines(services.service_levels.current())
    return replace(topic, text="\n".join([topic.text, "", *figures]))


def _meant(title: str, topics: list[Topic]) -> Topic:
    wanted = fold(title)
    exact = [topic for topic in topics if fold(topic.title) == wanted]
    found = exact or [topic for topic in topics if wanted in fold(topic.title)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(f"Nothing is titled {visible(title)}: eds-tui information lists the titles.")
    raise Ambiguous(
        f"{len(found)} titles have {visible(title)} in them; give more of one.",
        [topic.title for topic in found],
    )
