"""What people read for each value that the program keeps under a name of its own."""

from __future__ import annotations

from eds_tui.domain.appearance import ThemeName
from eds_tui.domain.notification import NotificationKind


def test_a_theme_is_read_by_what_it_looks_like() -> None:
    assert {theme.value: theme.label for theme in ThemeName} == {
        "eds-dark": "Dark",
        "eds-light": "Light",
        "eds-contrast": "High contrast",
        "eds-terminal": "The terminal's own colours",
    }


def test_an_email_is_read_by_what_it_is_about() -> None:
    assert {kind.value: kind.label for kind in NotificationKind} == {
        "logged": "incident logged",
        "comment": "comment",
        "state": "state changed",
        "resolved": "resolved",
        "closed": "closed",
        "taken_back": "taken back",
    }
