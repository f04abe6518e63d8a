"""Copying a number or a link to the clipboard of the terminal."""

from __future__ import annotations

from eds_tui.domain.views import IncidentRow
from eds_tui.ui.features.host import Host
from eds_tui.ui.textual_ext.clipboard import copy_out


def copy_text(host: Host, text: str) -> None:
    """Copy a text and say what came of it.

    Args:
        host: The screen.
        text: Empty where there is nothing.
    """
    host.say(copy_out(host.app, text) if text else "There is nothing here to copy.")


def copy_number(host: Host, row: IncidentRow | None) -> None:
    """Copy the number of an incident, if there is one, and say what came of it."""
    copy_text(host, "" if row is None else row.reference)
