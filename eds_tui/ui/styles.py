"""Where the style sheets are: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from pathlib import Path, PurePath

from textual.css.stylesheet import Stylesheet

_PACKAGE = Path(__file__).resolve().parent.parent
FOLDER = next(
    folder for folder in (_PACKAGE / "styles", _PACKAGE.parent / "styles") if folder.is_dir()
)
"""The folder of the style sheets."""


BEGINNING = ("base", "bars", "field", "line_input", "password_form")
"""The sheets of what is painted first."""
WIDGETS = (
    "choice_strip", "incident_fields", "incident_list", "school_picker", "text_box", "tick_box",
)  # fmt: skip
"""Those of the other widgets, which every place behind the sign-in may use."""


def sheet(name: str) -> str:
    """Return the absolute path of a style sheet."""
    return str(FOLDER / f"{name}.tcss")


def sheets(*names: str) -> list[str | PurePath]:
    """Return the absolute paths of several style sheets."""
    return [sheet(name) for name in names]


class Sheets(Stylesheet):
    """The style sheets, each of which is parsed once for a theme.

    Textual's own throws away what it has parsed when the theme is set, and that is done at every
    start. It has a memory of what it parsed, which forgets all by itself when colours change.
    """

    def add(self, *names: str) -> None:
        """Read sheets that have not been read yet."""
        self.read_all([Path(each) for each in sheets(*names) if not self.has_source(str(each))])
        self.parse()

    def reparse(self) -> None:
        """Parse what has not been parsed since the colours changed."""
        self.parse()
