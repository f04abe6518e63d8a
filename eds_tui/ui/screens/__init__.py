"""ScreenFactory one lives in."""
