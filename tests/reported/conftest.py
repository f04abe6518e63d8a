"""What was reported of the screens is tried at the real kiosk, as the tests of the screens do."""

from tests.furnished import database_url, people
from tests.ui.conftest import (
    folder,
    kiosk,
    no_unexpected_error,
    scenery,
    settings,
    sheets_parsed_once,
    stage,
)

__all__ = [
    "database_url",
    "folder",
    "kiosk",
    "no_unexpected_error",
    "people",
    "scenery",
    "settings",
    "sheets_parsed_once",
    "stage",
]
