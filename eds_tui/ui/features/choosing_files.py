"""Choosing one of the files that are attached to an incident."""

from __future__ import annotations

from collections.abc import Callable

from eds_tui.domain.file_names import shown_names
from eds_tui.ui import dialogs
from eds_tui.ui.features.host import Host
from eds_tui.ui.features.incident_detail import OpenedIncident


def choose_file(
    host: Host, incident: OpenedIncident, question: str, chosen: Callable[[int, str], object]
) -> None:
    """Go on with the one file of an incident, or ask which.

    Args:
        host: The screen.
        incident: What the files are attached to.
        question: What is asked where there are several.
        chosen: Is given the file's row id, and its name as it is shown.
    """
    files = incident.files
    names = shown_names(file.name for file in files)

    def picked(place: int | None) -> None:
        if place is not None:
            chosen(files[place].id, names[place])

    if not files:
        host.say("No file is attached.")
    elif len(files) == 1:
        picked(0)
    else:
        host.app.push_screen(dialogs.PickDialog(question, names), picked)
