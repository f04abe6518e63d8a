"""Where the style sheets are: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from pathlib import Path, PurePath

_PACKAGE = Path(__file__).resolve().parent.parent
FOLDER = next(
    folder for folder in (_PACKAGE / "styles", _PACKAGE.parent / "styles") if folder.is_dir()
)
"""The folder of the style sheets."""


SHARED = (
    "base", "bars", "choice_strip", "field", "gate", "incident_fields", "incident_list",
    "line_input", "school_picker", "text_box", "tick_box",
)  # fmt: skip
"""The sheets of the widgets, which every place may use."""


def sheet(name: str) -> str:
    """Return the absolute path of a style sheet."""
    return str(FOLDER / f"{name}.tcss")


def sheets(*names: str) -> list[str | PurePath]:
    """Return the absolute paths of several style sheets."""
    return [sheet(name) for name in names]
