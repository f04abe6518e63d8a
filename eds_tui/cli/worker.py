"""The command ``eds-tui worker``: sends queued e-mails and does the housekeeping."""

from __future__ import annotations

import threading
from contextlib import closing
from functools import partial

import click

from eds_tui.cli.context import database_option, say, settings

NOTHING_IS_SENT = (
    "No mail server is set (EDS_TUI_SMTP_HOST), so nothing is sent; e-mails wait until one is."
)
"""What is said where there is no mail server."""


@click.command()
@click.option("--once", is_flag=True, help="Do what there is to do just now, and end.")
@database_option
def worker(once: bool) -> None:
    """Send the e-mails that are queued, and store what comes true by the clock.

    One or many may run. While the database is away they wait for it; a wrong user, password or
    database at the start ends them, with the reason. With --once the exit code is
    1 where the mail server or the database could not be used.
    """
    from eds_tui import bootstrap
    from eds_tui.host.logs import log_to_file
    from eds_tui.worker import Worker, until_stopped, when_there

    chosen = settings()
    done = True

    def work(stop: threading.Event) -> None:
        nonlocal done
        opening = partial(bootstrap.open_chosen, chosen, program="eds-tui worker")
        database = opening() if once else when_there(opening, stop, click.echo)
        if database is None:
            return
        with closing(database):
            delivery = bootstrap.open_delivery(database, chosen)
            log_to_file()
            if delivery is None:
                say(NOTHING_IS_SENT)
            doer = Worker(bootstrap.open_services(database).housekeeping, delivery, click.echo)
            if once:
                done = doer.run_once(stop)
            else:
                doer.run(stop)

    if not until_stopped(work):
        say("Stopped; the e-mail that the mail server was busy with is tried again.")
    if not done:
        click.get_current_context().exit(1)
