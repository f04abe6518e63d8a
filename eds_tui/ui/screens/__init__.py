"""Places one lives in."""
