"""The command ``eds-tui doctor``: reports what is wrong with what the program depends on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from eds_tui.cli.context import database_option, say, settings
from eds_tui.cli.kiosk import require_terminal

if TYPE_CHECKING:
    from eds_tui.cli.findings import Finding
    from eds_tui.settings import Settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--keys", is_flag=True, help="Try what the keys of this terminal send, full screen.")
@database_option
@click.pass_context
def doctor(ctx: click.Context, as_json: bool, keys: bool) -> None:
    """Look at terminal, language, database, mail, clock and folders; change nothing.

    Each line begins with "ok" or "look at this". The exit code is 1 where there is anything to
    look at.
    """
    chosen = settings()
    if keys:
        require_terminal()
        from eds_tui.ssh.kiosk import run_key_test

        ctx.exit(run_key_test(chosen))
    wrong = False
    for finding in _findings(chosen):
        wrong = wrong or bool(finding.to_do)
        say(_as_json(finding) if as_json else _line(finding))
    ctx.exit(1 if wrong else 0)


def _findings(chosen: Settings) -> Iterator[Finding]:
    from eds_tui.cli.findings import folder_findings, language_finding, terminal_findings
    from eds_tui.cli.privacy import privacy_finding
    from eds_tui.cli.reaching import database_findings, mail_finding, preload_findings

    yield from terminal_findings(chosen)
    yield language_finding()
    yield from database_findings(chosen)
    yield mail_finding(chosen)
    yield from preload_findings(chosen)
    yield from folder_findings(chosen)
    yield privacy_finding(chosen)


def _line(finding: Finding) -> str:
    if finding.to_do:
        found = finding.found.removesuffix(".")
        return f"look at this: {finding.subject}: {found}. {finding.to_do}"
    return f"ok: {finding.subject}: {finding.found}"


def _as_json(finding: Finding) -> str:
    return json.dumps(
        {
            "subject": finding.subject,
            "ok": not finding.to_do,
            "found": finding.found,
            "to_do": finding.to_do or None,
        }
    )
