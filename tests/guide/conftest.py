"""The tests of the guide start from a database that has its people in it, some at the kiosk."""

from tests.furnished import database_url, people
from tests.ui.conftest import folder, kiosk, no_unexpected_error, settings, sheets_parsed_once

__all__ = [
    "database_url",
    "folder",
    "kiosk",
    "no_unexpected_error",
    "people",
    "settings",
    "sheets_parsed_once",
]
